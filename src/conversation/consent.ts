/**
 * What a member agrees to when he sends a petition, by version. New words are a new version, and old ones stay: they are the
 * proof of what was agreed to.
 */
export const CONSENT_TEXTS: Record<string, string> = {
  "1": "Bấm “Gửi” là bà con đồng ý để cán bộ phụ trách và cơ quan giải quyết xem nội dung, hợp tác xã, xã phường, hình hoặc tệp gửi kèm và liên hệ (nếu có ghi ở trên), chỉ để giải quyết kiến nghị này. Đổi ý thì gõ /rut để rút kiến nghị, /xoadulieu để xóa dữ liệu.",
};

/** The version that members are shown now. */
export const CONSENT_VERSION = "1";

/** Its words. */
export const CONSENT_TEXT = CONSENT_TEXTS[CONSENT_VERSION] ?? "";
