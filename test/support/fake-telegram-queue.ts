export type QueuedUpdate = { update_id: number } & Record<string, unknown>;
export type PollRequest = { offset: number; limit: number; timeout: number };
export type PollResult = QueuedUpdate[] | "conflict";

const FAR_AHEAD = 10;
const BUSY_POLLER_MS = 500;

/** Telegram's queue of one bot: an offset confirms all below it, what is unconfirmed comes again, and a second poller ends the first one's wait. */
export function createUpdateQueue(firstId: number) {
  let nextId = firstId;
  let pending: QueuedUpdate[] = [];
  let allowed: readonly string[] = [];
  let waiting: { request: PollRequest; finish: (result: PollResult) => void } | null = null;
  let last = { offset: Number.NaN, at: 0 };
  let taker: ((update: QueuedUpdate) => void) | null = null;

  return {
    push(body: Record<string, unknown>): number {
      const update = { update_id: nextId++, ...body };
      if (taker) {
        if (isAllowed(body)) taker(update);
        return update.update_id;
      }
      if (isAllowed(body)) pending.push(update);
      waiting?.finish(batch(waiting.request));
      return update.update_id;
    },
    /** Hands over what comes from now on, as for a webhook. */
    divert(to: (update: QueuedUpdate) => void): void {
      taker = to;
    },
    allow(kinds: readonly string[]): void {
      allowed = kinds;
    },
    /** Continues the numbering elsewhere, as Telegram does after a week without updates. */
    renumber(id: number): void {
      nextId = id;
    },
    drop(): void {
      pending = [];
    },
    pendingCount: () => pending.length,
    async poll(request: PollRequest, gone: AbortSignal): Promise<PollResult> {
      waiting?.finish("conflict");
      confirm(request.offset);
      const found = batch(isRepeated(request.offset) ? { ...request, limit: 1 } : request);
      return found.length > 0 || request.timeout === 0 ? found : wait(request, gone);
    },
    endWaits(): void {
      waiting?.finish([]);
    },
  };

  function isAllowed(body: Record<string, unknown>): boolean {
    return allowed.length === 0 || Object.keys(body).some((key) => allowed.includes(key));
  }

  function confirm(offset: number): void {
    if (offset < 0) pending = pending.slice(offset);
    // An offset far ahead of the last update is not believed, and the queue is given from its head.
    if (offset > 0 && offset <= nextId - 1 + FAR_AHEAD) {
      pending = pending.filter((update) => update.update_id >= offset);
    }
  }

  /** The same offset twice within half a second gets one update, so that a poisonous batch can be passed. */
  function isRepeated(offset: number): boolean {
    const repeated = last.offset === offset && Date.now() - last.at < BUSY_POLLER_MS;
    last = { offset, at: Date.now() };
    return repeated;
  }

  function batch({ limit }: PollRequest): QueuedUpdate[] {
    return pending.slice(0, limit);
  }

  function wait(request: PollRequest, gone: AbortSignal): Promise<PollResult> {
    return new Promise((resolve) => {
      const mine = { request, finish };
      const timer = setTimeout(() => finish([]), request.timeout * 1000);
      gone.addEventListener("abort", () => finish([]));
      waiting = mine;

      function finish(result: PollResult): void {
        clearTimeout(timer);
        if (waiting === mine) waiting = null;
        resolve(result);
      }
    });
  }
}
