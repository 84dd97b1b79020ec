import { STATUSES, type Status } from "../../petitions/petition.ts";
import type { StatusCounts } from "../../petitions/petition-list.ts";
import { written } from "../dates.ts";
import { type ListQuery, listAddress, STATES, statusOf } from "./list-query.ts";

/** How many petitions there are in a state as the list names it. */
export function countOf(state: string, { open, late, dueSoon, total, byStatus }: StatusCounts): number {
  const ofLists: Record<string, number> = { open, late, soon: dueSoon, all: total };
  return ofLists[state] ?? byStatus[state] ?? 0;
}

/** How many petitions there are in each state, each number leading to its rows; a number that is not whole is not shown. */
export function StatusLinks({ query, counts }: { query: ListQuery; counts: StatusCounts }) {
  const present = statusOf(query);
  const { open, late, dueSoon, total, byStatus } = counts;
  const statuses = (Object.keys(STATUSES) as Status[])
    .filter((status) => byStatus[status] || status === present)
    .map((status) => [status, STATUSES[status].label, byStatus[status] ?? 0] as const);
  const links: (readonly [status: string, label: string, count: number])[] = [
    ["open", query.stance || query.q ? "Đang mở" : STATES.open, open],
    ["late", STATES.late, late],
    ["soon", STATES.soon, dueSoon],
    ...statuses,
    ["all", STATES.all, total],
  ];
  return (
    <nav class="states" aria-label="Theo trạng thái">
      <ul>
        {links.map(([status, label, count]) => (
          <li key={status}>
            <a
              href={listAddress({ ...query, status })}
              {...(status === present ? { "aria-current": "true" as const } : {})}
              class={status === "late" && count > 0 ? "wrong" : ""}
            >
              {label} {counts.hasMore ? null : <b>{written(count)}</b>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
