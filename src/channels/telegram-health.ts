/** What the channel knows of its own state: whether Telegram is reached, and whether what came could be stored. */
export type Health = {
  /** This process polls now; silence counts from here, or from where it counts already. */
  polls(): void;
  /** Another process polls now, so our silence is no fault. */
  rests(): void;
  reached(): void;
  unreached(reason: string): void;
  stored(): void;
  unstored(): void;
  /** What Telegram tells of the webhook; null when it is well. */
  webhook(fault: string | null): void;
  fault(): string | null;
};

/** Starts as unreached; later, silence of polls that is longer than `silenceMs` is a fault too. */
export function createHealth(silenceMs: number): Health {
  let contact: string | null = "chưa kết nối được với Telegram";
  let storing: string | null = null;
  let posting: string | null = null;
  let reachedAt: number | null = null;

  return {
    polls() {
      reachedAt ??= Date.now();
    },
    rests() {
      contact = null;
      reachedAt = null;
    },
    reached() {
      contact = null;
      if (reachedAt !== null) reachedAt = Date.now();
    },
    unreached(reason) {
      contact = reason;
    },
    stored() {
      storing = null;
    },
    unstored() {
      storing = "không lưu được tin nhắn đến";
    },
    webhook(fault) {
      posting = fault;
    },
    fault: () => storing ?? contact ?? silence() ?? posting,
  };

  function silence(): string | null {
    const silentMs = reachedAt === null ? 0 : Date.now() - reachedAt;
    return silentMs > silenceMs ? `Telegram im lặng đã ${Math.round(silentMs / 1000)} giây` : null;
  }
}
