import type { Chance } from "./seeded.ts";

/** Turns what a sentence says into its opposite without touching a figure. */
const FLIPS: [name: string, form: RegExp, into: string[]][] = [
  [
    "được → không được",
    /(?<!(?:không|chưa|Không|Chưa)(?: \p{L}+)? )(?<!\p{L})được(?!\p{L})/u,
    ["không được"],
  ],
  ["không được → được", /(?<!\p{L})không được(?! quá)(?!\p{L})/u, ["được"]],
  [
    "phải → không phải",
    /(?<!(?:không|buộc|không cần) )(?<!\p{L})phải(?! là)(?!\p{L})/u,
    ["không phải", "không cần"],
  ],
  ["phải → được", /(?<!(?:không|buộc|không cần) )(?<!\p{L})phải(?! là)(?!\p{L})/u, ["được"]],
  ["không phải → phải", /(?<!\p{L})không phải(?! là)(?!\p{L})/u, ["phải"]],
  ["bắt buộc → không bắt buộc", /(?<!không )bắt buộc/u, ["không bắt buộc", "tự nguyện"]],
  ["không cần → cần", /không cần/u, ["cần"]],
  ["tối đa → tối thiểu", /tối đa/u, ["tối thiểu", "ít nhất"]],
  ["tối thiểu → tối đa", /tối thiểu(?! vùng)(?= \d)/u, ["tối đa", "không quá"]],
  ["ít nhất → nhiều nhất", /ít nhất/u, ["nhiều nhất", "tối đa"]],
  ["không quá → ít nhất", /không quá/u, ["ít nhất", "trên"]],
  ["trước → sau", /(?<!\p{L})trước(?= (?:ngày|\d))/u, ["sau"]],
  ["sau → trước", /(?<!\p{L})sau(?= (?:ngày|\d))/u, ["trước"]],
  ["từ → trước", /(?<!\p{L})từ(?= ngày \d)/u, ["trước", "đến"]],
  ["trên → dưới", /(?<!\p{L})trên(?= \d)/u, ["dưới"]],
  ["dưới → trên", /(?<!\p{L})dưới(?= \d)/u, ["trên"]],
  ["trừ → kể cả", /(?<!\p{L})trừ(?= )(?! sâu)/u, ["kể cả", "và"]],
  ["kể cả → trừ", /kể cả/u, ["trừ"]],
  ["miễn → nộp", /(?<!\p{L})miễn(?= (?:thuế|phí|lệ phí|tiền|hoàn toàn))/u, ["phải nộp", "giảm"]],
  ["giảm → tăng", /(?<!\p{L})giảm(?= (?:lãi|thuế|tiền|theo))/u, ["tăng"]],
  ["nộp → miễn", /(?<!(?:không|chưa) (?:phải )?)(?<!\p{L})nộp(?= (?:thuế|phí|lệ phí|tiền))/u, ["được miễn"]],
  ["có hiệu lực → hết hiệu lực", /(?<!\p{L})(?:có|còn) hiệu lực/u, ["hết hiệu lực"]],
  ["hết hiệu lực → có hiệu lực", /hết hiệu lực/u, ["có hiệu lực", "còn hiệu lực"]],
  ["không còn áp dụng → còn áp dụng", /không còn áp dụng/u, ["còn áp dụng"]],
  ["không có → có", /(?<!\p{L})không có(?!\p{L})/u, ["có"]],
  [
    "có → không có",
    /(?<!không )(?<!\p{L})có(?= (?:quyền|tư cách|trách nhiệm|giấy|hợp đồng|con dấu))/u,
    ["không có"],
  ],
  ["trở lên → trở xuống", /trở lên/u, ["trở xuống"]],
  ["chưa → đã", /(?<!\p{L})chưa(?= )/u, ["đã"]],
];

/** A flipped sentence with the name of the flip, or null when nothing in it can be flipped. */
export function flip(sentence: string, chance: Chance): { said: string; name: string } | null {
  const fitting = FLIPS.filter(([, form]) => form.test(sentence));
  if (fitting.length === 0) return null;
  const [name, form, into] = chance.pick(fitting);
  return { name, said: sentence.replace(form, chance.pick(into)) };
}
