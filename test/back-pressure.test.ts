import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAssets } from "../src/assets.ts";
import { createBackPressure } from "../src/back-pressure.ts";
import { createWebhook } from "../src/channels/telegram-webhook.ts";
import type { Signed } from "../src/console/handler.ts";
import { createMetrics, readiness } from "../src/health.ts";
import { createServer } from "../src/server.ts";
import { type FreshDatabase, freshDatabase } from "./support/database.ts";
import { createGate } from "./support/gate.ts";
import { openWeb } from "./support/web.ts";

const AT_ONCE = 32;
const SECRET = "bi-mat_0123456789";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

/** The gate with two places, on a clock of the test's own. */
function open(atOnce = 2) {
  const clock = { ms: 0 };
  return { clock, pressure: createBackPressure(() => clock.ms, atOnce) };
}

/** Takes every place; what it returns gives them back. */
function fill({ whenRoom }: ReturnType<typeof open>["pressure"], places = 2) {
  const gate = createGate<void>();
  const stored = Array.from({ length: places }, () => whenRoom(() => gate.promise));
  return async () => {
    gate.resolve();
    await Promise.all(stored);
  };
}

describe("the gate", () => {
  it("lets through what there is room for, and refuses the next at once without doing its work", async () => {
    const { pressure } = open();
    const empty = fill(pressure);
    let isDone = false;
    const answer = await pressure.whenRoom(async () => {
      isDone = true;
    });
    expect(answer).toEqual({ retryAfter: 1 });
    expect(isDone).toBe(false);
    expect(pressure.refused()).toBe(1);
    await empty();
    expect(await pressure.whenRoom(async () => "stored")).toBe("stored");
  });

  it("gives a place back when storing fails, and passes the error on", async () => {
    const { pressure } = open(1);
    const failing = async () => {
      throw new Error("database is away");
    };
    for (let n = 0; n < 3; n++) await expect(pressure.whenRoom(failing)).rejects.toThrow("database is away");
    expect(pressure.refused()).toBe(0);
  });

  it("asks to wait longer the longer storing takes, and never longer than half a minute", async () => {
    const { pressure, clock } = open(1);
    const storeFor = (ms: number) =>
      pressure.whenRoom(async () => {
        clock.ms += ms;
      });
    const asked = async () => {
      const empty = fill(pressure, 1);
      const answer = await pressure.whenRoom(async () => {});
      await empty();
      return answer;
    };
    for (let n = 0; n < 40; n++) await storeFor(4_000);
    expect(await asked()).toEqual({ retryAfter: 4 });
    for (let n = 0; n < 40; n++) await storeFor(90_000);
    expect(await asked()).toEqual({ retryAfter: 30 });
  });

  it("tells a fault once refusing has lasted for half a minute, until ten seconds after the last refusal", async () => {
    const { pressure, clock } = open();
    const empty = fill(pressure);
    const refuseAt = async (seconds: number) => {
      clock.ms = seconds * 1000;
      await pressure.whenRoom(async () => {});
      return pressure.fault();
    };
    expect(await refuseAt(0)).toBeNull();
    expect(await refuseAt(9)).toBeNull();
    // A new crowd, since nobody was refused for more than ten seconds.
    for (const seconds of [20, 30, 40, 49]) expect(await refuseAt(seconds)).toBeNull();
    expect(await refuseAt(50)).toBe("tin đến nhanh hơn mức ghi kịp, đang hẹn nơi gửi gửi lại sau");
    clock.ms = 61_000;
    expect(pressure.fault()).toBeNull();
    await empty();
  });

  it("is seen in the metrics and in what readiness tells", async () => {
    const { pressure, clock } = open();
    const metrics = createMetrics(fresh.database, pressure.refused);
    expect(await metrics.metrics()).toContain("\ncau_noi_posts_refused_total 0\n");
    const empty = fill(pressure);
    for (clock.ms = 0; clock.ms <= 30_000; clock.ms += 5_000) await pressure.whenRoom(async () => {});
    clock.ms = 30_000;
    expect(await metrics.metrics()).toContain("\ncau_noi_posts_refused_total 7\n");
    expect(await readiness(fresh.database, [], [() => null, pressure.fault])).toEqual({
      ok: false,
      faults: [expect.stringContaining("nhanh hơn mức ghi kịp")],
    });
    await empty();
  });
});

describe("through the server", () => {
  it("a webhook without room answers 503 with Retry-After and stores nothing; 200 comes only after the commit", async () => {
    const { pressure } = open(1);
    const gate = createGate<void>();
    const stored: number[] = [];
    const telegram = createWebhook(SECRET, async ({ update_id }) => {
      await gate.promise;
      stored.push(update_id);
    });
    const app = createServer({
      log: { error: () => {} } as never,
      publicUrl: null,
      ready: async () => ({ ok: true, faults: [] }),
      assets: createAssets(),
      chat: new Hono(),
      console: new Hono<Signed>(),
      webhooks: { telegram: pressure.guard(telegram) },
    });
    const post = (update_id: number, secret = SECRET) =>
      app.request("/webhooks/telegram", {
        method: "POST",
        headers: { "X-Telegram-Bot-Api-Secret-Token": secret },
        body: JSON.stringify({ update_id }),
      });
    const first = post(1);
    const second = await post(2);
    expect([second.status, second.headers.get("Retry-After")]).toEqual([503, "1"]);
    expect(await second.text()).toBe("");
    gate.resolve();
    expect((await first).status).toBe(200);
    expect((await post(2)).status).toBe(200);
    expect((await post(3, "bi-mat_0123456780")).status).toBe(401);
    expect(stored).toEqual([1, 2]);
  });

  it("a webhook that could not store says when to come again too", async () => {
    const { pressure } = open();
    const guarded = pressure.guard(async () => ({ status: 503 }));
    expect(await guarded(new Headers(), new Uint8Array())).toEqual({ status: 503, retryAfter: 1 });
  });

  it("the chat page's posts beyond the room are refused in words, and the others are stored", async () => {
    const web = openWeb(fresh.database);
    // Each from a chat of its own, for one that floods is told to wait.
    const clients = Array.from({ length: AT_ONCE + 3 }, () => web.client());
    for (const client of clients)
      expect((await client.json("/chat/messages", { text: "câu đầu" })).status).toBe(202);
    const post = (client: (typeof clients)[number]) => client.json("/chat/messages", { text: "câu sau" });
    const answers = await fresh.database.tx(async (lock) => {
      // Whoever stores a message waits for this lock, or for a connection.
      await lock.query("select from conversations for update");
      const posts = clients.map(post);
      const refused = await Promise.all(posts.slice(AT_ONCE));
      return { posts: posts.slice(0, AT_ONCE), refused };
    });
    for (const answer of answers.refused) {
      expect([answer.status, answer.headers.get("Retry-After")]).toEqual([503, "1"]);
      expect(await answer.json()).toEqual({ error: expect.stringContaining("Xin chờ một lát") });
    }
    const taken = await Promise.all(answers.posts);
    expect(new Set(taken.map(({ status }) => status))).toEqual(new Set([202]));
    const lines = await fresh.database.pool.query("select text from messages");
    expect(lines.rows).toHaveLength(clients.length + AT_ONCE);
  }, 60_000);
});
