/**
 * For how many days what was written is kept in a chat that led to no petition, counted from the last message. No law that
 * we know of names these numbers: the law on personal data (91/2025/QH15, in force since 1 January 2026, with decree
 * 356/2025/NĐ-CP) gives members the right to deletion, and these are the office's own choice, which its counsel may shorten.
 */
export const RETENTION = {
  /** Who comes back within a year still finds what was said. */
  silentDays: 365,
  /** Who wrote once and never again most likely goes on with nothing, so there is less reason to keep it. */
  singleDays: 30,
} as const;

/** What members are told of it. */
export const RETENTION_NOTICE = `Lời trao đổi không kèm kiến nghị được tự động xóa khi cuộc trò chuyện im lặng ${RETENTION.silentDays} ngày (chỉ viết một tin: ${RETENTION.singleDays} ngày); đã gửi kiến nghị thì lưu cùng kiến nghị.`;
