/**
 * Zalo's queue of one bot: a poll gets one update, once. Whoever waits is not watched, so an update may be given to
 * a poller that has gone.
 */
export function createUpdateQueue() {
  const pending: object[] = [];
  const waiting: ((update: object | null) => void)[] = [];

  return {
    push(update: object): void {
      const next = waiting.shift();
      if (next) next(update);
      else pending.push(update);
    },
    pendingCount: () => pending.length,
    /** The next update, or null when none came in time. */
    poll(timeoutMs: number): Promise<object | null> {
      const first = pending.shift();
      return first ? Promise.resolve(first) : wait(timeoutMs);
    },
    endWaits(): void {
      for (const finish of waiting.splice(0)) finish(null);
    },
  };

  function wait(timeoutMs: number): Promise<object | null> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => finish(null), timeoutMs);
      waiting.push(finish);

      function finish(update: object | null): void {
        clearTimeout(timer);
        if (waiting.includes(finish)) waiting.splice(waiting.indexOf(finish), 1);
        resolve(update);
      }
    });
  }
}
