import { normalize } from "../text/normalize.ts";
import { DAY, isoDay } from "./legal-days.ts";
import type { Line } from "./legal-lines.ts";
import { KIND, KINDS, NUMBER, officeName, titleName } from "./legal-names.ts";
import { shapeOf } from "./legal-shape.ts";
import { PASSED } from "./legal-structure.ts";

/** What the head of a text says of itself; null where it does not say so. `kind` is "nghị định", or "" when unnamed. */
export type Head = {
  kind: string;
  number: string | null;
  issuer: string | null;
  signed: string | null;
  title: string | null;
};

/** A text in two: its head (national title, number, grounds) and its body, which begins with its first heading. */
export function splitHead(lines: Line[]): { head: Line[]; body: Line[] } {
  const first = lines.findIndex(isDivision);
  const at = first === -1 ? endOfGrounds(lines) : first;
  return { head: lines.slice(0, at), body: lines.slice(at) };
}

function isDivision({ text, rows }: Line): boolean {
  const shape = shapeOf(text);
  return !rows && shape.kind === "heading" && shape.level !== "annex";
}

const SEARCHED = 40;
const GROUNDS =
  /^(?:căn cứ|xét|theo đề nghị|thực hiện|để|sau khi|trên cơ sở|.{2,80} ban hành |.{0,60}quyết (?:định|nghị)\s*:)/iu;

/** Without articles the body begins behind the title and its grounds; a text that names no kind is all body. */
function endOfGrounds(lines: Line[]): number {
  const kind = lines.slice(0, SEARCHED).findIndex((line) => kindOf(line.text) !== null);
  if (kind === -1) return 0;
  let at = kind + 1 + titleLines(lines.slice(kind + 1).map(({ text }) => text)).length;
  while (at < lines.length && !lines[at]?.rows && GROUNDS.test((lines[at]?.text ?? "").slice(0, 200))) at++;
  return at;
}

/** Reads the head; dates of other documents stand behind "Căn cứ", where nothing is read. `body` tells when a law was passed. */
export function readHead(head: Line[], body: Line[]): Head {
  const lines = head.flatMap(cellLines).map((text) => withoutNation(text.slice(0, 500)));
  const ground = lines.findIndex((text) => /^căn cứ/iu.test(text));
  const own = ground === -1 ? lines : lines.slice(0, ground);
  const named = own.findIndex((text) => kindOf(text) !== null);
  const kind = named === -1 ? null : kindOf(own[named] ?? "");
  const titles = kind ? [kind.rest, ...titleLines(own.slice(named + 1), kind.rest === "")] : [];
  const title = titles.filter((text) => text !== "").join(" ");
  return {
    kind: kind?.name ?? "",
    number: firstOf(own, numberIn),
    issuer: issuerIn(named === -1 ? own : own.slice(0, named)),
    signed: firstOf(own, signedIn) ?? firstOf(body, ({ text }) => passedIn(text)),
    title: kind && title !== "" ? titleName(kind.name, title) : null,
  };
}

function firstOf<Item>(items: Item[], read: (item: Item) => string | null): string | null {
  for (const item of items) {
    const found = read(item);
    if (found) return found;
  }
  return null;
}

/** In DOCX the two columns of the head are a table; in PDF their lines stand behind one another. */
function cellLines({ text, rows }: Line): string[] {
  if (!rows) return [text];
  return rows.flat().flatMap((cell) => normalize(cell).split("\n"));
}

function withoutNation(text: string): string {
  return text.replace(/\s*(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|Độc lập\s*[-–]).*$/u, "").trim();
}

const KIND_LINE = new RegExp(`^(${KINDS.join("|").toUpperCase()})(?:\\s+(\\S.*))?$`, "u");
const KIND_ALONE = new RegExp(`^(${KINDS.join("|")})$`, "iu");

/** "NGHỊ ĐỊNH", alone or with the title behind it; "QUYẾT ĐỊNH:" only opens the articles. */
function kindOf(text: string): { name: string; rest: string } | null {
  const match = KIND_LINE.exec(text) ?? KIND_ALONE.exec(text);
  if (!match || /^số\s*:?\s*\d/iu.test(match[2] ?? "")) return null;
  return { name: (match[1] ?? "").toLowerCase(), rest: match[2] ?? "" };
}

const MOST_TITLE_LINES = 8;
const NOT_TITLE =
  /^(?:số\s*:|\(|QUỐC HỘI|CHÍNH PHỦ$|THỦ TƯỚNG|BỘ TRƯỞNG|CHỦ TỊCH|THỐNG ĐỐC|(?:HỘI ĐỒNG|ỦY BAN|UỶ BAN) (?:NHÂN DÂN|THƯỜNG VỤ)|KHÓA |KỲ HỌP|.{2,60}, ngày \d)/u;

function titleLines(below: string[], isOpen = true): string[] {
  const found: string[] = [];
  for (const text of below.slice(0, MOST_TITLE_LINES)) {
    const isFirst = isOpen && found.length === 0;
    const isOver =
      text === "" || NOT_TITLE.test(text) || (GROUNDS.test(text) && !(isFirst && !/^căn cứ/iu.test(text)));
    if (isOver || shapeOf(text).kind !== "text") break;
    found.push(text);
  }
  return found;
}

const OWN_NUMBER = new RegExp(`^(?:${KIND}\\s+)?số\\s*:?\\s*(${NUMBER})`, "iu");

function numberIn(text: string): string | null {
  const found = OWN_NUMBER.exec(text.replace(/(\p{L}) ?([-/]) ?(?=\p{Lu})/gu, "$1$2"))?.[1] ?? null;
  return found && /\p{Lu}/u.test(found) ? found : null;
}

const SIGNED = new RegExp(`(?:^|[\\s)])\\p{Lu}[\\p{L} .-]{1,40}, ngày ${DAY}$`, "iu");

function signedIn(text: string): string | null {
  const [, day, month, year] = SIGNED.exec(text) ?? [];
  return isoDay(day, month, year);
}

function passedIn(text: string): string | null {
  if (!PASSED.test(text)) return null;
  const [, day, month, year] = new RegExp(`ngày ${DAY}`, "iu").exec(text.slice(0, 500)) ?? [];
  return isoDay(day, month, year);
}

const OFFICE =
  /^(?:QUỐC HỘI|CHÍNH PHỦ|THỦ TƯỚNG CHÍNH PHỦ|BỘ \p{Lu}|(?:ỦY|UỶ) BAN \p{Lu}|UBND |HĐND |HỘI ĐỒNG \p{Lu}|CHỦ TỊCH NƯỚC|NGÂN HÀNG \p{Lu}|TÒA ÁN|TOÀ ÁN|VIỆN KIỂM SÁT|KIỂM TOÁN|THANH TRA|BAN \p{Lu}|TỈNH ỦY|THÀNH ỦY|SỞ \p{Lu}|CỤC \p{Lu}|LIÊN MINH|BẢO HIỂM XÃ HỘI)/u;

/** The office in capitals; its name may go on below ("HỘI ĐỒNG NHÂN DÂN", then "THÀNH PHỐ CẦN THƠ"). */
function issuerIn(lines: string[]): string | null {
  const at = lines.findIndex((text) => OFFICE.test(text) && isCapital(text));
  if (at === -1) return null;
  const below = lines.slice(at + 1, at + 3);
  const end = below.findIndex((text) => !isCapital(text) || OFFICE.test(text) || /\d/.test(text));
  const more = end === -1 ? below : below.slice(0, end);
  return officeName([lines[at] ?? "", ...more].join(" ").replace(/\s+/g, " "));
}

function isCapital(text: string): boolean {
  return /\p{Lu}{2}/u.test(text) && text === text.toUpperCase() && kindOf(text) === null;
}
