import { setTimeout as sleep } from "node:timers/promises";
import type { Lead, Term } from "./channels/lead.ts";
import type { LeadershipStore } from "./db/leaderships.ts";
import type { Log } from "./log.ts";

/** How an office changes hands, in milliseconds; tests shorten it. */
export type ElectionPace = {
  /** How long a holder that fell silent is waited for. */
  leaseMs: number;
  renewMs: number;
  /** How often those who wait ask for it. */
  askMs: number;
  /** How long one who gave it up lets others go first. */
  restMs: number;
};

/** Three renewals may fail before another process takes over, which it does within about eight seconds. */
export const USUAL_PACE: ElectionPace = { leaseMs: 7_000, renewMs: 2_000, askMs: 1_000, restMs: 3_000 };

const RESIGN_PATIENCE_MS = 1_000;

type Parts = {
  store: Pick<LeadershipStore, "take" | "renew" | "resign">;
  /** This process, and no other. */
  holder: string;
  log: Pick<Log, "info" | "warn" | "error">;
  pace?: ElectionPace;
};

/** Gives the lead of each office to one process among all on the database. */
export function createElection({ store, holder, log, pace = USUAL_PACE }: Parts): (office: string) => Lead {
  return (office) => {
    return { whileLeading };

    async function whileLeading(work: (term: Term) => Promise<void>, until: AbortSignal): Promise<void> {
      while (!until.aborted) {
        const tenure = await win(until);
        if (tenure) await serve(tenure, work, until);
        await pause(tenure ? pace.restMs : pace.askMs, until);
      }
    }

    async function win(until: AbortSignal): Promise<Tenure | null> {
      const asked = performance.now();
      const number = await store.take(office, holder, pace.leaseMs).catch(warn);
      if (number === null) return null;
      // A stop that came meanwhile is served too: its work ends at once, and the office is given back.
      return openTenure(number, asked + pace.leaseMs, until);
    }

    async function serve(
      tenure: Tenure,
      work: (term: Term) => Promise<void>,
      until: AbortSignal,
    ): Promise<void> {
      const { term } = tenure;
      log.info({ office, term: term.number }, "tiến trình này nhận việc");
      const done = new AbortController();
      const renewing = renewUntil(done.signal, tenure);
      try {
        await work(term);
      } catch (error) {
        log.error({ err: error, office }, "một việc chỉ một tiến trình làm đã dừng vì lỗi");
      } finally {
        done.abort();
        tenure.close();
        const resigned = renewing.then(() => store.resign(office, term.number)).catch(warn);
        await Promise.race([resigned, sleep(RESIGN_PATIENCE_MS)]);
        log.info({ office, term: term.number, stopping: until.aborted }, "tiến trình này thôi việc");
      }
    }

    /** Goes on while the work ends, as what is under way must not meet another's. */
    async function renewUntil(done: AbortSignal, tenure: Tenure): Promise<void> {
      while (!done.aborted) {
        await pause(pace.renewMs, done);
        if (done.aborted || tenure.isLost()) return;
        const asked = performance.now();
        const isKept = await store.renew(office, tenure.term.number, pace.leaseMs).catch(warn);
        if (isKept) tenure.extend(asked + pace.leaseMs);
        if (isKept === false) return tenure.lose();
      }
    }

    function warn(error: unknown): null {
      const reason = error instanceof Error ? error.message : String(error);
      log.warn({ office, reason }, "không hỏi được cơ sở dữ liệu ai đang giữ việc");
      return null;
    }
  };
}

type Tenure = ReturnType<typeof openTenure>;

/** A term as its holder knows it: lost at the latest when the lease that was surely granted runs out. */
function openTenure(number: number, leasedUntil: number, until: AbortSignal) {
  const ending = new AbortController();
  let sureUntil = leasedUntil;
  let alarm = setTimeout(lose, sureUntil - performance.now());
  const end = () => ending.abort();
  until.addEventListener("abort", end);
  if (until.aborted) end();

  const isLost = () => performance.now() >= sureUntil;
  const term: Term = { number, signal: ending.signal, isOver: () => ending.signal.aborted || isLost() };

  function lose(): void {
    sureUntil = Number.NEGATIVE_INFINITY;
    end();
  }

  return {
    term,
    isLost,
    lose,
    extend(to: number): void {
      // A renewal that was answered after the lease may have come too late.
      if (isLost()) return;
      sureUntil = to;
      clearTimeout(alarm);
      alarm = setTimeout(lose, to - performance.now());
    },
    close(): void {
      clearTimeout(alarm);
      until.removeEventListener("abort", end);
      end();
    },
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
