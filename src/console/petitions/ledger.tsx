import {
  DELIVERY_STATES,
  type DeliveryState,
  type GroupAnswer,
  type LedgerRow,
} from "../../petitions/group.ts";
import { inVietnam, written } from "../dates.ts";
import { channelLabel } from "../labels.ts";
import { type Column, Table } from "../table.tsx";
import { petitionAddress } from "./places.ts";

const GOOD: DeliveryState[] = ["delivered", "sending"];

const COLUMNS: Column<LedgerRow>[] = [
  { title: "Mã", class: "code", cell: ({ code }) => <a href={petitionAddress(code)}>{code}</a> },
  { title: "Kênh", cell: ({ channel }) => channelLabel(channel) },
  {
    title: "Câu trả lời",
    cell: ({ state, reason }) => (
      <span class={GOOD.includes(state) ? "" : "wrong"}>
        {DELIVERY_STATES[state]}
        {reason && !GOOD.includes(state) ? ` (${reason})` : ""}
      </span>
    ),
  },
  { title: "Việc còn lại", cell: leftToDo },
  { title: "Lúc", class: "when", cell: ({ at }) => (at ? inVietnam(at) : "–") },
];

/** Whoever no message reaches is phoned, or told when he comes next. */
function leftToDo({ state, contact }: LedgerRow): string {
  if (state === "delivered" || state === "sending" || state === "not-answered") return "–";
  if (state === "waiting")
    return contact ? `Gửi khi bà con nhắn lại, hoặc gọi ${contact}` : "Gửi khi bà con nhắn lại";
  return contact ? `Gọi điện: ${contact}` : "Báo khi gặp lần tới";
}

/** What became of a group's answer, one row per petition. */
export function Ledger({ answer, rows }: { answer: GroupAnswer; rows: LedgerRow[] }) {
  const id = `answer-${answer.id}`;
  const states = Object.keys(DELIVERY_STATES) as DeliveryState[];
  const sums = states
    .map((state) => [state, rows.filter((row) => row.state === state).length] as const)
    .filter(([, count]) => count > 0);
  return (
    <section class="panel" aria-labelledby={id}>
      <h2 id={id}>Câu trả lời ngày {inVietnam(answer.at)}</h2>
      <p class="quiet">{answer.by} viết:</p>
      <p class="text quoted">{answer.text}</p>
      <p>
        <strong>Sổ giao nhận, {written(rows.length)} kiến nghị:</strong>{" "}
        {sums.map(([state, count]) => `${written(count)} ${DELIVERY_STATES[state]}`).join("; ")}.
      </p>
      <Table
        caption={`Sổ giao nhận câu trả lời ngày ${inVietnam(answer.at)}`}
        columns={COLUMNS}
        rows={rows}
      />
    </section>
  );
}
