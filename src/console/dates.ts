const PARTS = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Asia/Ho_Chi_Minh",
  day: "2-digit",
  month: "2-digit",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** An instant as people in Vietnam write it: 24/11/2026 08:05. */
export function inVietnam(instant: Date): string {
  const part = Object.fromEntries(PARTS.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${part.day}/${part.month}/${part.year} ${part.hour}:${part.minute}`;
}

const NUMBER = new Intl.NumberFormat("vi-VN");

/** A number as people in Vietnam write it: 1.234. */
export function written(value: number): string {
  return NUMBER.format(value);
}
