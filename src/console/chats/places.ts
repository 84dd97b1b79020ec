import { withQuery } from "../petitions/places.ts";

/** The pages about chats. */
export const HELD = "/console/chats";
export const ALL = "/console/chats/all";
export const QUESTIONS = "/console/questions";
export const FAILED = "/console/chats/failed";
export const JUDGEMENTS = "/console/judgements";

/** One chat, at one of its messages when that is given. */
export function chatAddress(id: number, messageId?: number): string {
  return `/console/chats/${id}${messageId === undefined ? "" : `#m${messageId}`}`;
}

/** What may be done with a question that found no answer. */
export function questionAddress(messageId: number): string {
  return `${QUESTIONS}/${messageId}`;
}

/** A page that says what was done just now. */
export function saying(path: string, notice: string): string {
  return withQuery(path, { notice });
}
