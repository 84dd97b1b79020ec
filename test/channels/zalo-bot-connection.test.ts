import { once } from "node:events";
import https from "node:https";
import { type AddressInfo, createServer } from "node:net";
import { expect, it } from "vitest";
import { neverWritten } from "../../src/channels/network-errors.ts";
import { impatientAgents } from "../../src/channels/zalo-bot-connection.ts";

it("a connection that does not come about in time is given up as one that carried nothing", async () => {
  const silent = createServer(() => {}).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { port } = silent.address() as AddressInfo;
  const began = Date.now();
  const call = https.request({ host: "127.0.0.1", port, agent: impatientAgents(50).httpsAgent });
  call.end("xin chào");
  const error = await new Promise<Error>((resolve) => void call.once("error", resolve));
  expect(Date.now() - began).toBeLessThan(2_000);
  expect(error.message).toBe("connect ETIMEDOUT");
  expect(neverWritten(error)).toBe(true);
  silent.close();
});
