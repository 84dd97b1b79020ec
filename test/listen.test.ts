import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Server } from "node:http";
import { Hono } from "hono";
import { expect, it } from "vitest";
import { listen } from "../src/listen.ts";

const REQUEST_BEGINS = "http.server.request.start";

it("the web server waits for the headers and the body of a request for a limited time", async () => {
  const seen: Server[] = [];
  const note = (message: unknown) => void seen.push((message as { server: Server }).server);
  subscribe(REQUEST_BEGINS, note);
  const app = new Hono().get("/", (c) => c.text("ok"));
  const { address, close } = await listen(app, { port: 0, host: "127.0.0.1" });
  await (await fetch(address)).text();
  unsubscribe(REQUEST_BEGINS, note);
  await close();
  const [server] = seen;
  expect(server?.headersTimeout).toBeGreaterThan(0);
  expect(server?.headersTimeout).toBeLessThanOrEqual(15_000);
  expect(server?.requestTimeout).toBeGreaterThan(0);
  expect(server?.requestTimeout).toBeLessThanOrEqual(30_000);
});
