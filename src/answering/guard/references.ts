import type { Figure } from "./figure.ts";

/** Reads one kind of figure: a pattern over text in one writing, and what a match says; null when it is none. */
type Reader = { pattern: RegExp; read: (match: RegExpMatchArray) => Found[] | Found | null };
type Found = Pick<Figure, "kind" | "value" | "unit">;

const LEGAL_NOUNS: [noun: string, kind: string][] = [
  ["nghị định|nđ", "nđ"],
  ["thông tư|tt", "tt"],
  ["quyết định|qđ", "qđ"],
  ["nghị quyết|nq", "nq"],
  ["bộ luật|luật", "qh"],
  ["chỉ thị", "ct"],
  ["công văn", "cv"],
  ["kế hoạch", "kh"],
];
const NOUN = LEGAL_NOUNS.map(([noun]) => noun).join("|");
const SUFFIX = String.raw`(?:nđ|nd|tt|ttlt|qđ|qd|nq|ct|cv|kh|tb|vbhn|pl)-?[/-][a-zđ]+\d*(?:-[a-zđ]+\d*)*|qh\d+`;
const NAMED_NOUN =
  "điều|khoản|điểm|mục|chương|phần|phụ lục|vùng|khu vực|nhóm|loại|hạng|cấp|đợt|bước|mẫu số|mẫu|quý|phường|quận|ấp|tháng|ngày|lần thứ|thứ|khóa|mức";
const ROMAN = "x{1,2}|x?(?:ix|iv|vi{0,3}|i{1,3})";
/** What follows a named number would make it a quantity: "nhóm 5 người", "mức 20 triệu". */
const NO_UNIT = String.raw`(?![\p{L}\d%]|[.,/]\d| ?(?:%|điểm%|trăm|nghìn|triệu|tỷ|đồng|usd|ha|m²|kg|tấn|ngày|tháng|năm(?! \d)|tuần|người|hộ|thành viên|lần|xã|hợp tác xã|tổ hợp tác|sao)(?!\p{L}))`;

const day = String.raw`(\d{1,2})`;
const year = String.raw`((?:19|20)\d{2})`;
const edge = String.raw`(?<![\p{L}\d.,/-])`;
const end = String.raw`(?![\p{L}\d/]|[.,]\d)`;
const pattern = (source: string) => new RegExp(source, "gu");

const READERS: Reader[] = [
  {
    pattern:
      /(?:https?:\/\/|www\.)[^\s"“”'’<>()]+|(?<![\w@.-])(?:[\w-]+\.)+(?:vn|com|net|org|info|io|me|gov|edu|app|xyz|top)(?![\w@])(?:\/[^\s"“”'’<>()]*)?|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu,
    read: ([link]) => ({
      kind: "link",
      value: link.replace(/^https?:\/\/|(?<![.,;:!?])[.,;:!?]+$/g, "").replace(/^www\.|\/$/g, ""),
      unit: "",
    }),
  },
  {
    pattern: pattern(
      String.raw`${edge}(?:(?:${NOUN}) (?:số )?)?0*(\d{1,4})(?:\/${year})?[\/-](${SUFFIX})(?!\p{L})`,
    ),
    read: ([, number = "", of = "", suffix = ""]) =>
      legal(number, of, suffix.replace("nd-", "nđ-").replace("qd-", "qđ-")),
  },
  {
    pattern: pattern(String.raw`${edge}(?:ngày )?${day} ?([\/.-]) ?${day} ?\2 ?${year}${end}`),
    read: ([, d = "", , m = "", y = ""]) => date(d, m, y),
  },
  {
    pattern: pattern(`${edge}(?:ngày )?${day} tháng ${day},? năm ${year}${end}`),
    read: ([, d = "", m = "", y = ""]) => date(d, m, y),
  },
  {
    pattern: pattern(String.raw`${edge}tháng ${day}(?: ?[\/-] ?|,? năm )${year}${end}`),
    read: ([, m = "", y = ""]) => ({ kind: "month", value: `${y}-${m.padStart(2, "0")}`, unit: "" }),
  },
  {
    pattern: pattern(String.raw`${edge}quý (\d|${ROMAN})(?: ?[\/-] ?|,? năm )${year}${end}`),
    read: ([, q = "", y = ""]) => ({ kind: "month", value: `${y}-quý${arabic(q)}`, unit: "" }),
  },
  {
    pattern:
      /(?<![\p{L}\d/]|\d[.,])(?:\+84|84(?=\d{9}(?!\d))|0)(?:[ .-]?\d){8,10}(?!\d)|(?<![\p{L}\d/]|\d[.,])1[89]00(?:[ .-]?\d){2,6}(?!\d)/gu,
    read: ([phone]) => ({
      kind: "phone",
      value: phone.replace(/\D/g, "").replace(/^84(?=\d{9,10}$)/, "0"),
      unit: "",
    }),
  },
  {
    pattern: pattern(String.raw`${edge}(${NOUN}) (?:số )?0*(\d{1,4})(?:(?: ?\/ ?| năm )${year})?${end}`),
    read: ([, noun = "", number = "", of = ""]) =>
      !of && isYear(number) ? { kind: "year", value: number, unit: "" } : legal(number, of, kindOf(noun)),
  },
  {
    pattern: pattern(String.raw`${edge}0*(\d{1,4})\/${year}${end}`),
    read: ([, number = "", of = ""]) =>
      Number(number) >= 1 && Number(number) <= 12
        ? { kind: "month", value: `${of}-${number.padStart(2, "0")}`, unit: "" }
        : legal(number, of, ""),
  },
  {
    pattern: pattern(`${edge}(?:ngày )?${day} tháng ${day}${end}`),
    read: ([, d = "", m = ""]) => (Number(m) <= 12 ? slash(d, m) : null),
  },
  {
    pattern: pattern(String.raw`${edge}(?:ngày )?(\d{1,4}) ?\/ ?(\d{1,4})${end}`),
    read: ([, a = "", b = ""]) => slash(a, b),
  },
  {
    pattern: pattern(String.raw`${edge}(\d{1,4})(?:[:h]| giờ )(\d{1,4})(?: phút)?${end}`),
    read: ([, hour = "", minute = ""]) => ({
      kind: "clock",
      value: `${Number(hour)}:${Number(minute)}`,
      unit: "",
    }),
  },
  {
    pattern: pattern(String.raw`${edge}(điểm) ([a-zđ])(?![\p{L}\d])`),
    read: ([, noun = "", letter = ""]) => named(noun, letter),
  },
  {
    pattern: pattern(
      String.raw`${edge}(${NAMED_NOUN}) (\d{1,3}[a-zđ]?|${ROMAN})${NO_UNIT}((?:(?:, | và |-|, và )\d{1,3}${NO_UNIT})*)`,
    ),
    read: ([, noun = "", first = "", more = ""]) => namedAll(noun, first, more),
  },
  {
    pattern: /(?<![\p{L}\d])\p{L}+-?\d[\p{L}\d]*(?:[-.]\d+)*/gu,
    read: ([code]) => ({ kind: "code", value: code, unit: "" }),
  },
];

/** Figures that are names more than numbers, and the text with those blanked out, so that none is read twice. */
export function referencesOf(text: string): { found: Figure[]; rest: string } {
  let rest = text;
  const found: Figure[] = [];
  for (const { pattern, read } of READERS) {
    rest = rest.replace(pattern, (...match) => {
      const whole = match[0] as string;
      const at = match.at(-2) as number;
      const said = read(match as unknown as RegExpMatchArray);
      if (said === null) return whole;
      for (const one of [said].flat()) found.push(placed(one, at, at + whole.length));
      return "\uFFFC".repeat(whole.length);
    });
  }
  return { found, rest };
}

function placed({ kind, value, unit }: Found, start: number, finish: number): Figure {
  return {
    kind,
    value,
    unit,
    measure: null,
    canonical: `${kind} ${value} ${unit}`.trim(),
    start,
    end: finish,
  };
}

function legal(number: string, of: string, unit: string): Found {
  return { kind: "legal", value: `${Number(number)}/${of}`, unit };
}

function kindOf(noun: string): string {
  return LEGAL_NOUNS.find(([nouns]) => nouns.split("|").includes(noun))?.[1] ?? "";
}

function isYear(number: string): boolean {
  return /^(?:19|20)\d{2}$/.test(number);
}

function date(d: string, m: string, y: string): Found {
  return { kind: "date", value: `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`, unit: "" };
}

/** A day without a year and a fraction look alike, so both are kept as they are written. */
function slash(a: string, b: string): Found {
  return { kind: "slash", value: `${Number(a)}/${Number(b)}`, unit: "" };
}

function named(noun: string, number: string): Found {
  return { kind: "named", value: `${noun.replace(" số", "")} ${arabic(number)}`, unit: "" };
}

/** "Điều 9, 10 và 11" names three, "Điều 30-32" is one span. */
function namedAll(noun: string, first: string, more: string): Found[] {
  if (/^-\d+$/.test(more)) return [named(noun, `${first}..${more.slice(1)}`)];
  return [first, ...(more.match(/\d+/g) ?? [])].map((number) => named(noun, number));
}

function arabic(number: string): string {
  const index = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"].indexOf(number);
  return index === -1 ? number.replace(/^0+(?=\d)/, "") : String(index + 1);
}
