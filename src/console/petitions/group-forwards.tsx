import type { GroupForward, Stayed } from "../../petitions/group.ts";
import { inVietnam, written } from "../dates.ts";
import type { Catalog } from "../office.ts";
import { type Column, Table } from "../table.tsx";
import { petitionAddress } from "./places.ts";

const STAYED: Column<Stayed>[] = [
  { title: "Mã", class: "code", cell: ({ code }) => <a href={petitionAddress(code)}>{code}</a> },
  { title: "Vì sao giữ nguyên", class: "wide most", cell: ({ why }) => why },
];

/** Each time the group was sent to an agency as a whole: how many went, and which stayed and why. */
export function Forwards({ forwards, catalog }: { forwards: GroupForward[]; catalog: Catalog }) {
  return forwards.map(({ id, agency, by, at, sent, stayed }) => {
    const name = catalog.agencies.find((one) => one.id === agency)?.name ?? agency;
    return (
      <section key={id} class="panel" aria-labelledby={`forward-${id}`}>
        <h2 id={`forward-${id}`}>Đã chuyển cả nhóm đến {name}</h2>
        <p class="quiet">
          {by}, {inVietnam(at)}: {written(sent.length)} kiến nghị đã chuyển, {written(stayed.length)} giữ
          nguyên.
        </p>
        {stayed.length > 0 ? (
          <Table caption={`Kiến nghị giữ nguyên khi chuyển đến ${name}`} columns={STAYED} rows={stayed} />
        ) : null}
      </section>
    );
  });
}
