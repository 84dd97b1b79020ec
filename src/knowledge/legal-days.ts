/** "16 tháng 6 năm 2025", "16/6/2025", "16-06-2025"; three groups: day, month, year. */
export const DAY = String.raw`(\d{1,2})(?:\s+tháng\s+|[/.-])(\d{1,2})(?:\s+năm\s+|[/.-])(\d{4})`;

/** The ISO day of the groups of DAY, or null when the calendar has no such day. */
export function isoDay(day = "", month = "", year = ""): string | null {
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null;
}

/** The ISO day that many days later. */
export function daysAfter(iso: string, days: number): string {
  const date = new Date(`${iso}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
