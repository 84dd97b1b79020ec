import type { Told } from "./corpus-sentences.ts";
import { inWords } from "./number-words.ts";
import type { Chance } from "./seeded.ts";

/** Says a sentence in another way that means the same, or null when this way does not apply. */
type Restate = (sentence: string, chance: Chance) => string | null;

const SYNONYMS: [RegExp, string[]][] = [
  [/(?<!\p{L})([Hh])ợp tác xã(?!\p{L})/gu, ["HTX"]],
  [/(?<!\p{L})[Tt]ổ hợp tác(?!\p{L})/gu, ["THT"]],
  [/tối đa(?= \d)/gu, ["không quá", "nhiều nhất", "cao nhất là"]],
  [/không quá(?= \d)/gu, ["tối đa", "nhiều nhất"]],
  [/tối thiểu(?= \d)/gu, ["ít nhất", "không dưới"]],
  [/ít nhất(?= \d)/gu, ["tối thiểu"]],
  [/không cần tài sản bảo đảm/gu, ["không cần thế chấp tài sản bảo đảm", "không phải có tài sản bảo đảm"]],
  [/UBND/g, ["Ủy ban nhân dân"]],
  [/(?<!\p{L})TP(?!\p{L})/gu, ["thành phố"]],
  [/(?<!(?:không|buộc|chưa) )(?<!\p{L})phải(?! là)(?!\p{L})/u, ["cần phải", "bắt buộc phải"]],
  [/kể từ ngày/g, ["từ ngày"]],
  [/hồ sơ/g, ["bộ hồ sơ"]],
  [/hỗ trợ/u, ["trợ giúp", "hỗ trợ"]],
  [/như sau\./g, ["cụ thể như sau."]],
  [/áp dụng từ/g, ["được áp dụng từ"]],
  [/[Tt]rong (?=\d+ ngày)/g, ["trong vòng ", "trong thời hạn "]],
  [/gửi/u, ["chuyển"]],
  [/cơ quan/u, ["đơn vị"]],
  [/chi phí/u, ["kinh phí"]],
  [/người dân/u, ["bà con"]],
];

const NUMBERS: Restate[] = [
  (sentence, chance) =>
    change(
      sentence,
      /(?<![\p{L}\d/.,–-])(\d{1,3})(?= (?:ngày|tháng|năm(?! \d)|người|thành viên|triệu|tỷ|lần|điểm|hộ))/gu,
      chance,
      ([number]) => inWords(Number(number)),
    ),
  (sentence, chance) =>
    change(sentence, /(\d+)%/g, chance, ([, number]) =>
      chance.pick([`${number} phần trăm`, `${number} %`, `${inWords(Number(number))} phần trăm`]),
    ),
  (sentence, chance) =>
    change(sentence, /(?<![\d,]|hoặc |và |đến )(?<!, )(\d+) tỷ đồng/g, chance, ([, number]) =>
      chance.pick([`${number}.000 triệu đồng`, `${number}.000.000.000 đồng`, `${number} tỉ đồng`]),
    ),
  (sentence, chance) =>
    change(sentence, /(?<![\d,]|hoặc |và |đến )(?<!, )(\d+) triệu đồng/g, chance, ([, number]) =>
      chance.pick([
        `${number}.000.000 đồng`,
        `${number},000,000 đồng`,
        `${inWords(Number(number))} triệu đồng`,
      ]),
    ),
  (sentence, chance) =>
    change(sentence, /(?<![\d/])(?:ngày )?(\d{1,2})\/(\d{1,2})\/(\d{4})(?!\d)/g, chance, ([, d, m, y]) =>
      chance.pick([
        `ngày ${d} tháng ${m} năm ${y}`,
        `${d?.padStart(2, "0")}/${m?.padStart(2, "0")}/${y}`,
        `${d}-${m}-${y}`,
      ]),
    ),
  (sentence, chance) =>
    change(sentence, /tháng (\d{1,2})\/(\d{4})/g, chance, ([, m, y]) => `tháng ${m} năm ${y}`),
  (sentence, chance) =>
    change(sentence, /(\d+)–(\d+)%/g, chance, ([, a, b]) =>
      chance.pick([`từ ${a}% đến ${b}%`, `${a} đến ${b} phần trăm`, `${a}-${b}%`]),
    ),
  (sentence, chance) => change(sentence, /(?<!\d)0(\d)(?= \p{L})/gu, chance, ([, digit]) => digit ?? ""),
];
const UNITS: Restate[] = [
  (sentence, chance) => change(sentence, /\/(ha|năm|tháng)(?!\p{L})/gu, chance, ([, unit]) => ` mỗi ${unit}`),
  (sentence, chance) =>
    change(sentence, /(?<=\d) ha(?!\p{L})/gu, chance, () => chance.pick([" héc-ta", " hecta"])),
  (sentence, chance) => change(sentence, /m²/g, chance, () => chance.pick(["m2", "mét vuông"])),
];
const ORDER: Restate[] = [
  (sentence) => {
    const parts = /^([^,;:()]+), ([^,;:()]+)\.$/u.exec(sentence);
    const [, first = "", last = ""] = parts ?? [];
    const isWhole = first.split(" ").length >= 3 && last.split(" ").length >= 3;
    return isWhole && /^(?:Từ|Trong|Khi|Nếu|Trước|Sau|Theo|Năm|Giai đoạn|Tháng)/.test(first)
      ? `${capital(last)}, ${small(first)}.`
      : null;
  },
  (sentence, chance) => {
    const parts = /^(?!Dạ|Bà con)([^,:;]+): ([^:;]+)$/u.exec(sentence);
    return parts
      ? `${chance.pick(["Đối với", "Với"])} ${small(parts[1] ?? "")}, ${small(parts[2] ?? "")}`
      : null;
  },
  (sentence) => {
    const parts = /^(?!Dạ|Bà con)([^,:;]+): ([^:;]+)$/u.exec(sentence);
    return parts ? `${parts[1]} thì ${small(parts[2] ?? "")}` : null;
  },
];
const DROPS: Restate[] = [
  (sentence) =>
    / \((?!trừ|không)[^)\d]*\)/.test(sentence) ? sentence.replace(/ \((?!trừ|không)[^)\d]*\)/, "") : null,
  (sentence) => {
    const parts = /^(.{30,}), ([^,;:]+)\.$/u.exec(sentence);
    return parts && !/\d|không|chưa|trừ|kể cả|và|hoặc/u.test(parts[2] ?? "") ? `${parts[1]}.` : null;
  },
];
const MANNERS: Restate[] = [
  (sentence) =>
    /^(?:Dạ|Bà con)/.test(sentence)
      ? null
      : `Dạ, ${small(sentence).replace(/^(?:Đối với|Với)/, (word) => word.toLowerCase())}`,
];

/** A faithful retelling by one to three of the ways above, and their names; null when none applies. */
export function paraphrase({ sentence }: Told, chance: Chance, { numbers = true } = {}): string | null {
  let said = sentence;
  const ways = [
    synonym,
    synonym,
    ...(numbers ? NUMBERS : []),
    ...(numbers ? NUMBERS : []),
    ...(numbers ? UNITS : []),
    ...ORDER,
    ...DROPS,
    ...MANNERS,
  ];
  let used = 0;
  for (let tries = 0; tries < 14 && used < 3; tries += 1) {
    const next = chance.pick(ways)(said, chance);
    if (next === null || next === said) continue;
    said = next;
    used += 1;
  }
  return used === 0 ? null : said;
}

const synonym: Restate = (sentence, chance) => {
  const fitting = SYNONYMS.filter(([form]) =>
    new RegExp(form.source, form.flags.replace("g", "")).test(sentence),
  );
  if (fitting.length === 0) return null;
  const [form, others] = chance.pick(fitting);
  return sentence.replace(form, chance.pick(others));
};

function change(
  sentence: string,
  pattern: RegExp,
  chance: Chance,
  write: (match: RegExpExecArray) => string,
): string | null {
  const matches = [...sentence.matchAll(pattern)];
  if (matches.length === 0) return null;
  const match = chance.pick(matches);
  return sentence.slice(0, match.index) + write(match) + sentence.slice(match.index + match[0].length);
}

function small(text: string): string {
  return /^\p{Lu}(?:\p{Lu}|[\p{Ll}]* \p{Lu})/u.test(text)
    ? text
    : text.charAt(0).toLowerCase() + text.slice(1);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
