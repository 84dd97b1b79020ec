import { writeDay } from "../../petitions/day.ts";
import { STATUSES, type Status } from "../../petitions/petition.ts";

type Dated = { status: Status; dueOn: string | null; reviewDueOn: string | null };
type Days = { today: string; soonUntil: string };

/** The last day for the answer; that it is late stands there in words. */
export function DueDay({ petition, days }: { petition: Dated; days: Days }) {
  const { dueOn, reviewDueOn, status } = petition;
  if (dueOn === null) return <>{status === "needs-info" ? "Tạm dừng, chờ bà con" : "–"}</>;
  if (dueOn < days.today) return <span class="wrong">Quá hạn từ {writeDay(dueOn)}</span>;
  const untouched = reviewDueOn !== null && reviewDueOn < days.today;
  return (
    <>
      {dueOn <= days.soonUntil ? <strong>Sắp đến hạn: {writeDay(dueOn)}</strong> : writeDay(dueOn)}
      {untouched ? <span class="wrong"> Chậm xem xét (hạn {writeDay(reviewDueOn)})</span> : null}
    </>
  );
}

/** A status in words, marked apart when it is still somebody's work. */
export function StatusBadge({ status }: { status: string }) {
  const known = STATUSES[status as Status];
  return <span class={known?.open ? "badge open" : "badge"}>{known?.label ?? status}</span>;
}
