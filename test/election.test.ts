import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { endOf, type Term } from "../src/channels/lead.ts";
import { LeadershipStore } from "../src/db/leaderships.ts";
import { createElection } from "../src/election.ts";
import { type FreshDatabase, freshDatabase } from "./support/database.ts";
import { createGate } from "./support/gate.ts";

const PACE = { leaseMs: 400, renewMs: 80, askMs: 20, restMs: 100 };
const log = { info() {}, warn() {}, error() {} };
let fresh: FreshDatabase;
let store: LeadershipStore;
const running: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  fresh = await freshDatabase();
  store = new LeadershipStore(fresh.database);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
  await fresh.database.pool.query("truncate leaderships");
});
afterAll(() => fresh.drop());

type Replica = ReturnType<typeof createReplica>;
type Parts = { name: string; work?: (term: Term) => Promise<void>; over?: Partial<LeadershipStore> };

/** A process that wants the office "work"; `over` replaces what it can do with the database. */
function createReplica({ name, work = endOf, over = {} }: Parts) {
  const terms: Term[] = [];
  const stopping = new AbortController();
  const own = {
    take: store.take.bind(store),
    renew: store.renew.bind(store),
    resign: store.resign.bind(store),
    ...over,
  };
  const lead = createElection({ store: own, holder: name, log, pace: PACE })("work");
  const done = lead.whileLeading((term) => {
    terms.push(term);
    return work(term);
  }, stopping.signal);
  const replica = {
    terms,
    leads: () => terms.some((term) => !term.isOver()),
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
  running.push(replica);
  return replica;
}

const leaders = (replicas: Replica[]) => replicas.filter((each) => each.leads()).length;

describe("an office among replicas", () => {
  it("is held by exactly one, longer than a lease", async () => {
    const replicas = ["a", "b", "c"].map((name) => createReplica({ name }));
    await expect.poll(() => leaders(replicas)).toBe(1);
    const counts = new Set<number>();
    for (const end = Date.now() + 3 * PACE.leaseMs; Date.now() < end; await sleep(10)) {
      counts.add(leaders(replicas));
    }
    expect([...counts]).toEqual([1]);
    expect(replicas.flatMap(({ terms }) => terms)).toHaveLength(1);
  });

  it("goes to another when its holder does not renew, whose term ends before the next begins", async () => {
    const silent = createReplica({ name: "silent", over: { renew: () => new Promise(() => {}) } });
    await expect.poll(() => silent.leads()).toBe(true);
    let wasOver: boolean | null = null;
    const next = createReplica({
      name: "next",
      work: (term) => {
        wasOver = silent.terms[0]?.isOver() ?? null;
        return endOf(term);
      },
    });
    await expect.poll(() => next.leads(), { timeout: 5_000 }).toBe(true);
    expect(wasOver).toBe(true);
    expect(silent.terms[0]?.signal.aborted).toBe(true);
  });

  it("is kept through renewals that fail, as long as one comes in time", async () => {
    let failures = 2;
    const renew: LeadershipStore["renew"] = async (...given) => {
      if (failures-- > 0) throw new Error("database is away");
      return store.renew(...given);
    };
    const replica = createReplica({ name: "a", over: { renew } });
    await expect.poll(() => replica.leads()).toBe(true);
    await sleep(2 * PACE.leaseMs);
    expect(failures).toBeLessThan(0);
    expect(replica.terms).toHaveLength(1);
    expect(replica.leads()).toBe(true);
  });

  it("is lost at once by who finds that another has it", async () => {
    const replica = createReplica({ name: "a" });
    await expect.poll(() => replica.leads()).toBe(true);
    await fresh.database.pool.query("update leaderships set term = term + 1, holder = 'somebody'");
    await expect.poll(() => replica.leads()).toBe(false);
  });

  it("is known to be lost by a process that was paused, before any timer tells", async () => {
    const replica = createReplica({ name: "a" });
    await expect.poll(() => replica.leads()).toBe(true);
    const [term] = replica.terms;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PACE.leaseMs + 50);
    expect(term?.signal.aborted).toBe(false);
    expect(term?.isOver()).toBe(true);
    await sleep(0);
    expect(term?.signal.aborted).toBe(true);
  });

  it("is free for the next at once after a stop, which waits for the work to end", async () => {
    const gate = createGate<void>();
    const first = createReplica({ name: "first", work: () => gate.promise });
    await expect.poll(() => first.leads()).toBe(true);
    const next = createReplica({ name: "next" });
    const stopped = first.stop();
    await sleep(2 * PACE.leaseMs);
    expect(first.terms[0]?.signal.aborted).toBe(true);
    expect(next.leads()).toBe(false);
    gate.resolve();
    await stopped;
    await expect.poll(() => next.leads(), { interval: 5 }).toBe(true);
  });

  it("goes to another when the work dies, and its former holder may have it again later", async () => {
    let deaths = 0;
    const dying = createReplica({
      name: "dying",
      work: (term) => (deaths++ === 0 ? Promise.reject(new Error("died")) : endOf(term)),
    });
    await expect.poll(() => deaths).toBe(1);
    const next = createReplica({ name: "next" });
    await expect.poll(() => next.leads(), { interval: 5 }).toBe(true);
    await next.stop();
    await expect.poll(() => dying.leads()).toBe(true);
  });

  it("is asked for until the database answers", async () => {
    let failures = 3;
    const take: LeadershipStore["take"] = async (...given) => {
      if (failures-- > 0) throw new Error("database is away");
      return store.take(...given);
    };
    const replica = createReplica({ name: "a", over: { take } });
    await expect.poll(() => replica.leads()).toBe(true);
  });
});
