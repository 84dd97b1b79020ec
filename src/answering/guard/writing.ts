import { normalize } from "../../text/normalize.ts";
import { placeTones } from "../../text/tones.ts";
import { withDigits } from "./numerals.ts";

/** What is written in several ways and means one thing; the right-hand side is the way the figures are read from. */
const SAME: [form: RegExp, as: string][] = [
  [/[‐‑‒–—−]/g, "-"],
  [/(?<!\p{L})tỉ(?!\p{L})/gu, "tỷ"],
  [/(?<!\p{L})ngàn(?!\p{L})/gu, "nghìn"],
  [/(?<!\p{L})(?:héc|héc-|héc |hec|hec-|hec )ta(?!\p{L})/gu, "ha"],
  [/(?<!\p{L})m\s?2(?!\d)|(?<!\p{L})mét vuông(?!\p{L})/gu, "m²"],
  [/(?<!\p{L})m\s?3(?!\d)|(?<!\p{L})mét khối(?!\p{L})/gu, "m³"],
  [/điểm (?:phần trăm|%)/g, "điểm%"],
  [/phần trăm/g, "%"],
  [/(?<!\p{L})(?:mùng|mồng) /gu, ""],
  [/không (?:cần |phải )?(?:có )?thế chấp(?! tài sản)/g, "không cần tài sản bảo đảm"],
  [/gấp đôi/g, "gấp 2 lần"],
  [/gấp rưỡi/g, "gấp 1,5 lần"],
  [/(?<!\p{L})lhhtx(?!\p{L})/gu, "liên hiệp hợp tác xã"],
  [/(?<![\p{L}.@/])htx(?!\p{L}|\.\p{L})/gu, "hợp tác xã"],
  [/(?<![\p{L}.@/])tht(?!\p{L}|\.\p{L})/gu, "tổ hợp tác"],
  [/(?<!\p{L})(?:ủy ban nhân dân|ủy ban)(?!\p{L})/gu, "ubnd"],
  [/(?<!\p{L})thành phố(?!\p{L})/gu, "tp"],
];

/** Text in one writing for comparing: lower case, one tone placement, numbers in digits, one form of each unit. */
export function inOneWriting(text: string): string {
  const lower = placeTones(normalize(text).toLowerCase());
  return withDigits(SAME.reduce((written, [form, as]) => written.replace(form, as), lower));
}
