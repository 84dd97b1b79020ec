import { dayAfter, writtenDay } from "./calendar.ts";
import type { Deadline, SkippedDay } from "./deadline.ts";

/** "Vì sao là ngày này": how a deadline was counted, for staff and members; `basis` tells where its figure comes from. */
export function whyDue(found: Deadline, basis: string): string {
  return [
    outcome(found),
    `Thời hạn: ${found.days} ngày làm việc (${basis})${granted(found)}.`,
    receipt(found),
    ...skipped(found.skipped),
    ...(found.waited.length > 0
      ? [
          `Không tính ${found.waited.length} ngày làm việc chờ bà con bổ sung thông tin: ${range(found.waited)}.`,
        ]
      : []),
    ...found.unknownYears.map(
      (year) => `Chưa có lịch nghỉ lễ năm ${year}, nên năm đó mới trừ thứ Bảy và Chủ nhật.`,
    ),
  ].join("\n");
}

function outcome({ due, stoppedOn, remaining }: Deadline): string {
  if (due) return `Hạn: hết ngày ${writtenDay(due)}.`;
  const since = stoppedOn ? ` từ ngày ${writtenDay(stoppedOn)}` : "";
  return `Đang tạm dừng${since} để chờ bà con bổ sung thông tin; khi có trả lời còn ${remaining} ngày làm việc.`;
}

function granted({ extension }: Deadline): string {
  return extension ? `, trong đó gia hạn ${extension.days} ngày vì: ${extension.reason}` : "";
}

function receipt({ receivedOn, shifted }: Deadline): string {
  const counted = `tính từ ngày hôm sau`;
  return shifted
    ? `Nhận vào ${shifted.startsWith("sau") ? shifted : `ngày nghỉ (${shifted})`} nên coi như nhận ngày làm việc kế tiếp, ${writtenDay(receivedOn)}; ${counted}.`
    : `Nhận ngày ${writtenDay(receivedOn)}; ${counted}.`;
}

/** Holidays are named one by one; weekends are only counted. */
function skipped(days: SkippedDay[]): string[] {
  const isWeekend = ({ why }: SkippedDay) => why === "Thứ Bảy" || why === "Chủ nhật";
  const holidays = days.filter((day) => !isWeekend(day));
  const weekends = days.length - holidays.length;
  return [
    ...(weekends > 0 ? [`Không tính ${weekends} ngày thứ Bảy, Chủ nhật.`] : []),
    ...(holidays.length > 0
      ? [`Không tính ngày nghỉ: ${holidays.map(({ day, why }) => `${writtenDay(day)} (${why})`).join("; ")}.`]
      : []),
  ];
}

/** Runs of days are written from–to; a weekend between two of them does not part a run. */
function range(days: string[]): string {
  const runs: [string, string][] = [];
  for (const day of days) {
    const last = runs.at(-1);
    if (last && isClose(last[1], day)) last[1] = day;
    else runs.push([day, day]);
  }
  return runs
    .map(([from, to]) => (from === to ? writtenDay(from) : `${writtenDay(from)}–${writtenDay(to)}`))
    .join(", ");
}

function isClose(day: string, next: string): boolean {
  const within = [dayAfter(day)];
  for (let n = 0; n < 2; n++) within.push(dayAfter(within.at(-1) ?? day));
  return within.includes(next);
}
