import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { Agent, get, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { createAssets } from "../src/assets.ts";
import { listen } from "../src/listen.ts";
import { createServer, type ServerOptions } from "../src/server.ts";

function server(given: Partial<ServerOptions> = {}) {
  const logged: unknown[] = [];
  const app = createServer({
    log: { error: (...entry: unknown[]) => void logged.push(entry) } as never,
    publicUrl: null,
    ready: async () => ({ ok: true, faults: [] }),
    assets: createAssets(),
    chat: new Hono(),
    console: new Hono(),
    webhooks: {},
    ...given,
  });
  return { app, logged };
}

describe("health", () => {
  test("/healthz lives, / leads to the chat", async () => {
    const { app } = server();
    expect(await (await app.request("/healthz")).text()).toBe("ok");
    expect((await app.request("/")).headers.get("location")).toBe("/chat");
  });

  test("/readyz tells what is missing", async () => {
    const faults = ["telegram: token sai"];
    expect(await (await server().app.request("/readyz")).json()).toEqual({ ready: true });
    const response = await server({ ready: async () => ({ ok: false, faults }) }).app.request("/readyz");
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ ready: false, faults });
  });

  test("/readyz is not ready when it cannot tell", async () => {
    const response = await server({ ready: () => Promise.reject(new Error("gone")) }).app.request("/readyz");
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ ready: false, faults: [expect.any(String)] });
  });

  test("/metrics is plain text where there are metrics", async () => {
    const response = await server({ metrics: async () => "up 1\n" }).app.request("/metrics");
    expect(response.headers.get("content-type")).toMatch(/^text\/plain/);
    expect(await response.text()).toBe("up 1\n");
    expect((await server().app.request("/metrics")).status).toBe(404);
  });
});

describe("webhooks", () => {
  const post = (app: Hono, path: string, body: string | Uint8Array<ArrayBuffer>, headers = {}) =>
    app.request(path, { method: "POST", body, headers });

  test("go to the channel with their body untouched, and its answer goes back", async () => {
    const seen: { secret: string | null; body: Uint8Array }[] = [];
    const { app } = server({
      webhooks: {
        telegram: async (headers, body) => {
          seen.push({ secret: headers.get("x-secret"), body });
          return { status: 503, retryAfter: 7 };
        },
      },
    });
    const bytes = new Uint8Array([0, 255, 10, 13]);
    const response = await post(app, "/webhooks/telegram", bytes, { "X-Secret": "s" });
    expect(seen).toEqual([{ secret: "s", body: bytes }]);
    expect([response.status, response.headers.get("retry-after"), await response.text()]).toEqual([
      503,
      "7",
      "",
    ]);
  });

  test.each(["zalo-bot", "constructor", "__proto__", "toString"])(
    "%s is not configured: 404",
    async (name) => {
      const { app } = server({ webhooks: { telegram: async () => ({ status: 200 }) } });
      expect((await post(app, `/webhooks/${name}`, "{}")).status).toBe(404);
    },
  );

  test("over 1 MiB are refused", async () => {
    const { app } = server({ webhooks: { telegram: async () => ({ status: 200 }) } });
    expect((await post(app, "/webhooks/telegram", "a".repeat(1024 * 1024))).status).toBe(200);
    expect((await post(app, "/webhooks/telegram", "a".repeat(1024 * 1024 + 1))).status).toBe(413);
  });

  test("that fail are a 500, so that the provider sends again; the log holds no body", async () => {
    const { app, logged } = server({ webhooks: { telegram: () => Promise.reject(new Error("boom")) } });
    expect((await post(app, "/webhooks/telegram", "lời của bà con")).status).toBe(500);
    expect(JSON.stringify(logged)).toContain("boom");
    expect(JSON.stringify(logged)).not.toContain("bà con");
  });
});

describe("errors", () => {
  test("a wrong address gets a page in Vietnamese, a wrong call gets JSON", async () => {
    const { app } = server();
    const page = await app.request("/nowhere");
    expect(page.status).toBe(404);
    expect(await page.text()).toContain("Không tìm thấy trang");
    const call = await app.request("/chat/nowhere");
    expect([call.status, await call.json()]).toEqual([404, { error: expect.any(String) }]);
  });

  test("a fault tells the visitor nothing, and the log no field of the database", async () => {
    const chat = new Hono().get("/chat", () => {
      throw Object.assign(new Error("duplicate key"), { detail: "Key (text)=(lời của bà con)" });
    });
    const { app, logged } = server({ chat });
    const response = await app.request("/chat");
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("duplicate key");
    expect(JSON.stringify(logged)).toContain("duplicate key");
    expect(JSON.stringify(logged)).not.toContain("bà con");
  });

  test("every answer carries the strict policy", async () => {
    const { app } = server();
    for (const path of ["/healthz", "/nowhere", "/readyz"]) {
      const { headers } = await app.request(path);
      const policy = headers.get("content-security-policy");
      for (const rule of [
        "default-src 'none'",
        "script-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
      ]) {
        expect(policy).toContain(rule);
      }
      expect(policy).not.toContain("unsafe");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("strict-transport-security")).toBeNull();
    }
  });
});

const SERVE_ON_SOCKET = "require('node:net').createServer().listen(process.argv[1], () => console.log('up'))";

describe("listening", () => {
  test("tells where, and says in plain words that the port is taken", async () => {
    const { app } = server();
    const first = await listen(app, { port: 0, host: "127.0.0.1" });
    const port = Number(new URL(first.address).port);
    expect(first.address).toBe(`http://localhost:${port}`);
    expect(await (await fetch(`http://127.0.0.1:${port}/healthz`)).text()).toBe("ok");
    await expect(listen(app, { port, host: "127.0.0.1" })).rejects.toThrow(new RegExp(`Cổng ${port}.*PORT`));
    await first.close();
  });

  test("closing lets a request at work finish and does not wait for idle connections", async () => {
    const work = new EventEmitter();
    const chat = new Hono().get("/chat", async (c) => {
      work.emit("started");
      await sleep(400);
      return c.text("xong");
    });
    const { address, close } = await listen(server({ chat }).app, { port: 0, host: "127.0.0.1" });
    const port = new URL(address).port;
    const agent = new Agent({ keepAlive: true });
    const [idle] = await once(get({ port, path: "/healthz", agent }), "response");
    idle.resume();

    const started = once(work, "started");
    const slow = fetch(`http://127.0.0.1:${port}/chat`);
    await started;
    const began = performance.now();
    const closed = close();
    expect(await (await slow).text()).toBe("xong");
    await closed;
    expect(performance.now() - began).toBeLessThan(2_000);
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
    agent.destroy();
  });

  test("a request that never ends is cut off after a few seconds", async () => {
    const { address, close } = await listen(server().app, { port: 0, host: "127.0.0.1" });
    const endless = request({ port: new URL(address).port, method: "POST", path: "/webhooks/telegram" });
    endless.on("error", () => {});
    endless.write("x");
    await sleep(100);
    const began = performance.now();
    await close();
    expect(performance.now() - began).toBeLessThan(7_000);
  });

  test("serves on a socket, also where a killed process left one behind", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cau-noi-"));
    const socketPath = join(folder, "s.sock");
    const at = { port: 0, host: "", socketPath };
    const other = spawn(process.execPath, ["-e", SERVE_ON_SOCKET, socketPath], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(other.stdout, "data");
    await expect(listen(server().app, at)).rejects.toThrow(/socket/);
    other.kill("SIGKILL");
    await once(other, "exit");
    expect(existsSync(socketPath)).toBe(true);

    const served = await listen(server().app, at);
    const [response] = await once(get({ socketPath, path: "/healthz" }), "response");
    expect(response.statusCode).toBe(200);
    response.resume();
    await served.close();
    rmSync(folder, { recursive: true });
  });
});
