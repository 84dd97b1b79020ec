import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Loop, startLoop } from "../src/loop.ts";
import { createGate } from "./support/gate.ts";

const loops: Loop[] = [];
afterEach(async () => {
  await Promise.all(loops.splice(0).map((loop) => loop.stop()));
});

type Options = Parameters<typeof startLoop>[1];

function start(step: () => Promise<boolean>, options: Partial<Options> = {}): Loop {
  const loop = startLoop(step, { workers: 1, idleMs: 60_000, onError: () => {}, ...options });
  loops.push(loop);
  return loop;
}

describe("a loop", () => {
  it("goes on without a pause as long as there is work, then waits", async () => {
    let left = 50;
    const step = vi.fn(async () => left-- > 0);
    start(step);
    await vi.waitFor(() => expect(step).toHaveBeenCalledTimes(51));
    await sleep(30);
    expect(step).toHaveBeenCalledTimes(51);
  });

  it("looks again by itself when it was idle for a while", async () => {
    const step = vi.fn(async () => false);
    start(step, { idleMs: 5 });
    await vi.waitFor(() => expect(step.mock.calls.length).toBeGreaterThan(3));
  });

  it("looks at once when it is woken", async () => {
    const step = vi.fn(async () => false);
    const loop = start(step);
    await vi.waitFor(() => expect(step).toHaveBeenCalledTimes(1));
    loop.wake();
    await vi.waitFor(() => expect(step).toHaveBeenCalledTimes(2));
  });

  it("does not miss a call that comes while a step is under way", async () => {
    const gate = createGate<boolean>();
    const step = vi.fn(() => (step.mock.calls.length === 1 ? gate.promise : Promise.resolve(false)));
    const loop = start(step);
    loop.wake();
    gate.resolve(false);
    await vi.waitFor(() => expect(step).toHaveBeenCalledTimes(2));
  });

  it("wakes all of its workers", async () => {
    const step = vi.fn(async () => false);
    const loop = start(step, { workers: 3 });
    await vi.waitFor(() => expect(step).toHaveBeenCalledTimes(3));
    loop.wake();
    await vi.waitFor(() => expect(step).toHaveBeenCalledTimes(6));
  });

  it("runs as many steps side by side as it has workers", async () => {
    let running = 0;
    let most = 0;
    const step = async () => {
      most = Math.max(most, ++running);
      await sleep(5);
      running--;
      return true;
    };
    start(step, { workers: 4 });
    await vi.waitFor(() => expect(most).toBe(4));
    await sleep(30);
    expect(most).toBe(4);
  });

  it("reports an error and tries again after a pause", async () => {
    const onError = vi.fn();
    const step = vi.fn(async () => {
      if (step.mock.calls.length === 1) throw new Error("the database is away");
      return false;
    });
    const started = performance.now();
    start(step, { onError });
    await vi.waitFor(() => expect(step).toHaveBeenCalledTimes(2), 3_000);
    expect(performance.now() - started).toBeGreaterThan(900);
    expect(onError).toHaveBeenCalledExactlyOnceWith(new Error("the database is away"));
  });
});

describe("stopping a loop", () => {
  it("waits for the step under way and begins no other", async () => {
    const gate = createGate<boolean>();
    const step = vi.fn(() => gate.promise);
    const loop = start(step);
    let isStopped = false;
    const stopped = loop.stop().then(() => {
      isStopped = true;
    });
    await sleep(20);
    expect(isStopped).toBe(false);
    gate.resolve(true);
    await stopped;
    expect(step).toHaveBeenCalledTimes(1);
  });

  it("does not wait out an idle pause", async () => {
    const step = vi.fn(async () => false);
    const loop = start(step, { workers: 5 });
    await vi.waitFor(() => expect(step).toHaveBeenCalledTimes(5));
    const started = performance.now();
    await loop.stop();
    expect(performance.now() - started).toBeLessThan(500);
  });
});
