import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Dispatch, startDispatch } from "../src/dispatch.ts";
import type { Loop } from "../src/loop.ts";
import { createGate } from "./support/gate.ts";

const loops: Loop[] = [];
afterEach(async () => {
  await Promise.all(loops.splice(0).map((loop) => loop.stop()));
});

const MORE = "more";

/** A queue of numbers, and a dispatch that takes from it. */
function start({
  work = async (_: number): Promise<unknown> => undefined,
  take = async (limit: number) => queue.splice(0, limit),
  workers = 3,
  idleMs = 60_000,
  onError = (_: unknown) => {},
} = {}) {
  const taking = vi.fn((limit: number) => take(limit));
  const doing = async (piece: number) => (await work(piece)) === MORE;
  const loop = startDispatch({ take: taking, work: doing }, { workers, idleMs, onError });
  loops.push(loop);
  return { loop, taking };
}
let queue: number[] = [];

describe("a dispatch", () => {
  it("takes what is there at once for all free hands, and the rest as they become free", async () => {
    queue = [1, 2, 3, 4, 5];
    const done: number[] = [];
    const { taking } = start({ work: async (n) => void done.push(n) });
    await vi.waitFor(() => expect(done).toEqual([1, 2, 3, 4, 5]));
    expect(taking.mock.calls[0]).toEqual([3]);
  });

  it("never works on more pieces than it has hands", async () => {
    queue = Array.from({ length: 20 }, (_, n) => n);
    let [busy, most, done] = [0, 0, 0];
    start({
      work: async () => {
        busy += 1;
        most = Math.max(most, busy);
        await sleep(1);
        busy -= 1;
        done += 1;
      },
    });
    await vi.waitFor(() => expect(done).toBe(20));
    expect(most).toBe(3);
  });

  it("asks only for as many as it has hands free", async () => {
    queue = [1];
    const gate = createGate<void>();
    const { loop, taking } = start({ work: () => gate.promise });
    await vi.waitFor(() => expect(taking).toHaveBeenCalledTimes(1));
    loop.wake();
    await vi.waitFor(() => expect(taking).toHaveBeenCalledTimes(2));
    expect(taking.mock.calls).toEqual([[3], [2]]);
    gate.resolve();
  });

  it("looks again when it is woken, by itself after a while, and when the call came while it was looking", async () => {
    queue = [];
    const woken = start();
    await vi.waitFor(() => expect(woken.taking).toHaveBeenCalledTimes(1));
    await sleep(30);
    expect(woken.taking).toHaveBeenCalledTimes(1);
    woken.loop.wake();
    await vi.waitFor(() => expect(woken.taking).toHaveBeenCalledTimes(2));

    const idle = start({ idleMs: 5 });
    await vi.waitFor(() => expect(idle.taking.mock.calls.length).toBeGreaterThan(3));

    const gate = createGate<number[]>();
    const early = start({ take: () => gate.promise });
    await vi.waitFor(() => expect(early.taking).toHaveBeenCalledTimes(1));
    early.loop.wake();
    gate.resolve([]);
    await vi.waitFor(() => expect(early.taking).toHaveBeenCalledTimes(2));
  });

  it("reports what went wrong and goes on", async () => {
    queue = [1, 2];
    const faults: unknown[] = [];
    const done: number[] = [];
    start({
      workers: 1,
      work: async (n) => {
        if (n === 1) throw new Error("no");
        done.push(n);
      },
      onError: (error) => void faults.push(error),
    });
    await vi.waitFor(() => expect(done).toEqual([2]));
    expect(faults).toMatchObject([{ message: "no" }]);

    let isDown = true;
    const { taking } = start({
      take: async () => {
        if (!isDown) return [];
        isDown = false;
        throw new Error("database is away");
      },
      onError: (error) => void faults.push(error),
    });
    await vi.waitFor(() => expect(taking).toHaveBeenCalledTimes(2), 5_000);
    expect(faults.at(-1)).toMatchObject({ message: "database is away" });
  });

  it("stops after what is under way, and takes nothing more", async () => {
    queue = [1, 2];
    const gate = createGate<void>();
    const { loop, taking } = start({ workers: 1, work: () => gate.promise });
    await vi.waitFor(() => expect(taking).toHaveBeenCalledTimes(1));
    let isStopped = false;
    const stopped = loop.stop().then(() => {
      isStopped = true;
    });
    await sleep(30);
    expect(isStopped).toBe(false);
    gate.resolve();
    await stopped;
    expect(queue).toEqual([2]);
  });

  it("looks again when a piece says that another became due by it, and otherwise only when it missed hands", async () => {
    queue = [1];
    const { taking, loop } = start({ work: async () => (queue.length > 0 ? MORE : undefined) });
    await vi.waitFor(() => expect(taking).toHaveBeenCalledTimes(1));
    await sleep(30);
    expect(taking).toHaveBeenCalledTimes(1);
    queue = [2];
    loop.spare()?.work(1);
    await vi.waitFor(() => expect(queue).toEqual([]));
  });
});

function isSpare(loop: Dispatch<number>): boolean {
  const hand = loop.spare();
  hand?.free();
  return hand !== null;
}

describe("a spare hand", () => {
  it("works on a piece that was not taken, and counts among the hands", async () => {
    queue = [];
    const done: number[] = [];
    const gate = createGate<void>();
    const { loop, taking } = start({ workers: 2, work: (n) => gate.promise.then(() => void done.push(n)) });
    await vi.waitFor(() => expect(taking).toHaveBeenCalledTimes(1));
    const [one, two] = [loop.spare(), loop.spare()];
    expect(loop.spare()).toBeNull();
    one?.work(7);
    two?.free();
    await vi.waitFor(() => expect(isSpare(loop)).toBe(true));
    gate.resolve();
    await vi.waitFor(() => expect(done).toEqual([7]));
  });

  it("is given to nobody while older pieces wait", async () => {
    queue = [1, 2, 3];
    const gate = createGate<void>();
    const { loop, taking } = start({ workers: 2, work: () => gate.promise });
    expect(loop.spare()).toBeNull();
    await vi.waitFor(() => expect(taking).toHaveBeenCalledTimes(1));
    await sleep(20);
    expect(loop.spare()).toBeNull();
    gate.resolve();
    await vi.waitFor(() => expect(isSpare(loop)).toBe(true));
    expect(queue).toEqual([]);
  });

  it("is waited for at a stop, and none is given any more", async () => {
    queue = [];
    const { loop, taking } = start();
    await vi.waitFor(() => expect(taking).toHaveBeenCalledTimes(1));
    await sleep(20);
    const hand = loop.spare();
    let isStopped = false;
    const stopped = loop.stop().then(() => {
      isStopped = true;
    });
    await sleep(20);
    expect([isStopped, loop.spare()]).toEqual([false, null]);
    hand?.free();
    await stopped;
  });
});
