/** What a unit measures; only figures of one measure can be mistaken for each other. */
export type Measure =
  | "money"
  | "share"
  | "area"
  | "length"
  | "weight"
  | "volume"
  | "time"
  | "times"
  | "count";

/** A unit by its one name, and what it measures. */
export type Unit = { name: string; measure: Measure };

/** One line per unit: its forms in the writing that figures are read from. The first form is its name. */
const FORMS: Record<Measure, string[]> = {
  money: ["đồng|vnđ|vnd|đ", "usd|đô la mỹ|đô la|đô|\\$", "euro|eur"],
  share: ["%", "điểm%"],
  area: [
    "ha",
    "m²",
    "km²",
    "công đất|công(?! (?:ty|nghệ|trình|chức|đoàn|an|dân|việc|lao động|tác|ích|khai|cụ|bố|nghiệp))",
    "sào",
  ],
  length: ["km", "cm", "mm", "m(?![²³])|mét"],
  weight: ["tấn", "tạ", "kg|ki-lô-gam|ký|kí", "g|gam"],
  volume: ["m³", "lít|lit"],
  time: [
    "ngày làm việc",
    "ngày công",
    "ngày",
    "tuần",
    "tháng",
    "quý",
    "năm(?! \\d)",
    "giờ|tiếng",
    "phút",
    "vụ",
    "nhiệm kỳ",
    "chu kỳ|kỳ",
  ],
  times: ["lần"],
  count: [
    "thành viên",
    "người",
    "hộ(?! (?:kinh doanh|gia đình))",
    "hộ kinh doanh",
    "hộ gia đình",
    "hội viên",
    "học viên",
    "lao động",
    "liên hiệp hợp tác xã|liên hiệp",
    "tổ hợp tác",
    "hợp tác xã",
    "doanh nghiệp",
    "trang trại",
    "cơ quan",
    "xã",
    "phường",
    "tỉnh",
    "lớp",
    "khóa",
    "mô hình",
    "dự án",
    "phương án",
    "công trình",
    "nhãn hiệu",
    "sản phẩm",
    "bộ",
    "bản",
    "loại",
    "nhóm",
    "bước",
    "cách",
    "điểm(?!%)",
    "sao",
    "phiếu",
    "ngưỡng",
    "tiêu chí",
    "điều kiện",
    "khoản",
    "lượt",
    "con",
    "cây",
    "máy",
    "chiếc",
    "đơn",
    "đợt",
    "giai đoạn",
    "tuổi",
  ],
};

const UNITS = Object.entries(FORMS).flatMap(([measure, forms]) =>
  forms.map((form) => ({
    name: (form.split("|")[0] ?? form).replace(/\(\?!.*$/, ""),
    measure: measure as Measure,
    form: new RegExp(String.raw`[ ]?(?:${form})(?!\p{L})`, "uy"),
  })),
);

/** The unit that starts at a place of a text, the longest form first, with the place after it. */
export function unitAt(text: string, at: number): (Unit & { end: number }) | null {
  let longest: (Unit & { end: number }) | null = null;
  for (const { name, measure, form } of UNITS) {
    form.lastIndex = at;
    if (form.test(text) && form.lastIndex > (longest?.end ?? at))
      longest = { name, measure, end: form.lastIndex };
  }
  return longest;
}
