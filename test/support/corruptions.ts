import type { Told } from "./corpus-sentences.ts";
import { inWords } from "./number-words.ts";
import type { Chance } from "./seeded.ts";

/** Makes a faithful sentence false, or tells that there is nothing in it that this way could falsify. */
export type Corrupt = (sentence: string, told: Told, chance: Chance, all: Told[]) => string | null;

const NUMBER = /(?<![\p{L}\d])\d+(?:[.,]\d+)*/gu;
const QUANTITY =
  /(?<![\p{L}\d/.,–-])(\d+(?:[.,]\d+)*)( ?%| (?:triệu đồng|tỷ đồng|triệu|tỷ|đồng|ha|m²|ngày làm việc|ngày|tháng|năm(?! \d)|người|thành viên|lần|điểm|hộ|tuổi)(?:\/\p{L}+)?)(?!\p{L})/gu;
const UNITS: Record<string, string[]> = {
  "triệu đồng": ["tỷ đồng", "nghìn đồng", "triệu USD"],
  "tỷ đồng": ["triệu đồng", "tỷ USD"],
  triệu: ["tỷ", "nghìn"],
  tỷ: ["triệu", "nghìn"],
  đồng: ["USD", "triệu đồng"],
  ha: ["m²", "sào", "công"],
  "m²": ["ha", "km²"],
  "ngày làm việc": ["ngày", "tháng", "giờ làm việc"],
  ngày: ["tháng", "ngày làm việc", "tuần"],
  tháng: ["năm", "ngày", "quý"],
  năm: ["tháng", "ngày", "vụ"],
  người: ["hộ", "tổ hợp tác"],
  "thành viên": ["hợp tác xã", "hộ"],
  lần: ["năm", "%"],
  điểm: ["%", "người"],
  hộ: ["người", "xã"],
  tuổi: ["năm", "tháng"],
};

/** The twelve ways in which a model gets figures wrong. */
export const CORRUPTIONS: Record<string, Corrupt> = {
  digit: (sentence, _, chance) =>
    change(sentence, NUMBER, chance, ([number]) => {
      const places = [...number].flatMap((each, i) => (/\d/.test(each) ? [i] : []));
      const at = chance.pick(places);
      const digit = String((Number(number[at]) + 1 + chance.below(8)) % 10);
      const changed = number.slice(0, at) + digit + number.slice(at + 1);
      return Number(changed.replace(/[.,]/g, "")) === Number(number.replace(/[.,]/g, "")) ? null : changed;
    }),
  "ten times": (sentence, _, chance) =>
    change(
      sentence,
      QUANTITY,
      chance,
      ([, number = "", unit = ""]) =>
        `${number.includes(",") ? number.replace(",", "") : `${number}${number.includes(".") ? ".000" : "0"}`}${unit}`,
    ),
  "two numbers swapped": (sentence, _, chance) => swapped(sentence, chance),
  unit: (sentence, _, chance) =>
    change(sentence, QUANTITY, chance, ([, number = "", unit = ""]) => {
      const [name = "", per] = unit.trim().split("/");
      const others = UNITS[name];
      return others ? `${number} ${chance.pick(others)}${per ? `/${per}` : ""}` : null;
    }),
  "number in words": (sentence, _, chance) =>
    change(sentence, QUANTITY, chance, ([, number = "", unit = ""]) => {
      const value = Number(number);
      if (!Number.isInteger(value) || value < 1 || value > 999) return null;
      const other = value + chance.pick([1, 2, 3, 10]);
      return `${inWords(other)}${unit.startsWith("%") ? " phần trăm" : unit}`;
    }),
  "day and month": (sentence, _, chance) =>
    change(
      sentence,
      /(?<![\d/])(\d{1,2})\/(\d{1,2})\/(\d{4})|tháng (\d{1,2})\/(\d{4})/g,
      chance,
      ([, d, m, y, month, of]) => {
        if (month) return `tháng ${(Number(month) % 12) + 1}/${of}`;
        if (d === m) return null;
        return chance.pick([`${m}/${d}/${y}`, `ngày ${m} tháng ${d} năm ${y}`]);
      },
    ),
  "end of a range": (sentence, _, chance) =>
    change(
      sentence,
      /(\d+)( ?[–-] ?| đến )(\d+)( ?%| (?:người|triệu|tỷ|ngày|tháng|năm|điểm))/g,
      chance,
      ([, low = "", to = "", high = "", unit = ""]) =>
        chance.pick([
          `${low}${to}${Number(high) + 5}${unit}`,
          `${Number(low) + 1}${to}${high}${unit}`,
          `${low}${unit}`,
          `${high}${unit}`,
          `${high}${to}${low}${unit}`,
        ]),
    ),
  "percentage points": (sentence, _, chance) =>
    change(
      sentence,
      /(\d+(?:,\d+)?) ?(?:%|phần trăm)/g,
      chance,
      ([, number = ""]) => `${number} ${chance.pick(["điểm phần trăm", "điểm %"])}`,
    ),
  rounding: (sentence, _, chance) =>
    change(sentence, QUANTITY, chance, ([, number = "", unit = ""]) => {
      const value = Number(number.replaceAll(".", "").replace(",", "."));
      const size = 10 ** Math.floor(Math.log10(value));
      const rounded = Math.round(value / size) * size;
      return rounded === value ? null : `${String(rounded).replace(/(?<=\d)(?=(?:\d{3})+$)/g, ".")}${unit}`;
    }),
  "moved from another line": (sentence, told, chance, all) => {
    const others = told.lines.filter((line) => line !== told.sentence);
    const elsewhere = chance.pick(all);
    return (
      moved(sentence, others, chance) ??
      (elsewhere.id === told.id ? null : moved(sentence, [elsewhere.sentence], chance))
    );
  },
  "legal number": (sentence, _, chance) =>
    change(
      sentence,
      /(\d+)\/(\d{4})(?=\/\p{Lu}|(?![\d/]))|((?:Điều|điều|khoản|Khoản) )(\d+)/gu,
      chance,
      ([, number, year, noun, clause]) =>
        noun
          ? `${noun}${Number(clause) + 1 + chance.below(3)}`
          : chance.pick([
              `${Number(number) + 1 + chance.below(9)}/${year}`,
              `${number}/${Number(year) + chance.pick([-1, 1])}`,
            ]),
    ),
  phone: (sentence, _, chance) => {
    const number = `0${chance.pick([2, 3, 5, 7, 8, 9])}${String(1e8 + chance.below(9e8)).slice(-8)}`;
    const written = chance.pick([
      number,
      number.replace(/^(\d{4})(\d{3})(\d+)$/, "$1 $2 $3"),
      `+84${number.slice(1)}`,
    ]);
    return sentence.replace(
      /[.;]?$/,
      chance.pick([`, gọi ${written}.`, ` (điện thoại ${written}).`, `, liên hệ Zalo ${written}.`]),
    );
  },
};

function change(
  sentence: string,
  pattern: RegExp,
  chance: Chance,
  write: (match: RegExpExecArray) => string | null,
): string | null {
  const matches = [...sentence.matchAll(pattern)];
  if (matches.length === 0) return null;
  const match = chance.pick(matches);
  const changed = write(match);
  if (changed === null || changed === match[0]) return null;
  return sentence.slice(0, match.index) + changed + sentence.slice(match.index + match[0].length);
}

/** Members of one list ("100, 200 triệu", "khoản 3 và khoản 4") may change places without harm, so those are left alone. */
function swapped(sentence: string, chance: Chance): string | null {
  const numbers = [...sentence.matchAll(NUMBER)];
  if (numbers.length < 2) return null;
  const at = chance.below(numbers.length - 1);
  const [a, b] = [numbers[at], numbers[at + 1]];
  if (!a || !b || Number(a[0]) === Number(b[0]) || a[0] === b[0]) return null;
  const between = sentence.slice(a.index + a[0].length, b.index);
  if (/(?:,| và| hoặc| hay)/.test(between) && between.trim().split(/\s+/).length <= 5) return null;
  return sentence.slice(0, a.index) + b[0] + between + a[0] + sentence.slice(b.index + b[0].length);
}

function moved(sentence: string, sources: string[], chance: Chance): string | null {
  const own = [...sentence.matchAll(QUANTITY)];
  const figures = sources.flatMap((line) => [...line.matchAll(QUANTITY)]);
  const fitting = own.flatMap((target) =>
    figures
      .filter((figure) => !sentence.includes(figure[1] ?? "") && kindOf(figure[2]) === kindOf(target[2]))
      .map((figure) => ({ target, figure: figure[0] })),
  );
  if (fitting.length === 0) return null;
  const { target, figure } = chance.pick(fitting);
  return sentence.slice(0, target.index) + figure + sentence.slice(target.index + target[0].length);
}

function kindOf(unit = ""): string {
  return /đồng|triệu|tỷ/.test(unit)
    ? "money"
    : unit.includes("%")
      ? "share"
      : /ngày|tháng|năm/.test(unit)
        ? "time"
        : unit.trim();
}
