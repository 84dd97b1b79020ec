import { fold } from "../text/fold.ts";

const DAY_BEFORE = /\btruoc\s+(?:ngay\s+)?(\d{1,2})[/-](\d{1,2})[/-](\d{4})/;
const ON_DAY = /\b(?:ngay|hom|tu|sau)\s+(\d{1,2})[/-](\d{1,2})[/-](\d{4})/;
const BEFORE_YEAR = /\btruoc\s+(?:nam\s+)?(20\d\d)\b/;
const SPAN = /\b(20\d\d)\s*(?:-|–|den|toi)\s*(20\d\d)\b/;
const YEAR = /\b(?:nam|hoi|giai doan|thoi)\s+(20\d\d)\b/;

const PATTERNS = [DAY_BEFORE, ON_DAY, SPAN, BEFORE_YEAR, YEAR];

/**
 * The day that a question is about, ISO, or null when it is about today, and the text without the words that name the day.
 * Names of instruments are cut out before, since "nghị định 57 năm 2018" asks of no year.
 */
export function readAsOf(text: string, today: string): { asOf: string | null; rest: string } {
  const plain = fold(text);
  const asOf = dayIn(plain, today);
  const named = asOf ? PATTERNS.map((pattern) => pattern.exec(plain)).find((match) => match !== null) : null;
  const rest = named ? `${text.slice(0, named.index)} ${text.slice(named.index + named[0].length)}` : text;
  return { asOf, rest: rest.replace(/\s+/g, " ").trim() || text };
}

function dayIn(plain: string, today: string): string | null {
  const before = DAY_BEFORE.exec(plain);
  if (before) return dayBefore(iso(before));
  const on = ON_DAY.exec(plain);
  if (on) return iso(on) > today ? null : iso(on);
  const span = SPAN.exec(plain);
  if (span) return lastDayOf(Number(span[2]), today);
  const beforeYear = BEFORE_YEAR.exec(plain);
  if (beforeYear) return `${Number(beforeYear[1]) - 1}-12-31`;
  const year = YEAR.exec(plain);
  return year ? lastDayOf(Number(year[1]), today) : null;
}

function iso(match: RegExpExecArray): string {
  const [, day = "", month = "", year = ""] = match;
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

/** A year is asked about as it ended; the running year and later ones as today. */
function lastDayOf(year: number, today: string): string | null {
  return String(year) >= today.slice(0, 4) ? null : `${year}-12-31`;
}
