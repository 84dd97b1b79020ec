/** What the channel knows of its own state: whether Telegram is reached, and whether what came could be stored. */
export type Health = {
  reached(): void;
  unreached(reason: string): void;
  stored(): void;
  unstored(): void;
  fault(): string | null;
};

/** Starts as unreached; later, silence longer than `silenceMs` is a fault too. */
export function createHealth(silenceMs: number): Health {
  let contact: string | null = "chưa kết nối được với Telegram";
  let storing: string | null = null;
  let reachedAt = Date.now();

  return {
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
    fault: () => storing ?? contact ?? silence(),
  };

  function silence(): string | null {
    const silentMs = Date.now() - reachedAt;
    return silentMs > silenceMs ? `Telegram im lặng đã ${Math.round(silentMs / 1000)} giây` : null;
  }
}
