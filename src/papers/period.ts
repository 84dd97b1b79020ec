import { writeDay } from "../petitions/day.ts";

/** ISO days, both included; null leaves an end open. */
export type Period = { from: string | null; to: string | null };

/** "từ ngày 01/03/2026 đến ngày 31/03/2026". */
export function periodInWords({ from, to }: Period): string {
  if (from && to) return `từ ngày ${writeDay(from)} đến ngày ${writeDay(to)}`;
  if (from) return `từ ngày ${writeDay(from)}`;
  return to ? `đến ngày ${writeDay(to)}` : "từ khi mở kênh đến nay";
}
