import type { NewOutgoing } from "./db/messages.ts";
import { cutAtSentences } from "./text/sentences.ts";

/** What every channel takes in one message; the console knows no channel, so a long text is cut for the narrowest. */
const SHORTEST_LIMIT = 2000;
/** Where a channel writes choices as a numbered list, they need room in the message. */
const ROOM_FOR_CHOICES = 150;

/** What staff write as rows of the outbox; the choices stand under the last of them. Their keys follow from `key`, so a repeat adds none. */
export function pieces(key: string, text: string, staffId: number, choices: string[] = []): NewOutgoing[] {
  const parts = cutAtSentences(text, SHORTEST_LIMIT - (choices.length > 0 ? ROOM_FOR_CHOICES : 0));
  return parts.map((piece, n) => ({
    key: n === 0 ? key : `${key}:${n}`,
    author: "staff",
    reply: { text: piece, choices: n === parts.length - 1 ? choices : [] },
    staffId,
  }));
}
