import { z } from "zod";
import { CHANNEL_NAMES } from "../../conversation/channel.ts";
import { type ChatFilter, MARKS, OUTCOME_KINDS } from "../../conversation/chat-list.ts";
import { normalize } from "../../text/normalize.ts";

const KEYS = ["q", "channel", "kind", "mark", "from", "to"] as const;
const MAX_SEARCH_LENGTH = 100;
const EARLIEST = "2000-01-01";
const LATEST = "2100-01-01";

const day = z.iso.date().refine((written) => written >= EARLIEST && written <= LATEST);

/** The query of the list's address; what is not in it does not narrow. */
export type ChatQuery = Partial<Record<(typeof KEYS)[number], string>>;

const FIELDS: Record<keyof ChatQuery, z.ZodType<string>> = {
  q: z
    .string()
    .transform((text) => normalize(text).slice(0, MAX_SEARCH_LENGTH))
    .pipe(z.string().min(1)),
  channel: z.enum(CHANNEL_NAMES),
  kind: z.enum(OUTCOME_KINDS),
  mark: z.enum(MARKS),
  from: day,
  to: day,
};

/** Reads the address of the list; what makes no sense narrows nothing. */
export function readChatQuery(raw: Record<string, string>): ChatQuery {
  const read = KEYS.flatMap((key) => {
    const value = FIELDS[key].safeParse(raw[key] ?? "");
    return value.success ? [[key, value.data]] : [];
  });
  return Object.fromEntries(read);
}

/** The query in the terms of the chats. */
export function chatFilter({ q, ...rest }: ChatQuery): ChatFilter {
  return { ...(rest as ChatFilter), ...(q ? { search: q } : {}) };
}

const Cursor = z.string().regex(/^20\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d{6}Z_\d{1,15}$/);

/** Where a page goes on; anything else is the first page. */
export function readCursor(raw: string | undefined): string | null {
  return Cursor.safeParse(raw).data ?? null;
}
