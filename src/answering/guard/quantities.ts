import type { Figure } from "./figure.ts";
import { type Unit, unitAt } from "./units.ts";

/** A number as it was read, before its neighbours lend it a unit. */
type Quantity = {
  number: number;
  factor: number;
  unit: Unit | null;
  per: string;
  start: number;
  end: number;
};

const NUMBER = /(?<![\p{L}\d]|\d[.,])(?:\d{1,3}(?: \d{3}){2,}(?!\d)|\d+(?:[.,]\d+)*)/gu;
const SCALE = / ?(trăm|nghìn|triệu|tỷ(?! (?:lệ|trọng|suất|giá)))(?!\p{L})/uy;
const FACTOR: Record<string, number> = { trăm: 100, nghìn: 1e3, triệu: 1e6, tỷ: 1e9 };
const NEXT_NUMBER = / (\d+(?:[.,]\d+)*)(?= (?:trăm|nghìn|triệu|tỷ)(?!\p{L}))/uy;
const HALF = / rưỡi(?!\p{L})/uy;
const PER = / ?\/ ?| (?:(?:tính )?trên |cho )?(?:mỗi|từng|1) /uy;
const WORD = /\p{L}+/uy;
/** The sign between the ends of a range; "dưới" says that the upper end does not belong to it. */
const TO = /^ ?(?:-|đến|tới) ?(?:hết )?(?:ngày |năm |tháng )?(dưới |gần )?$/u;
const LISTED = /^ ?(?:,|và|hoặc|hay|, và|, hoặc) $/u;

/** Reads the quantities of a text whose other figures are blanked out, and joins the ends of ranges of both kinds. */
export function quantitiesOf(text: string, others: Figure[]): Figure[] {
  const read = lendUnits(readAll(text), text).map(toFigure);
  const all = [...others, ...read].sort((a, b) => a.start - b.start);
  return joinRanges(all, text);
}

function readAll(text: string): Quantity[] {
  const found: Quantity[] = [];
  let from = 0;
  for (const match of text.matchAll(NUMBER)) {
    if (match.index < from) continue;
    const quantity = readAt(text, match.index, match[0]);
    found.push(quantity);
    from = quantity.end;
  }
  return found;
}

function readAt(text: string, start: number, written: string): Quantity {
  let at = start + written.length;
  const first = readScale(text, at);
  at = first.end;
  let number = toNumber(written);
  let { factor } = first;
  if (factor > 1) {
    for (let more = next(NEXT_NUMBER, text, at); more; more = next(NEXT_NUMBER, text, at)) {
      const scale = readScale(text, at + more[0].length);
      if (scale.factor >= factor) break;
      number = number * factor + toNumber(more[1] ?? "") * scale.factor;
      factor = 1;
      at = scale.end;
    }
  }
  if (next(HALF, text, at)) [number, at] = [number + 0.5, at + " rưỡi".length];
  const unit = unitAt(text, at);
  at = unit?.end ?? at;
  if (unit && next(HALF, text, at)) [number, at] = [number + 0.5, at + " rưỡi".length];
  const { per, end } = readPer(text, at, unit !== null || first.factor > 1);
  const isMoney = unit === null && first.factor >= 1000;
  return { number, factor, unit: isMoney ? { name: "đồng", measure: "money" } : unit, per, start, end };
}

function readScale(text: string, from: number): { factor: number; end: number } {
  let factor = 1;
  let end = from;
  for (let scale = next(SCALE, text, end); scale; scale = next(SCALE, text, end)) {
    factor *= FACTOR[scale[1] ?? ""] ?? 1;
    end += scale[0].length;
  }
  return { factor, end };
}

/** "/ha", "mỗi năm", "trên 1 dự án": what the quantity is counted for. */
function readPer(text: string, from: number, isMeasured: boolean): { per: string; end: number } {
  let per = "";
  let end = from;
  for (let sign = isMeasured ? next(PER, text, end) : null; sign; sign = next(PER, text, end)) {
    const at = end + sign[0].length;
    const unit = unitAt(text, at);
    const word = unit ? null : sign[0].includes("/") ? next(WORD, text, at) : null;
    if (!unit && !word) break;
    per += `/${unit?.name ?? word?.[0]}`;
    end = unit?.end ?? at + (word?.[0].length ?? 0);
  }
  return { per, end };
}

function next(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** "1.000.000", "1,000,000" and "1 000 000" are one million; a single group of three after a dot or comma is thousands. */
function toNumber(written: string): number {
  const plain = written.replaceAll(" ", "");
  const isGrouped = /^[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*$/.test(plain);
  if (isGrouped) return Number(plain.replace(/[.,]/g, ""));
  const last = Math.max(plain.lastIndexOf("."), plain.lastIndexOf(","));
  const whole = last === -1 ? plain : plain.slice(0, last);
  return Number(`${whole.replace(/[.,]/g, "")}.${last === -1 ? "0" : plain.slice(last + 1)}`);
}

/** In "100, 200, 300 triệu đồng" and "1 đến 3 tỷ" the unit stands once, at the end. */
function lendUnits(quantities: Quantity[], text: string): Quantity[] {
  for (let i = quantities.length - 2; i >= 0; i -= 1) {
    const [one, following] = [quantities[i], quantities[i + 1]];
    if (
      !one ||
      !following ||
      ((one.unit?.measure === "money") !== (following.unit?.measure === "money") && one.unit)
    )
      continue;
    const between = text.slice(one.end, following.start);
    const lends = one.unit === null && !isYearNumber(one, text) && (LISTED.test(between) || TO.test(between));
    if (lends) {
      one.unit = following.unit;
      if (one.factor === 1) one.factor = following.factor;
      one.per ||= following.per;
    } else if (one.unit && !one.per && one.unit.name === following.unit?.name && TO.test(between)) {
      one.per = following.per;
    }
  }
  return quantities;
}

function isYearNumber({ number, start, end }: Quantity, text: string): boolean {
  return number >= 1900 && number < 2100 && /^\d{4}$/.test(text.slice(start, end));
}

function toFigure(quantity: Quantity): Figure {
  const { number, factor, unit, per, start, end } = quantity;
  const value = String(Number((number * factor).toPrecision(15)));
  if (unit === null && number >= 1900 && number < 2100 && end - start === 4) {
    return { kind: "year", value, unit: "", measure: null, canonical: `year ${value}`, start, end };
  }
  const name = `${unit?.name ?? ""}${per}`;
  return {
    kind: "quantity",
    value,
    unit: name,
    measure: unit?.measure ?? null,
    canonical: `quantity ${value} ${name}`.trim(),
    start,
    end,
  };
}

/** Both ends of a range are one figure, so that none can be told without the other. */
function joinRanges(figures: Figure[], text: string): Figure[] {
  const joined: Figure[] = [];
  for (const figure of figures) {
    const lower = joined.at(-1);
    const to =
      lower && lower.kind === figure.kind && lower.unit === figure.unit
        ? TO.exec(text.slice(lower.end, figure.start))
        : null;
    if (!lower || !to || !CAN_RANGE.has(figure.kind)) joined.push(figure);
    else joined[joined.length - 1] = range(lower, figure, to[1] !== undefined);
  }
  return joined;
}

const CAN_RANGE = new Set<Figure["kind"]>(["quantity", "date", "month", "year", "slash", "clock"]);

function range(lower: Figure, upper: Figure, isOpen: boolean): Figure {
  const value = `${lower.value}..${isOpen ? "<" : ""}${upper.value}`;
  const { unit, measure } = upper;
  return {
    kind: "range",
    value,
    unit,
    measure,
    canonical: `range ${value} ${unit}`.trim(),
    start: lower.start,
    end: upper.end,
  };
}
