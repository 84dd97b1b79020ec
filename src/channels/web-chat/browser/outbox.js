/** Messages that the server has not confirmed. They outlive a reload of the page, not the closing of its tab. */

const KEY = "cau-noi-outbox";
const TIMEOUT_MS = 15_000;

export function createOutbox() {
  const waiting = restore();

  function restore() {
    try {
      return JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    } catch {
      return [];
    }
  }

  function keep() {
    try {
      sessionStorage.setItem(KEY, JSON.stringify(waiting));
    } catch {
      // A browser that stores nothing still sends.
    }
  }

  return {
    waiting,
    add(text) {
      const letter = { clientId: newId(), text };
      waiting.push(letter);
      keep();
      return letter;
    },
    remove(letter) {
      const at = waiting.indexOf(letter);
      if (at >= 0) waiting.splice(at, 1);
      keep();
    },
  };
}

/**
 * Sends one message. The same clientId again is the same message, so trying twice is safe.
 * @returns `{id}` when stored, `{refused}` when it never will be, `{later}` when it is worth another try.
 */
export async function post(letter) {
  const response = await fetch("/chat/messages", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(letter),
    signal: deadline(),
  }).catch(() => null);
  if (!response) return { later: null };
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return { id: answer.id };
  return [400, 413, 415].includes(response.status)
    ? { refused: answer.error }
    : { later: answer.error ?? null };
}

/** The messages after an id, or null when they could not be fetched. */
export async function fetchAfter(id) {
  const response = await fetch(`/chat/messages?after=${id}`, {
    signal: deadline(),
  }).catch(() => null);
  if (!response?.ok) return null;
  const answer = await response.json().catch(() => null);
  return answer?.messages ?? null;
}

/** Phones of some years ago do not know it; they wait as long as their browser does. */
function deadline() {
  return AbortSignal.timeout?.(TIMEOUT_MS);
}

/** randomUUID is missing where the page comes over plain http from another machine. */
function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
