import type { Lead, Term } from "../../src/channels/lead.ts";

/** A lead whose terms the test begins and ends; `lose` is what a paused process finds, `end` what a living one hears. */
export function createTestLead(firstTerm = 1) {
  let waiting: ((term: Term | null) => void) | null = null;
  let current: { ending: AbortController; isLost: boolean } | null = null;
  let upcoming: Term | null = null;
  let number = firstTerm;
  let ended = 0;

  const lead: Lead = {
    async whileLeading(work, until) {
      until.addEventListener("abort", stop, { once: true });
      while (!until.aborted) {
        const term = upcoming ?? (await next());
        upcoming = null;
        if (term) await work(term);
        ended += 1;
      }
    },
  };

  function next(): Promise<Term | null> {
    return new Promise((resolve) => {
      waiting = resolve;
    });
  }

  function stop(): void {
    current?.ending.abort();
    waiting?.(null);
  }

  return {
    lead,
    /** How many terms have ended. */
    ended: () => ended,
    begin(): void {
      const state = { ending: new AbortController(), isLost: false };
      current = state;
      const { signal } = state.ending;
      const term = { number: number++, signal, isOver: () => state.isLost || signal.aborted };
      if (waiting) waiting(term);
      else upcoming = term;
      waiting = null;
    },
    end: () => current?.ending.abort(),
    /** The term is over, and nobody has told yet. */
    lose(): void {
      if (current) current.isLost = true;
    },
  };
}

/** The lead of a process that is alone and always has it. */
export const alone: Lead = {
  async whileLeading(work, until) {
    for (let number = 1; !until.aborted; number++) {
      await work({ number, signal: until, isOver: () => until.aborted });
    }
  },
};
