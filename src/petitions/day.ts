const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+Z?)?$/;
const VIETNAMESE = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/;

/** A day as people write it (ISO or dd/mm/yyyy) as an ISO day; null for what is no day of the calendar. */
export function readDay(text: string): string | null {
  const iso = ISO.exec(text.trim());
  const own = VIETNAMESE.exec(text.trim());
  if (iso) return dayOf(iso[1], iso[2], iso[3]);
  return own ? dayOf(own[3], own[2], own[1]) : null;
}

function dayOf(year = "", month = "", day = ""): string | null {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const isReal = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return isReal ? date.toISOString().slice(0, 10) : null;
}

/** "2026-03-01" → "01/03/2026", as offices write it. */
export function writeDay(day: string): string {
  return day.split("-").reverse().join("/");
}
