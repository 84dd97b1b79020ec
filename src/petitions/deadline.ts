import { dayAfter, nextWorkingDay, type WorkCalendar } from "./calendar.ts";

/** What stops the clock: asked of the member at `from`, answered at `to`; null while nobody has answered. */
export type Pause = { from: Date; to: Date | null };

/** When a petition's time runs. */
export type Clock = {
  receivedAt: Date;
  pauses: readonly Pause[];
  /** The one extension of this round, in working days, with its reason. */
  extension: { days: number; reason: string } | null;
};

/** A day that did not count, and why. */
export type SkippedDay = { day: string; why: string };

/** A deadline with all that led to it; days are ISO days in Vietnam. */
export type Deadline = {
  /** The last day; null while the clock stands because the member was asked for more. */
  due: string | null;
  /** The day that counts as the day of receipt, and why it is not the very day; the count begins on the day after it. */
  receivedOn: string;
  shifted: string | null;
  /** Working days granted, the extension included. */
  days: number;
  extension: Clock["extension"];
  /** Days between receipt and due on which nobody works. */
  skipped: SkippedDay[];
  /** Working days on which the office waited for the member. */
  waited: string[];
  /** The day on which the clock stopped; null while it runs. */
  stoppedOn: string | null;
  /** Working days that remain to be counted when the clock runs again. */
  remaining: number;
  /** Holidays of these years were not known, so only weekends were left out. */
  unknownYears: string[];
};

export type Counting = { calendar: WorkCalendar; closesAt: string };

/**
 * The last working day of a deadline. The count begins on the day after receipt. What is received on a day off or after
 * `closesAt` counts as received on the next working day. While the office waits for the member no day counts: from the day
 * after its question to the day of his answer.
 */
export function deadline(clock: Clock, days: number, { calendar, closesAt }: Counting): Deadline {
  const receipt = dayOfReceipt(clock.receivedAt, calendar, closesAt);
  const granted = days + (clock.extension?.days ?? 0);
  const pauses = clock.pauses.map(({ from, to }) => ({
    from: momentInVietnam(from).day,
    to: to && dayOfReceipt(to, calendar, closesAt).day,
  }));
  const found: Deadline = {
    due: null,
    receivedOn: receipt.day,
    shifted: receipt.why,
    days: granted,
    extension: clock.extension,
    skipped: [],
    waited: [],
    stoppedOn: null,
    remaining: granted,
    unknownYears: [],
  };
  for (let day = dayAfter(receipt.day); found.due === null; day = dayAfter(day)) {
    const pause = pauses.find(({ from, to }) => from < day && (to === null || day <= to));
    if (pause && pause.to === null) return { ...found, stoppedOn: pause.from };
    noteUnknownYear(found, day, calendar);
    const why = calendar.whyOff(day);
    if (why) found.skipped.push({ day, why });
    else if (pause) found.waited.push(day);
    else if (--found.remaining === 0) found.due = day;
  }
  return found;
}

function noteUnknownYear({ unknownYears }: Deadline, day: string, calendar: WorkCalendar): void {
  const year = day.slice(0, 4);
  if (!calendar.knows(day) && !unknownYears.includes(year)) unknownYears.push(year);
}

/** The day on which something counts as received, with the reason when that is a later day. */
function dayOfReceipt(at: Date, calendar: WorkCalendar, closesAt: string) {
  const { day, time } = momentInVietnam(at);
  const off = calendar.whyOff(day);
  const why = off ?? (time >= closesAt ? `sau giờ làm việc (${closesAt})` : null);
  return { day: why ? nextWorkingDay(day, calendar) : day, why };
}

/** Vietnam has kept UTC+7 without summer time since 1975. */
const AHEAD_MS = 7 * 3_600_000;

/** The day and the time of day in Vietnam: "2026-11-25", "09:30". */
export function momentInVietnam(at: Date): { day: string; time: string } {
  const local = new Date(at.getTime() + AHEAD_MS).toISOString();
  return { day: local.slice(0, 10), time: local.slice(11, 16) };
}
