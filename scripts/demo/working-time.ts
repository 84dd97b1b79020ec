import { addWorkingDays, type WorkCalendar } from "../../src/petitions/calendar.ts";
import type { Dice } from "./dice.ts";

const DAY_MS = 86_400_000;
const AHEAD_MS = 7 * 3_600_000;

/** A moment on a day in Vietnam, between 8:00 and 16:00, when offices and members are awake. */
export function duringDay(day: string, dice: Dice): Date {
  return new Date(Date.parse(`${day}T08:00:00Z`) - AHEAD_MS + dice(8 * 3600) * 1000);
}

/** A moment so many working days after a day. */
export function workingDaysAfter(day: string, days: number, calendar: WorkCalendar, dice: Dice): Date {
  return duringDay(addWorkingDays(day, days, calendar), dice);
}

/** The ISO day in Vietnam. */
export function dayOf(moment: Date): string {
  return new Date(moment.getTime() + AHEAD_MS).toISOString().slice(0, 10);
}

export function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);
}
