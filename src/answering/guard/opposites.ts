import type { Line } from "./clauses.ts";

const EXCEPT =
  /(?<!\p{L})(?:(?<!khấu )trừ(?! (?:sâu|vào|cỏ))|ngoại trừ|loại trừ|không kể|không bao gồm|không tính|chỉ riêng)(?!\p{L})/u;
const INCLUDED = /(?<!\p{L})(?:kể cả|bao gồm cả|gồm cả|tính cả)(?!\p{L})/u;

/** What is taken out in the passage is not taken in, nor forgotten. */
export function exceptionsAgree(line: Line, near: Line[]): boolean {
  const except = near.some(({ text }) => EXCEPT.test(text));
  if (EXCEPT.test(line.text) !== except) return false;
  return !INCLUDED.test(line.text) || near.some(({ text }) => INCLUDED.test(text));
}

/** Words that exclude each other; a sentence may use only those of a row that its passages use. */
const OPPOSITES: string[][] = [
  [
    "(?<!không |chưa )(?:có|còn|phát sinh) hiệu lực",
    "(?:hết|mất|không còn|chấm dứt) hiệu lực",
    "chưa có hiệu lực",
  ],
  [
    "(?<!(?:không|chưa)(?: còn)? )(?:còn|đang|được) (?:được )?áp dụng",
    "(?:không còn|hết|thôi|ngừng) (?:được )?áp dụng",
  ],
  ["miễn", "giảm", String.raw`(?<!(?:không|chưa|khỏi) (?:\p{L}+ ){0,3})(?:nộp|đóng)`],
  ["trước", "sau"],
  ["trên(?! (?:địa bàn|cơ sở|cùng|tinh thần|mạng))", "dưới"],
  ["tăng", "giảm"],
  ["tối đa|nhiều nhất|cao nhất|không quá|không vượt quá", "tối thiểu|ít nhất|thấp nhất|không dưới"],
  ["trở lên", "trở xuống"],
  ["(?<!(?:không|không cần) )(?:bắt buộc|phải)", "tự nguyện|tùy ý|không bắt buộc"],
  ["chưa", "đã"],
  ["trong nước", "ngoài nước|nước ngoài"],
  ["trực tiếp", "gián tiếp"],
  ["cho phép", "nghiêm cấm|cấm"],
  ["đồng ý", "từ chối"],
  ["mới", "cũ"],
  ["tất cả|mọi|toàn bộ", "một số|một phần"],
  ["ngắn hạn|ngắn ngày", "dài hạn|dài ngày"],
  ["(?:ubnd|cấp) (?:cấp )?(?:xã|phường)", "(?:ubnd|cấp) (?:cấp )?(?:tỉnh|tp)", "(?:ubnd|cấp) (?:cấp )?huyện"],
  ["cá nhân", "tổ chức"],
];

const rows = OPPOSITES.map((row) =>
  row.map((words) => new RegExp(String.raw`(?<!\p{L})(?:${words})(?!\p{L})`, "u")),
);

/** Whether a sentence stays on the side that the lines it comes from are on, in every row of opposites. */
export function oppositesAgree(line: Line, near: Line[], given: Line[]): boolean {
  return rows.every((row) =>
    row.every((side) => {
      if (!side.test(line.text) || near.some(({ text }) => side.test(text))) return true;
      const others = row.filter((other) => other !== side);
      const isSaid = (form: RegExp, lines: Line[]) => lines.some(({ text }) => form.test(text));
      if (others.some((other) => isSaid(other, near))) return false;
      return isSaid(side, given) || !others.some((other) => isSaid(other, given));
    }),
  );
}
