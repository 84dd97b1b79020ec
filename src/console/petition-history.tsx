import { STATUSES } from "../petitions/petition.ts";
import type { PetitionEvent } from "../petitions/petition-file.ts";
import { inVietnam } from "./dates.ts";

/** What happened to a petition: when, what, by whom, why, and what the member was told. */
export function PetitionHistory({ events }: { events: PetitionEvent[] }) {
  return (
    <section class="panel" aria-labelledby="history">
      <h2 id="history">Quá trình xử lý</h2>
      <ol class="history">
        {events.map((event) => (
          <li key={event.id}>
            <p>
              <strong>{titleOf(event)}</strong>
              <span class="quiet">
                {" "}
                <time datetime={event.at.toISOString()}>{inVietnam(event.at)}</time> ·{" "}
                {event.by ?? "Hệ thống"}
              </span>
            </p>
            {event.reason ? <p>Lý do: {event.reason}</p> : null}
            {event.publicText ? <p class="text quoted">{event.publicText}</p> : null}
            {event.internalNote ? <p class="text note">Ghi chú nội bộ: {event.internalNote}</p> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

function titleOf({ statusTo }: PetitionEvent): string {
  return statusTo ? STATUSES[statusTo].label : "Ghi chú";
}
