/** How a cell shows its number: the code of Excel ("0.00%", "dd/mm/yyyy"), null for General; and whether its words can be seen. */
export type CellStyle = { format: string | null; isHidden: boolean };

const BUILT_IN: Record<number, string> = {
  1: "0",
  2: "0.00",
  3: "#,##0",
  4: "#,##0.00",
  9: "0%",
  10: "0.00%",
  14: "d/m/yyyy",
  15: "d/m/yyyy",
  16: "d/m/yyyy",
  17: "m/yyyy",
  22: "d/m/yyyy",
  37: "#,##0",
  38: "#,##0",
  39: "#,##0.00",
  40: "#,##0.00",
};
const DAY_MS = 86_400_000;

/** The code of a format by its number in the file; null for General and for what is not told apart from it. */
export function formatOf(id: number, own: Map<number, string>): string | null {
  const code = own.get(id) ?? BUILT_IN[id] ?? null;
  return code === null || /^general$/i.test(code) ? null : code;
}

/** A number as Excel would show it to a Vietnamese reader: 0.5 with "0%" is "50%", 5000000 with "#,##0" is "5.000.000". */
export function showNumber(raw: string, format: string | null, startsIn1904: boolean): string {
  const value = Number(raw);
  if (raw.trim() === "" || Number.isNaN(value)) return raw;
  if (format === null) return withComma(String(Number(value.toPrecision(15))));
  const code = (format.split(";")[0] ?? "").replace(/\[[^\]]*\]/g, "");
  const bare = code.replace(/"[^"]*"|\\.|_./g, "");
  if (/[dy]/i.test(bare) || /m{3,}/i.test(bare)) return showDay(value, startsIn1904, !/d/i.test(bare));
  if (/h|s|m/i.test(bare)) return showTime(value);
  const decimals = /\.([0#?]+)/.exec(bare)?.[1]?.length ?? 0;
  const scaled = bare.includes("%") ? value * 100 : value;
  const digits = /[0#]/.test(bare)
    ? fixed(scaled, decimals, /\.[0?]*#/.test(bare))
    : withComma(String(scaled));
  const shown = /[#0],[#0]/.test(bare) ? grouped(digits) : digits;
  const { before, after } = literals(code);
  return `${before}${shown}${bare.includes("%") ? "%" : ""}${after}`.trim();
}

function fixed(value: number, decimals: number, isOptional: boolean): string {
  const text = Number(value.toPrecision(15)).toFixed(Math.min(decimals, 15));
  return withComma(isOptional ? text.replace(/\.?0+$/, "") : text);
}

function withComma(text: string): string {
  return text.replace(".", ",");
}

function grouped(digits: string): string {
  const [whole = "", rest] = digits.split(",");
  const dotted = whole.replace(/\B(?=(?:\d{3})+(?!\d))/g, ".");
  return rest === undefined ? dotted : `${dotted},${rest}`;
}

/** The words that stand around the figures, as in `#,##0" đồng"`. */
function literals(code: string): { before: string; after: string } {
  const words = (text: string) =>
    [...text.matchAll(/"([^"]*)"|\\(.)/g)].map((found) => found[1] ?? found[2] ?? "").join("");
  const at = code.replace(/"[^"]*"/g, (quoted) => "\u0001".repeat(quoted.length)).search(/[0#?]/);
  return at === -1
    ? { before: "", after: "" }
    : { before: words(code.slice(0, at)), after: words(code.slice(at)) };
}

/** Excel counts days from 1899-12-30, and believes that 29 February 1900 was one. */
function showDay(serial: number, startsIn1904: boolean, isMonth: boolean): string {
  const days = startsIn1904 ? serial + 1_462 : serial;
  const date = new Date(Date.UTC(1899, 11, days < 60 ? 31 : 30) + Math.floor(days) * DAY_MS);
  if (Number.isNaN(date.getTime())) return String(serial);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  const two = (part: number) => String(part).padStart(2, "0");
  return isMonth ? `${two(month)}/${year}` : `${two(day)}/${two(month)}/${year}`;
}

function showTime(serial: number): string {
  const minutes = Math.round((serial % 1) * 24 * 60);
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
