import { unitAt } from "./units.ts";

const DIGIT: Record<string, number> = {
  không: 0,
  một: 1,
  mốt: 1,
  hai: 2,
  ba: 3,
  bốn: 4,
  tư: 4,
  năm: 5,
  lăm: 5,
  nhăm: 5,
  sáu: 6,
  bảy: 7,
  bẩy: 7,
  tám: 8,
  chín: 9,
};
const ONE = "một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín";
/** "mười năm" is ten years, so a five after ten is only "lăm". */
const LAST = "một|mốt|hai|ba|bốn|tư|lăm|nhăm|sáu|bảy|bẩy|tám|chín";
const TENS = `(?:(?:${ONE}) (?:mươi|chục)|mười)(?: (?:${LAST}))?`;
const HUNDREDS = `(?:${ONE}|không) trăm(?: (?:linh|lẻ) (?:${ONE}|tư|lăm)| ${TENS})?`;
const word = (pattern: string) => new RegExp(String.raw`(?<!\p{L})${pattern}(?!\p{L})`, "gu");

const THOUSANDS = word(`((?:${HUNDREDS})|(?:${TENS})|(?:${ONE})) nghìn (${HUNDREDS})`);
const BELOW_THOUSAND = word(`(?:${HUNDREDS}|${TENS})`);
const PART_OF = word(`(${ONE}) phần (${ONE}|tư|mười)`);
const HALF = word("(?:một )?nửa");
const SINGLE = word(`(?:${ONE})`);
/** "thứ tư", and the month of "ngày 1 tháng năm". */
const NAMED =
  /(?<=(?<!\p{L})(?:thứ|tháng) )tư(?!\p{L})|(?<=ngày (?:\d+|một|năm|chín) tháng )(?:một|năm|chín)(?!\p{L})|(?<=ngày )(?:một|năm|chín)(?= tháng \d)/gu;

const SCALE = /^ (?:trăm|nghìn|triệu|tỷ(?! (?:lệ|trọng|suất|giá)))(?!\p{L})/u;
const UP_TO = new RegExp(String.raw`^ ?(?:đến|tới|-|hoặc|hay) ?(?:\d|(?:${ONE}|mười)(?!\p{L}))`, "u");
/** After these, "năm" is a year and not a five. */
const YEAR_AFTER =
  /(?:\d|mỗi|hằng|hàng|từng|cả|cuối|đầu|giữa|sang|nhiều|các|mấy|vài|qua|nay|trước|sau|theo) $/u;
const ARTICLE = /(?:là|thành|như) $/u;

/** Writes the number words of a lower-case text in digits: "năm mươi triệu" → "50 triệu", "hai phần ba" → "2/3". */
export function withDigits(text: string): string {
  return text
    .replace(PART_OF, (_, part: string, whole: string) => `${wordsToNumber(part)}/${wordsToNumber(whole)}`)
    .replace(HALF, "1/2")
    .replace(THOUSANDS, (_, high: string, low: string) =>
      String(wordsToNumber(high) * 1000 + wordsToNumber(low)),
    )
    .replace(BELOW_THOUSAND, (words) => String(wordsToNumber(words)))
    .replace(NAMED, (digit) => String(DIGIT[digit]))
    .replace(SINGLE, (digit, at: number, whole: string) =>
      isNumber(digit, whole.slice(0, at), whole, at + digit.length) ? String(DIGIT[digit]) : digit,
    );
}

/** "một", "năm" and "chín" are numbers only in front of something that is counted. */
function isNumber(digit: string, before: string, whole: string, end: number): boolean {
  if (digit !== "một" && digit !== "năm" && digit !== "chín") return true;
  const after = whole.slice(end, end + 30);
  if (SCALE.test(after)) return true;
  if (digit === "năm" && YEAR_AFTER.test(before)) return false;
  if (digit === "một" && ARTICLE.test(before)) return false;
  const unit = unitAt(whole, end);
  if (digit === "năm" && /trong $/.test(before)) return unit?.measure === "time";
  return unit !== null || UP_TO.test(after);
}

function wordsToNumber(words: string): number {
  let value = 0;
  let last = 0;
  for (const each of words.split(" ")) {
    if (each === "trăm") [value, last] = [value + last * 100, 0];
    else if (each === "mươi" || each === "chục") [value, last] = [value + last * 10, 0];
    else if (each === "mười") value += 10;
    else last = DIGIT[each] ?? last;
  }
  return value + last;
}
