import { fold } from "../text/fold.ts";
import type { Stance } from "./petition.ts";

/** Finds phrases in a text; texts written without marks are compared without them. */
type Phrases = { marked: RegExp; plain: RegExp };

/** `markedOnly` phrases are looked for only in texts with marks, since "trễ" without them reads like "trẻ". */
function phrases(either: string, markedOnly = ""): Phrases {
  const all = [either, markedOnly].filter((one) => one !== "").join("|");
  return {
    marked: new RegExp(`(?<![\\p{L}\\p{N}])(?:${all})(?![\\p{L}\\p{N}])`, "u"),
    plain: new RegExp(`\\b(?:${fold(either)})\\b`),
  };
}

const AGREES = phrases(
  "đồng tình|đồng thuận|đồng ý|nhất trí|thống nhất với|ủng hộ|tán thành|hoan nghênh|phấn khởi|cảm ơn|(?:thì|rất|là|chính sách) (?:tốt|hay)",
);
const DISAGREES = phrases(
  "(?:không|chưa|chẳng|đâu có) (?:đồng ý|đồng tình|nhất trí|thống nhất|tán thành|ủng hộ)",
);
const BUT = phrases(
  "nhưng|tuy nhiên|tuy vậy|mặc dù vậy|chỉ mong|chỉ xin|chỉ có điều|với điều kiện|còn việc|đồng thời",
  "song(?! song| hành)|riêng|mỗi tội|có điều|mong|xin|đề nghị|kiến nghị",
);

const REPORTS_OPENLY = phrases("phản ánh|tố cáo|tố giác|khiếu nại|bức xúc|kêu cứu|than phiền");
const PROPOSES_OPENLY = phrases("đề xuất|hiến kế|góp ý|sáng kiến");
const PROPOSES = phrases(
  "theo (?:tôi|tui|mình|em|chúng tôi) thì|^(?:sao|thế nào) không|thay vì|(?:nhà nước|thành phố|tỉnh|xã|phường|sở|liên minh|ngân hàng|cấp trên|chính phủ|lãnh đạo|cán bộ|các cấp|hợp tác xã|cũng|cần|thì|mình|ta) nên|lần sau|^nên",
);
const WRONG = phrases(
  [
    "làm khó|gây khó|phiền hà|hành lên hành xuống|lòng vòng|hẹn tới hẹn lui|đòi (?:thêm|phải|thế chấp|sổ)|bắt (?:mua|phải|thế chấp)",
    "chậm|sạt lở|xuống cấp|ô nhiễm|gia mạo|giả mạo|ép giá|bỏ cọc|bẻ (?:kèo|cọc)|bể kèo|cân thiếu|lấn chiếm|thua lỗ|mất trắng|chín rục",
    "(?:chưa|không) (?:thấy|trả|ai|được|có|chịu|họp|công khai|minh bạch|xuống|giải quyết|giải ngân|hiểu|xong|đúng|cho|trả lời|nhận|rõ|thu gom|hồi âm)",
    "mấy lần mà|hoài|cứ đòi|cứ hẹn|im ru|tham ô|chi xài riêng|bỏ sót|hết kinh phí|bị (?:hư|hỏng|gọi|phạt|lộ|ép|trả)|nạn trộm|xả khói|vứt|bán tràn lan",
  ].join("|"),
  "hư|hỏng|trễ|sai|nứt|bể nát|làm lơ|nợ tiền|kêu",
);
const DEMAND = "(?:đề nghị|nhờ|xin|mong|yêu cầu|kiến nghị|cần)(?: [^ ]+){0,6}";
/** Asked only of whoever did wrong. */
const ACCUSES = phrases(`${DEMAND} (?:làm rõ|can thiệp|thanh tra|vào cuộc|chấn chỉnh|ra tay|gỡ xuống)`);
/** Asked for a wrong as well as for a thing. */
const REMEDY = phrases(
  `${DEMAND} (?:xem lại|xem xét lại|kiểm tra|xử lý|trả lời|giải quyết|hỏi lại|thực hiện đúng)`,
);
const ASKS_OPENLY = phrases("kiến nghị|đề nghị|xin|mong|yêu cầu|nguyện vọng");
const ASKS = phrases(
  "nhờ|muốn(?! (?:gửi|góp|phản|nói|hỏi))|(?:hợp tác xã|tổ hợp tác|bà con|chúng tôi|tôi|tui|em|còn|rất|đang) cần|^(?:hỗ trợ|cấp|giúp|đầu tư|xây|mở|tạo điều kiện|cho|tăng|giảm|nạo vét|sửa|miễn|bố trí|cử|nâng)",
  "cần",
);

const DENOUNCES = phrases("tố cáo|tố giác|tham ô|tham nhũng|hối lộ|ăn chặn");

/** Whether a petition accuses somebody of an offence, which only a formal denunciation brings before the law. */
export function denounces(content: string): boolean {
  const written = content.normalize("NFC").toLowerCase();
  return DENOUNCES[formOf(written)].test(formOf(written) === "marked" ? written : fold(written));
}

/** What a member wants with a petition, by the words that he uses; staff confirm or correct it. */
export function readStance(content: string, expand: (text: string) => string): Stance {
  const form = formOf(content.normalize("NFC").toLowerCase());
  const words = expand(content).toLowerCase();
  return stanceOf(form === "marked" ? words : fold(words), form);
}

function formOf(written: string): keyof Phrases {
  return fold(written) === written ? "plain" : "marked";
}

function stanceOf(text: string, as: keyof Phrases): Stance {
  const says = (one: Phrases, where = text) => one[as].test(where);
  if (says(AGREES) && !says(DISAGREES)) {
    const reservation = reservationIn(text, as);
    const asksMore = [REPORTS_OPENLY, WRONG, ASKS_OPENLY, ASKS, PROPOSES_OPENLY, PROPOSES].some((one) =>
      says(one, reservation),
    );
    return asksMore ? otherStance(reservation, as) : "dong-thuan";
  }
  return otherStance(text, as);
}

/** Agreement with a "but" takes the stance of what follows the "but" when that asks for something. */
function reservationIn(text: string, as: keyof Phrases): string {
  const but = BUT[as].exec(text);
  return but ? text.slice(but.index) : "";
}

function otherStance(text: string, as: keyof Phrases): Stance {
  const says = (one: Phrases) => one[as].test(text);
  const at = (one: Phrases) => one[as].exec(text)?.index ?? Number.POSITIVE_INFINITY;
  if (says(PROPOSES_OPENLY)) return "de-xuat";
  if (says(REPORTS_OPENLY) || says(ACCUSES)) return "phan-anh";
  if (says(REMEDY)) return says(WRONG) ? "phan-anh" : "kien-nghi";
  if (says(PROPOSES) && at(ASKS_OPENLY) > 0) return "de-xuat";
  if (says(ASKS_OPENLY)) return "kien-nghi";
  return at(ASKS) < at(WRONG) ? "kien-nghi" : "phan-anh";
}
