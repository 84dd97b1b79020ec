import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ZaloTokenStore, type ZaloTokens } from "../../src/db/zalo-tokens.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { createGate } from "../support/gate.ts";

let fresh: FreshDatabase;
let store: ZaloTokenStore;

beforeAll(async () => {
  fresh = await freshDatabase();
  store = new ZaloTokenStore(fresh.database, "app-1");
});
afterEach(() => fresh.database.pool.query("truncate zalo_tokens, zalo_rotations"));
afterAll(() => fresh.drop());

function pair(name: string): ZaloTokens {
  return {
    accessToken: `access-${name}`,
    refreshToken: `refresh-${name}`,
    lifeSeconds: 90_000,
    seedHash: "s",
  };
}

const look = (from = store) =>
  from.withLock(async ({ stored, rotatingSince }) => ({
    keep: null,
    result: { stored, rotatingSince },
  }));
const keep = (tokens: ZaloTokens) => store.withLock(async () => ({ keep: tokens, result: null }));

describe("the tokens of an app", () => {
  it("are nothing before the first pair", async () => {
    expect(await look()).toEqual({ stored: null, rotatingSince: null });
  });

  it("are the pair kept last, with its age by the clock of the database", async () => {
    await keep(pair("one"));
    await keep(pair("two"));
    const { stored } = await look();
    expect(stored).toMatchObject(pair("two"));
    expect(stored?.ageSeconds).toBeGreaterThanOrEqual(0);
    expect(stored?.ageSeconds).toBeLessThan(60);
  });

  it("are kept per app", async () => {
    await keep(pair("one"));
    expect((await look(new ZaloTokenStore(fresh.database, "app-2"))).stored).toBeNull();
  });

  it("are left as they are by a work that throws, and its mark stays", async () => {
    await keep(pair("one"));
    const failing = store.withLock(async ({ markRotation }) => {
      await markRotation();
      throw new Error("lost");
    });
    await expect(failing).rejects.toThrow("lost");
    // Looking ends a rotation, for who holds the lock answers for the mark.
    expect(await look()).toMatchObject({ stored: pair("one"), rotatingSince: expect.any(Date) });
    expect((await look()).rotatingSince).toBeNull();
  });

  it("keep the moment of the first mark while rotations go on failing", async () => {
    const fail = () =>
      store
        .withLock(async ({ rotatingSince, markRotation }) => {
          await markRotation();
          throw new Error(rotatingSince?.toISOString() ?? "none");
        })
        .catch(({ message }: Error) => message);
    expect(await fail()).toBe("none");
    const first = await fail();
    expect(first).toMatch(/^20/);
    expect(await fail()).toBe(first);
  });

  it("lose the mark together with the commit of a new pair", async () => {
    await store.withLock(async ({ markRotation }) => {
      await markRotation();
      return { keep: pair("new"), result: null };
    });
    expect(await look()).toMatchObject({ stored: pair("new"), rotatingSince: null });
  });

  it("belong to one process at a time, the very first pair included", async () => {
    const gate = createGate<void>();
    const order: string[] = [];
    const first = store.withLock(async () => {
      order.push("first in");
      await gate.promise;
      order.push("first out");
      return { keep: pair("one"), result: null };
    });
    await expect.poll(() => order.length).toBe(1);
    const second = new ZaloTokenStore(fresh.database, "app-1").withLock(async ({ stored }) => {
      order.push(`second sees ${stored?.accessToken}`);
      return { keep: null, result: null };
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    gate.resolve();
    await Promise.all([first, second]);
    expect(order).toEqual(["first in", "first out", "second sees access-one"]);
  });

  it("are free again at once when their holder's connection dies", async () => {
    const [marked, gate] = [createGate<void>(), createGate<void>()];
    const dying = store.withLock(async ({ markRotation }) => {
      await markRotation();
      marked.resolve();
      await gate.promise;
      return { keep: pair("never"), result: null };
    });
    dying.catch(() => undefined);
    await marked.promise;
    await fresh.database.pool.query("select pg_terminate_backend($1)", [(await holders())[0]]);
    expect(await look()).toMatchObject({ stored: null, rotatingSince: expect.any(Date) });
    gate.resolve();
    await expect(dying).rejects.toThrow();
  });
});

async function holders(): Promise<number[]> {
  const { rows } = await fresh.database.pool.query<{ pid: number }>(
    "select pid from pg_stat_activity where datname = current_database() and state = 'idle in transaction'",
  );
  return rows.map(({ pid }) => pid);
}
