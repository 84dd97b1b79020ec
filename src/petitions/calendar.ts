import type { Holiday } from "../knowledge/catalog.ts";

/** Which days the office works; days are ISO days in Vietnam. */
export type WorkCalendar = {
  /** Why nobody works on a day, in words that people read ("Chủ nhật", a holiday's name); null for a working day. */
  whyOff(day: string): string | null;
  /** Whether the holidays of a day's year are known; else only weekends are. */
  knows(day: string): boolean;
};

const SUNDAY = 0;
const SATURDAY = 6;
const SHORTEST_MONTH = 28;

/**
 * The office works from Monday to Friday, holidays and days in their place excepted. A holiday on a weekend gives the
 * next working day off; where an entry says which day it compensates, that entry is followed instead.
 */
export function createCalendar(holidays: readonly Holiday[]): WorkCalendar {
  const off = new Map(holidays.map((holiday) => [holiday.date, labelOf(holiday)]));
  const years = new Set(holidays.map(({ date }) => date.slice(0, 4)));
  const compensated = new Set(holidays.map(({ compensates }) => compensates));
  const weekends = new Map<string, string | null>();
  const weekend = (day: string) => {
    const known = weekends.get(day);
    if (known !== undefined) return known;
    const why = weekendName(day);
    weekends.set(day, why);
    return why;
  };
  const whyOff = (day: string) => off.get(day) ?? weekend(day);
  for (const { date, name, compensates } of holidays) {
    if (compensates || compensated.has(date) || !weekend(date)) continue;
    off.set(
      nextDay(date, (day) => whyOff(day) === null),
      `Nghỉ bù ${name}`,
    );
  }
  return { whyOff, knows: (day) => years.has(day.slice(0, 4)) };
}

/** The first working day after a day. */
export function nextWorkingDay(day: string, calendar: WorkCalendar): string {
  return nextDay(day, (one) => calendar.whyOff(one) === null);
}

/** The working day that lies `count` working days after a day; the day itself does not count. */
export function addWorkingDays(day: string, count: number, calendar: WorkCalendar): string {
  let reached = day;
  for (let n = 0; n < count; n++) reached = nextWorkingDay(reached, calendar);
  return reached;
}

/** "2026-02-28" → "2026-03-01". */
export function dayAfter(day: string): string {
  const inMonth = Number(day.slice(8));
  if (inMonth < SHORTEST_MONTH) return `${day.slice(0, 8)}${String(inMonth + 1).padStart(2, "0")}`;
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}

/** "2026-03-01" → "1/3/2026". */
export function writtenDay(day: string): string {
  const [year, month, date] = day.split("-").map(Number);
  return `${date}/${month}/${year}`;
}

function nextDay(day: string, fits: (day: string) => boolean): string {
  let next = dayAfter(day);
  while (!fits(next)) next = dayAfter(next);
  return next;
}

function weekendName(day: string): string | null {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  if (weekday === SATURDAY) return "Thứ Bảy";
  return weekday === SUNDAY ? "Chủ nhật" : null;
}

function labelOf({ name, certainty }: Holiday): string {
  return certainty === "certain" ? name : `${name}, ngày nghỉ dự kiến`;
}
