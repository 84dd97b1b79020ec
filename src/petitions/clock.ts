import type { Deadlines, Holiday } from "../knowledge/catalog.ts";
import { addWorkingDays, createCalendar } from "./calendar.ts";
import { type Clock, type Deadline, deadline, momentInVietnam } from "./deadline.ts";
import { STATUSES, type Status } from "./petition.ts";
import type { PetitionEvent, PetitionFile } from "./petition-file.ts";
import { whyDue } from "./why-due.ts";

/** What a clock reads of a petition's history, oldest first. */
export type ClockEvent = Pick<PetitionEvent, "statusFrom" | "statusTo" | "at" | "reason" | "details">;

/** What is due of one petition now; both null when nothing is, or while the clock stands. */
export type Due = { reviewBy: string | null; answerBy: string | null };

/** The office's time, made of its holidays and its own settings. */
export type OfficeTime = ReturnType<typeof createOfficeTime>;

/** How the office counts; `deadlines` and `holidays` are data in knowledge/. */
export function createOfficeTime(deadlines: Deadlines, holidays: readonly Holiday[]) {
  const calendar = createCalendar(holidays);
  const counting = { calendar, closesAt: deadlines.closesAt };
  const answer = (events: readonly ClockEvent[]): Deadline =>
    deadline(clockOf(events), deadlines.answer.days, counting);
  return {
    /** What is due. Agreement asks for nothing, so nothing of it is ever late. */
    due(stance: string, status: Status, events: readonly ClockEvent[]): Due {
      if (stance === "dong-thuan" || !STATUSES[status].open) return { reviewBy: null, answerBy: null };
      const isUntouched = status === "received" || status === "reopened";
      const review = { ...clockOf(events), extension: null };
      return {
        reviewBy: isUntouched ? deadline(review, deadlines.review.days, counting).due : null,
        answerBy: answer(events).due,
      };
    },

    /**
     * The new last day after an extension by so many working days, or why there may be none, in words that people read:
     * once a round, while the clock runs, before the deadline has passed, and no longer than the office's own limit.
     */
    extended(petition: PetitionFile, days: number, now: Date): { dueOn: string } | { fault: string } {
      const { dueOn, events } = petition;
      const most = deadlines.extension.days;
      if (!dueOn) return { fault: "Kiến nghị này hiện không có hạn đang chạy nên không gia hạn được." };
      if (clockOf(events).extension) return { fault: "Kiến nghị này đã được gia hạn một lần." };
      if (dueOn < momentInVietnam(now).day) return { fault: "Hạn đã qua nên không gia hạn được nữa." };
      if (!Number.isInteger(days) || days < 1 || days > most)
        return { fault: `Chỉ được gia hạn từ 1 đến ${most} ngày làm việc.` };
      const extension = { days, reason: "" };
      const { due } = deadline({ ...clockOf(events), extension }, deadlines.answer.days, counting);
      return due ? { dueOn: due } : { fault: "Kiến nghị này đang chờ bà con bổ sung thông tin." };
    },

    /** How the day of the answer was counted, in words that people read. */
    explain: (events: readonly ClockEvent[]): string => whyDue(answer(events), deadlines.answer.basis),

    /** Today, and the last day that counts as "due soon", seen from a moment; ISO days in Vietnam. */
    daysAt(now: Date): { today: string; soonUntil: string } {
      const today = momentInVietnam(now).day;
      return { today, soonUntil: addWorkingDays(today, deadlines.remindDays, calendar) };
    },
  };
}

/** The clock of the present round: it starts anew when a petition is reopened. Throws on a history without a beginning. */
export function clockOf(events: readonly ClockEvent[]): Clock {
  const start = events.findLastIndex(({ statusTo }) => statusTo === "received" || statusTo === "reopened");
  const first = events[start];
  if (!first) throw new Error("a petition's history must begin with its receipt");
  const round = events.slice(start + 1);
  const pauses: { from: Date; to: Date | null }[] = [];
  for (const { statusFrom, statusTo, at } of round) {
    const open = pauses.at(-1);
    if (statusFrom === "needs-info" && statusTo && open) open.to = at;
    if (statusTo === "needs-info") pauses.push({ from: at, to: null });
  }
  const extended = round.find(({ details }) => details?.extendedBy);
  return {
    receivedAt: first.at,
    pauses,
    extension: extended?.details?.extendedBy
      ? { days: extended.details.extendedBy, reason: extended.reason ?? "" }
      : null,
  };
}
