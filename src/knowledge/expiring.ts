import type { Passage } from "./validity.ts";

/** How far ahead an office wants to know that a rule ends, in days. */
export const NOTICE_DAYS = 90;

/** Clauses in force on an ISO day that end within so many days after it, the soonest first. */
export function expiringWithin(passages: Passage[], today: string, days = NOTICE_DAYS): Passage[] {
  const last = dayAfter(today, days);
  return passages
    .filter(
      ({ from, to, certainty }) =>
        certainty !== "unknown" && from <= today && to !== null && to > today && to <= last,
    )
    .sort((a, b) => ((a.to ?? "") < (b.to ?? "") ? -1 : 1));
}

function dayAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
