/** What the channel knows of its own state: its token, whether Zalo is reached, and whether what came could be stored. */
export type Health = {
  token(isKnown: boolean): void;
  reached(): void;
  unreached(reason: string): void;
  stored(): void;
  unstored(): void;
  fault(): string | null;
};

/** Starts as unreached; later, no good poll for longer than `silenceMs` is a fault too. */
export function createHealth(silenceMs: number): Health {
  let contact: string | null = "chưa kết nối được với Zalo";
  let storing: string | null = null;
  let isTokenKnown = true;
  let reachedAt = Date.now();

  return {
    token(isKnown) {
      isTokenKnown = isKnown;
    },
    reached() {
      contact = null;
      reachedAt = Date.now();
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
    const silentMs = Date.now() - reachedAt;
    return silentMs > silenceMs ? `không hỏi được tin từ Zalo đã ${Math.round(silentMs / 1000)} giây` : null;
  }
}
