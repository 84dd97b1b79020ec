import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TokenStore, USUAL_TOKEN_PACE } from "../../src/channels/zalo-oa-tokens.ts";
import type { Channel } from "../../src/conversation/channel.ts";
import { HOLD_MS, ZaloTokenStore } from "../../src/db/zalo-tokens.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import {
  ACCOUNT,
  type FakeZaloOa,
  type Fault,
  gatewayPage,
  startFakeZaloOa,
} from "../support/fake-zalo-oa.ts";
import { createRig, QUICK } from "./zalo-oa-rig.ts";

const MEMBER = "2468458835296197922";
let zalo: FakeZaloOa;
let rig: ReturnType<typeof createRig>;

beforeEach(async () => {
  zalo = await startFakeZaloOa();
  rig = createRig(zalo);
  await zalo.member(MEMBER).says("xin chào");
});

afterEach(async () => {
  await rig.close();
  await zalo.stop();
});

const send = (channel: Channel, text = "xin chào") =>
  channel.send({ chatId: MEMBER, text, choices: [] }, AbortSignal.timeout(5_000));
const accepted = () => zalo.spent.filter((each) => each.accepted).length;
const LOST = /^mất mã làm mới Zalo từ .*ZALO_OA_REFRESH_TOKEN$/;

describe("the tokens", () => {
  it("begin with the setting, and a restart goes on from what is stored", async () => {
    await send(rig.channel());
    await send(rig.channel());
    expect(zalo.spent).toEqual([{ token: ACCOUNT.seed, accepted: true }]);
    expect(zalo.sent).toHaveLength(2);
  });

  it("are stored before the access token is used", async () => {
    const order: string[] = [];
    const noting: TokenStore = {
      async withLock(run) {
        const result = await rig.tokens.withLock(run);
        order.push(`stored, ${zalo.calls.filter(({ path }) => path === "send").length} sent`);
        return result;
      },
    };
    await send(rig.channel({ tokens: noting }));
    expect(order).toEqual(["stored, 0 sent"]);
    expect(zalo.sent).toHaveLength(1);
  });

  it.each([-216, -220])("are renewed once when Zalo answers %i, and the message goes out", async (code) => {
    const channel = rig.channel();
    await send(channel);
    zalo.fail("send", { kind: "error", code, message: "token" });
    expect(await send(channel)).toMatchObject({ outcome: "sent" });
    expect(accepted()).toBe(2);
    zalo.fail("send", { kind: "error", code, message: "token" }, 2);
    expect(await send(channel)).toMatchObject({ outcome: "retry", afterSeconds: 60 });
    expect(accepted()).toBe(3);
  });

  it("are renewed after 20 of their 25 hours", async () => {
    await send(rig.channel());
    rig.tokens.kept.ageSeconds = 19.9 * 3600;
    await send(rig.channel());
    expect(accepted()).toBe(1);
    rig.tokens.kept.ageSeconds = 20.1 * 3600;
    await send(rig.channel());
    expect(accepted()).toBe(2);
  });

  it("that are due but cannot be renewed serve on while they live", async () => {
    await send(rig.channel());
    rig.tokens.kept.ageSeconds = 22 * 3600;
    zalo.fail("refresh", gatewayPage(503));
    const channel = rig.channel();
    expect(await send(channel)).toMatchObject({ outcome: "sent" });
    expect(channel.fault()).toMatch(LOST);
    expect(await send(channel)).toMatchObject({ outcome: "sent" });
    expect(channel.fault()).toBeNull();
  });
});

describe("a refresh that fails", () => {
  it("before it left this machine spends nothing and leaves no mark", async () => {
    const channel = rig.channel({ oauthRoot: "http://127.0.0.1:9" });
    expect(await send(channel)).toMatchObject({
      outcome: "retry",
      reason: expect.stringContaining("chưa làm mới được mã truy cập"),
    });
    expect(rig.tokens.kept.since).toBeNull();
  });

  it.each<[string, Fault]>([
    ["its answer is lost", { kind: "reset after delivery" }],
    ["its answer is cut off", { kind: "cut-off answer" }],
  ])("because %s sounds the alarm for the operator, whose new setting ends it", async (_why, fault) => {
    await send(rig.channel());
    zalo.expire();
    zalo.fail("refresh", fault);
    const channel = rig.channel();
    expect(await send(channel)).toMatchObject({ outcome: "retry", reason: expect.stringMatching(LOST) });
    expect(channel.fault()).toMatch(LOST);
    expect(await send(channel)).toMatchObject({ outcome: "retry" });
    expect(channel.fault()).toMatch(LOST);
    zalo.grant("refresh-token-by-hand-1");
    const renewed = rig.channel({ refreshToken: "refresh-token-by-hand-1" });
    expect(await send(renewed)).toMatchObject({ outcome: "sent" });
    expect(renewed.fault()).toBeNull();
    await send(channel);
    expect(channel.fault()).toBeNull();
  });

  it("to be stored, though Zalo gave a new pair, is made good from memory", async () => {
    const channel = rig.channel({ tokens: failingOnce(rig.tokens) });
    expect(await send(channel)).toMatchObject({ outcome: "retry" });
    expect(rig.tokens.kept).toMatchObject({ pair: null, since: expect.any(Date) });
    expect(await send(channel)).toMatchObject({ outcome: "sent" });
    expect(rig.tokens.kept.since).toBeNull();
    expect(zalo.spent).toEqual([{ token: ACCOUNT.seed, accepted: true }]);
  });
});

/** A store that loses its connection just when the first pair is to be committed. */
function failingOnce({ withLock }: TokenStore): TokenStore {
  let isFirst = true;
  return {
    withLock: (run) =>
      withLock(async (lock) => {
        const done = await run(lock);
        if (!done.keep || !isFirst) return done;
        isFirst = false;
        throw new Error("connection lost");
      }),
  };
}

describe("among processes on one database", () => {
  let fresh: FreshDatabase;
  const store = () => new ZaloTokenStore(fresh.database, ACCOUNT.appId);

  beforeAll(async () => {
    fresh = await freshDatabase();
  });
  afterEach(() => fresh.database.pool.query("truncate zalo_tokens, zalo_rotations"));
  afterAll(() => fresh.drop());

  it("fifty expiries that three meet at once spend each refresh token exactly once", async () => {
    const replicas = [1, 2, 3].map(() => rig.channel({ tokens: store() }));
    for (let n = 1; n <= 50; n++) {
      const deliveries = await Promise.all(replicas.flatMap((each) => [send(each), send(each)]));
      expect(deliveries.map(({ outcome }) => outcome)).toEqual(Array(6).fill("sent"));
      expect(zalo.spent).toHaveLength(n);
      zalo.expire();
    }
    expect(zalo.spent.every((each) => each.accepted)).toBe(true);
    expect(new Set(zalo.spent.map(({ token }) => token)).size).toBe(50);
    expect(zalo.sent).toHaveLength(300);
  }, 60_000);

  it("a rotation that died half-way is everybody's alarm at the next look, also in the log", async () => {
    const rigs = [createRig(zalo), createRig(zalo)];
    const survivors = rigs.map((each) =>
      each.channel({ tokens: store(), pace: { ...QUICK, checkMs: 100, rejectedRetryMs: 60_000 } }),
    );
    for (const survivor of survivors) await survivor.start(rig.keep);
    await expect.poll(() => survivors.map((each) => each.fault())).toEqual([null, null]);
    await dieWhileRotating();
    for (const survivor of survivors)
      await expect.poll(() => survivor.fault(), { timeout: 5_000 }).toMatch(LOST);
    for (const { logged } of rigs) expect(logged.join("\n")).toContain("có thể đã mất");
    await Promise.all(rigs.map((each) => each.close()));
  });

  it("one that froze with its lock is seen within a minute, before Zalo is asked", async () => {
    expect(HOLD_MS + USUAL_TOKEN_PACE.checkMs).toBeLessThan(60_000);
    await send(rig.channel({ tokens: store() }));
    await dieWhileRotating();
    zalo.fail("refresh", { kind: "hang" });
    const survivor = rig.channel({ tokens: store() });
    await survivor.start(rig.keep);
    await expect
      .poll(() => survivor.fault(), { timeout: 2_000 })
      .toMatch(/^mất mã làm mới Zalo từ .*dở dang/);
  });

  /** Zalo gave a new pair to a process that was killed before it could store it. */
  async function dieWhileRotating(): Promise<void> {
    const dying = store().withLock(async ({ stored, markRotation }) => {
      await markRotation();
      const form = {
        refresh_token: stored?.refreshToken ?? "",
        app_id: ACCOUNT.appId,
        grant_type: "refresh_token",
      };
      const body = new URLSearchParams(form);
      await fetch(`${zalo.root}/v4/oa/access_token`, {
        method: "POST",
        headers: { secret_key: ACCOUNT.appSecret },
        body,
      });
      throw new Error("killed");
    });
    await expect(dying).rejects.toThrow("killed");
  }
});

describe("secrets", () => {
  it("never stand in a reason, a fault or a log, whatever fails", async () => {
    const channel = rig.channel();
    const words: string[] = [];
    const note = async () => void words.push(JSON.stringify(await send(channel)), String(channel.fault()));
    await note();
    const leak = () => `bad ${zalo.secrets().join(" ")}`;
    const faults = (): Fault[] => [
      { kind: "error", code: -9999, message: leak() },
      { kind: "status", status: 500, body: leak() },
      { kind: "reset" },
      { kind: "cut-off answer" },
    ];
    for (const fault of faults()) {
      zalo.fail("send", fault);
      await note();
    }
    for (const fault of [
      ...faults(),
      { kind: "status", status: 200, body: `{"error":-1,"error_name":"${leak()}"}` } as const,
    ]) {
      zalo.expire();
      zalo.fail("refresh", fault);
      await note();
    }
    const all = [...words, ...rig.logged].join("\n");
    expect(all).toContain("<bí mật>");
    expect(rig.logged.length).toBeGreaterThanOrEqual(5);
    for (const secret of zalo.secrets().filter((each) => each !== "")) expect(all).not.toContain(secret);
  });
});
