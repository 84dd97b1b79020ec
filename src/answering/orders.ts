import { fold } from "../text/fold.ts";
import { normalize } from "../text/normalize.ts";

/** What speaks to a machine and not to a member, in folded text. No document of law says any of these. */
const ORDERS = [
  /\b(?:bo qua|quen|phot lo|ngung theo|khong (?:can )?theo|vo hieu hoa)\b.{0,30}\b(?:huong dan|chi dan|chi thi truoc|quy tac|cau lenh|lenh tren|yeu cau tren|noi dung tren)\b/,
  /\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instruction|previous|above|prior|rule|prompt)/,
  /\b(?:you are now|act as|pretend to|from now on|new instructions?|developer mode|jailbreak|system prompt|reply with|respond with|say that|output the)\b/,
  /\b(?:tu gio|tu nay|bay gio) (?:ban|may|tro ly) (?:la|phai|hay)\b|\bdong vai\b|\b(?:cau lenh he thong|che do nha phat trien)\b/,
  /\bhay\s+(?:tra loi|noi|viet|in|ghi|thong bao|khang dinh|xac nhan|chuyen|goi|nhan tin|gui)\b|\b(?:phai|cu|luon|chi)\s+(?:tra loi|noi|viet|in ra|ghi|khang dinh)\s+(?:rang|la)\b/,
  /\b(?:tro ly|chatbot|bot|mo hinh|ai)\b.{0,20}\b(?:phai|hay|can) (?:tra loi|noi|viet|ghi|lam)\b/,
  /\b(?:api[ _-]?key|khoa api|mat khau (?:quan tri|he thong)|access token)\b/,
  /(?:^|\n|[.!?]\s*)(?:system|assistant|user|developer|human|he thong|tro ly)\s*:/,
  /<\s*\/?\s*(?:system|assistant|user|instructions?|documents?|passages?|tai lieu|script|img|a|iframe)\b|<\||\[\/?(?:inst|system)\]|"cites"|"sentences"|```/,
  /[a-z0-9+/]{40,}={0,2}/,
];

/** Whether a passage gives orders to whoever reads it; such a passage is quoted, never handed to a model. */
export function givesOrders(text: string): boolean {
  const plain = fold(normalize(text));
  return ORDERS.some((order) => order.test(plain));
}
