/** The kinds of instruments that a text may name itself by, longest first. */
export const KINDS = [
  "thông tư liên tịch",
  "nghị quyết liên tịch",
  "nghị định",
  "thông tư",
  "quyết định",
  "nghị quyết",
  "bộ luật",
  "luật",
  "pháp lệnh",
  "chỉ thị",
  "kế hoạch",
  "hướng dẫn",
  "thông báo",
  "chương trình",
  "đề án",
  "kết luận",
] as const;
/** For a pattern without regard to case. */
export const KIND = `(?:${KINDS.join("|")})`;
/** "156/2025/NĐ-CP", "1804/QĐ-TTg", "07-NQ/TU"; a date has no capital letter behind its sign. */
export const NUMBER = String.raw`\d{1,5}(?:\/\d{4})?[/-](?=\p{Lu})[\p{L}\d/-]{1,40}`;

const PROPER = ["Việt Nam", "Chính phủ", "Quốc hội", "Nhà nước", "Cần Thơ", "Hậu Giang", "Sóc Trăng"];
const NUMBERED_KIND = /(?<!\p{L})(?:nghị định|thông tư|quyết định|nghị quyết|luật)(?= số )/gu;
const PLACE = /(?<!\p{L})(tỉnh|thành phố|quận|huyện|thị xã|xã|phường|đặc khu) ([\p{L}\s]{1,60})$/u;

/** The name of an office that its text prints in capitals: "BỘ TÀI CHÍNH" → "Bộ Tài chính". */
export function officeName(capitals: string): string {
  const lower = capitals.toLowerCase();
  const named = lower
    .replace(/^(bộ|sở|ban|cục) (\p{L})/u, (_, office, letter) => `${office} ${letter.toUpperCase()}`)
    .replace(PLACE, (_, kind, place) => `${kind} ${place.replace(/(?<!\p{L})\p{L}/gu, upper)}`);
  const joined = /^(?:bộ|sở) /u.test(lower) ? named.replace(/(?<= và | - )\p{L}/gu, upper) : named;
  return withProperNames(capitalized(joined));
}

/** A title as it is cited: "VỀ VIỆC HỖ TRỢ HỢP TÁC XÃ" → "Hỗ trợ hợp tác xã"; what is not in capitals keeps its letters. */
export function titleName(kind: string, written: string): string {
  const text = isCapital(written) ? withProperNames(lowerWords(written)) : written;
  if (/^(?:luật|bộ luật|pháp lệnh)$/iu.test(kind)) {
    const name = isCapital(written) ? capitalized(text) : text;
    return `${capitalized(kind.toLowerCase())} ${/^sửa đổi/iu.test(name) ? name.toLowerCase().slice(0, 1) + name.slice(1) : name}`;
  }
  return capitalized(text.replace(/^(?:về việc|v\/v|về)\s*:?\s+/iu, ""));
}

/** How people name an instrument beside its number: "nghị định 156", "nghị định 156/2025". */
export function aliasesOf(kind: string, number: string): string[] {
  const [, count, year] = /^(\d+)(?:\/(\d{4}))?/.exec(number) ?? [];
  if (!count || kind === "") return [];
  const name = kind.toLowerCase();
  return [`${name} ${Number(count)}`, ...(year ? [`${name} ${Number(count)}/${year}`] : [])];
}

function lowerWords(text: string): string {
  return text.replace(/\S+/g, (word) => (/\d/.test(word) ? word : word.toLowerCase()));
}

function withProperNames(text: string): string {
  return PROPER.reduce(
    (out, name) => out.replaceAll(new RegExp(`(?<!\\p{L})${name.toLowerCase()}(?!\\p{L})`, "gu"), name),
    text.replace(NUMBERED_KIND, capitalized),
  );
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function upper(letter: string): string {
  return letter.toUpperCase();
}

function isCapital(text: string): boolean {
  return text === text.toUpperCase();
}
