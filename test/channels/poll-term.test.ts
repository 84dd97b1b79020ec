import { describe, expect, it } from "vitest";
import { type Term, TermOver } from "../../src/channels/lead.ts";
import { pollFor } from "../../src/channels/poll-term.ts";

/** What the network answers, as against not answering. */
class Answer extends Error {}

function setUp({ silenceMs = 60 } = {}) {
  const ending = new AbortController();
  const state = { isLost: false };
  const term: Term = {
    number: 1,
    signal: ending.signal,
    isOver: () => state.isLost || ending.signal.aborted,
  };
  const reported: unknown[] = [];
  const run = (once: (signal: AbortSignal) => Promise<void>) =>
    pollFor(term, {
      once,
      isAnswer: (error) => error instanceof Answer,
      silenceMs,
      report: (error) => reported.push(error),
      pauseAfter: () => 5,
    });
  return { run, reported, end: () => ending.abort(), lose: () => Object.assign(state, { isLost: true }) };
}

describe("polling for a term", () => {
  it("goes on until the term ends", async () => {
    const { run, end } = setUp();
    let polls = 0;
    const ended = await run(async () => {
      polls += 1;
      if (polls === 5) end();
    });
    expect([ended, polls]).toEqual(["over", 5]);
  });

  it("begins no poll once the term is lost, though no signal came", async () => {
    const { run, lose, reported } = setUp();
    let polls = 0;
    const ended = await run(async () => {
      polls += 1;
      lose();
      throw new Error("reset");
    });
    expect([ended, polls, reported.length]).toEqual(["over", 1, 1]);
  });

  it("ends quietly where the store says that the term is over", async () => {
    const { run, reported } = setUp();
    expect(await run(() => Promise.reject(new TermOver()))).toBe("over");
    expect(reported).toEqual([]);
  });

  it("abandons a poll that is deaf to its signal too, and gives up", async () => {
    const { run, reported } = setUp();
    const signals: AbortSignal[] = [];
    const ended = await run((signal) => {
      signals.push(signal);
      return new Promise(() => {});
    });
    expect(ended).toBe("given up");
    expect(signals).toHaveLength(1);
    expect(signals[0]?.aborted).toBe(true);
    expect(String(reported[0])).toContain("không trả lời");
  });

  it("gives up when nothing answers for too long, and not before", async () => {
    const { run } = setUp();
    let failures = 0;
    const began = performance.now();
    const ended = await run(async () => {
      failures += 1;
      throw new Error("unreachable");
    });
    expect(ended).toBe("given up");
    expect(performance.now() - began).toBeGreaterThanOrEqual(60);
    expect(failures).toBeGreaterThan(1);
  });

  it("holds on while the network answers, if only to refuse", async () => {
    const { run, end } = setUp();
    const began = performance.now();
    const ended = await run(async () => {
      if (performance.now() - began > 200) end();
      throw new Answer();
    });
    expect(ended).toBe("over");
  });
});
