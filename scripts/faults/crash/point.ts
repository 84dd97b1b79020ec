/** A write of the service, by what it is and how many of its like came before: "insert messages" and 2. */
export type Step = { label: string; nth: number };

/** The moment of a crash: right before or right after a step. */
export type CrashPoint = Step & { phase: "before" | "after" };

/** The signal from which on a process counts its steps; what it did at its start is no part of a scenario. */
export const ARM = "SIGUSR2";

/** The first line that an armed process notes. */
export const ARMED = "armed";

export const lineOf = ({ phase, label, nth }: CrashPoint): string => `${phase} ${label} #${nth}`;

/** Every step that a process noted, as the moments around it. */
export function pointsIn(trace: string): CrashPoint[] {
  return [...trace.matchAll(/^(before|after) (.+) #(\d+)$/gm)].map(([, phase, label, nth]) => ({
    phase: phase as CrashPoint["phase"],
    label: label ?? "",
    nth: Number(nth),
  }));
}

/** The kind of a step, as the windows count them: "insert", "commit", "send". */
export const kindOf = ({ label }: Step): string => label.split(" ")[0] ?? "";

const CLAIM = /^with next as/i;
const COMMENT = /--[^\n]*/g;
const WRITE = /(?<!\bfor )\b(insert into|update|delete from)\s+(?:only\s+)?(\w+)/gi;
/** Work of the clock, which comes when it comes. */
const BY_THE_CLOCK = new Set(["leaderships"]);

/** What became of a call to a provider is written down by these. */
const MARK = /\bprovider_id = \$|make_interval\(secs => \$4\)/;

/** What a statement writes, such as "update messages"; null when it only reads, or has nothing to do with messages. */
export function labelOf(text: string, values: readonly unknown[] = []): string | null {
  const bare = text.replace(COMMENT, "");
  const [found] = [...bare.matchAll(WRITE)];
  const [verb, table = ""] = [found?.[1]?.split(/\s/)[0]?.toLowerCase(), found?.[2]];
  if (!verb || BY_THE_CLOCK.has(table)) return null;
  if (table === "messages" && MARK.test(bare)) return "mark messages";
  if (!CLAIM.test(bare.trim())) return `${verb} ${table}`;
  return table === "messages" ? `claim ${values[0]}` : `claim ${table}`;
}

/** Looks for work again and again, so that only a look that found some is a step, and only its end is a moment of its own. */
export const isClaim = (label: string): boolean => kindOf({ label, nth: 0 }) === "claim";

const CALL = /\/bot[^/]+\/(\w+)$/;
const NO_WRITES = new Set(["sendchataction", "getme", "getwebhookinfo", "setwebhook", "setmycommands"]);

/** What a call to Telegram does, such as "send sendmessage" or "fetch file"; null when it does nothing that counts. */
export function callOf(address: string): string | null {
  const { pathname } = new URL(address);
  if (pathname.includes("/file/bot")) return "fetch file";
  const method = CALL.exec(pathname)?.[1]?.toLowerCase();
  if (!method || NO_WRITES.has(method)) return null;
  return method === "getfile" ? "fetch getfile" : `send ${method}`;
}
