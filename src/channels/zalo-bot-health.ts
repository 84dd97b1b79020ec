/** What the channel knows of its own state: its token, whether Zalo is reached, and whether what came could be stored. */
export type Health = {
  /** This process polls now; silence counts from here, or from where it counts already. */
  polls(): void;
  /** Another process polls now, so our silence is no fault. */
  rests(): void;
  token(isKnown: boolean): void;
  reached(): void;
  unreached(reason: string): void;
  stored(): void;
  unstored(): void;
  fault(): string | null;
};

/** Starts as unreached; later, polls of which none was good for longer than `silenceMs` are a fault too. */
export function createHealth(silenceMs: number): Health {
  let contact: string | null = "chưa kết nối được với Zalo";
  let storing: string | null = null;
  let isTokenKnown = true;
  let reachedAt: number | null = null;

  return {
    polls() {
      reachedAt ??= Date.now();
    },
    rests() {
      contact = null;
      reachedAt = null;
    },
    token(isKnown) {
      isTokenKnown = isKnown;
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
    fault: () => storing ?? (isTokenKnown ? (contact ?? silence()) : "token sai"),
  };

  function silence(): string | null {
    const silentMs = reachedAt === null ? 0 : Date.now() - reachedAt;
    return silentMs > silenceMs ? `không hỏi được tin từ Zalo đã ${Math.round(silentMs / 1000)} giây` : null;
  }
}
