import { STATUSES, type Status } from "../../petitions/petition.ts";
import type { PetitionCounts } from "../../petitions/petition-list.ts";
import { written } from "../dates.ts";
import { type ListQuery, listAddress, STATES, statusOf } from "./list-query.ts";

/** How many petitions there are in each state, each number leading to its rows. */
export function StatusLinks({ query, counts }: { query: ListQuery; counts: PetitionCounts }) {
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
              {label} <b>{written(count)}</b>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
