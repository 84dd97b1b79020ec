import type { Child } from "hono/jsx";
import { type Row, SECTIONS, type SectionName } from "../../knowledge/directory.ts";
import type { EditionSummary } from "../../knowledge/edition.ts";
import { writeDay } from "../../petitions/day.ts";
import type { Role, Session } from "../../staff/account.ts";
import { mayPublish } from "../access.ts";
import { written as writtenNumber } from "../dates.ts";
import { editionAddress } from "../knowledge/places.ts";
import type { Said } from "../tabbed.tsx";
import { type Column, Table } from "../table.tsx";
import { DIRECTORIES, type Directory, type Field, SECTION_WORDS } from "./directories.ts";
import { EditForm, type Editing } from "./directory-edit.tsx";
import { type AgencyNames, valueAt, written } from "./directory-form.ts";
import { Frame } from "./frame.tsx";

export const PATH = "/console/directory";

/** A list with its rows as they are shown. */
export type ShownSection = { name: SectionName; rows: readonly Row[] };

type DirectoryProps = {
  directory: Directory;
  sections: ShownSection[];
  agencies: AgencyNames;
  draft: EditionSummary | null;
  editing: Editing | null;
  session: Session;
  said: Said;
};

/** One page of the directory: its lists as tables, and the form of the row that is being edited. */
export function DirectoryView(props: DirectoryProps) {
  const { directory, sections, agencies, draft, editing, session, said } = props;
  const mayEdit = mayPublish(session.staff.role);
  return (
    <Frame at={PATH} said={said} role={session.staff.role}>
      <p>
        <a href={PATH}>Tất cả danh mục</a>
      </p>
      <h1>{directory.title}</h1>
      <p class="about">{directory.about}</p>
      {draft ? <DraftNote draft={draft} /> : null}
      {editing ? <EditForm {...{ directory, editing, agencies, session }} /> : null}
      {sections.map((section) => (
        <SectionTable {...{ section, directory, agencies, mayEdit, isAlone: sections.length === 1 }} />
      ))}
    </Frame>
  );
}

/** Tells that what is shown is not in force yet, and what to do so that it will be. */
export function DraftNote({ draft }: { draft: EditionSummary }) {
  return (
    <p class="panel" role="note">
      Trang này đang hiện <a href={editionAddress(draft.id)}>bản soạn số {draft.id}</a> của bạn, chưa dùng để
      trả lời. Sửa xong thì mở bản soạn để kiểm tra và công bố.
    </p>
  );
}

type SectionProps = {
  section: ShownSection;
  directory: Directory;
  agencies: AgencyNames;
  mayEdit: boolean;
  isAlone: boolean;
};

type Numbered = { row: Row; at: number };

function SectionTable({ section: { name, rows }, directory, agencies, mayEdit, isAlone }: SectionProps) {
  const { title, about, fields, groupOf } = SECTION_WORDS[name];
  const { closed } = SECTIONS[name] as { closed?: boolean };
  const numbered = rows.map((row, at) => ({ row, at }));
  const groups = groupOf ? [...new Set(rows.map(groupOf))].sort() : [null];
  const columns = columnsOf(
    fields,
    agencies,
    mayEdit ? `${PATH}/${directory.name}?section=${name}` : null,
    name,
  );
  return (
    <section aria-labelledby={`list-${name}`}>
      <h2 id={`list-${name}`} class={isAlone ? "unseen" : ""}>
        {title}
      </h2>
      <p class="quiet">
        {about} {writtenNumber(rows.length)} dòng.
      </p>
      {mayEdit && !closed ? (
        <p>
          <a href={`${PATH}/${directory.name}?section=${name}&row=new#edit`}>Thêm dòng: {title}</a>
        </p>
      ) : null}
      {rows.length === 0 ? <p class="panel">Danh mục này chưa có dòng nào.</p> : null}
      {rows.length > 0
        ? groups.map((group) => (
            <>
              {group === null ? null : <h3>{group}</h3>}
              <Table
                caption={group === null ? title : `${title}, ${group}`}
                columns={columns}
                rows={numbered.filter(({ row }) => group === null || groupOf?.(row) === group)}
              />
            </>
          ))
        : null}
    </section>
  );
}

function columnsOf(
  fields: Field[],
  agencies: AgencyNames,
  address: string | null,
  name: SectionName,
): Column<Numbered>[] {
  const shown: Column<Numbered>[] = fields
    .filter(({ formOnly }) => !formOnly)
    .map((field) => ({ title: field.label, cell: ({ row }) => cellOf(field, row, agencies) }));
  if (address === null) return shown;
  const edit: Column<Numbered> = {
    title: "Sửa",
    cell: ({ row, at }) => (
      <a href={`${address}&row=${at}#edit`} aria-label={`Sửa ${SECTIONS[name].keyOf(row)}`}>
        Sửa
      </a>
    ),
  };
  return [...shown, edit];
}

const FEW = 6;

function cellOf(field: Field, row: Row, agencies: AgencyNames): Child {
  const text = written(field, row, agencies);
  if (field.kind === "choice") return field.options?.find(([value]) => value === text)?.[1] ?? text;
  if (text === "") return "–";
  if (field.kind === "day") return writeDay(text);
  if (field.kind === "check") return "có";
  if (!Array.isArray(valueAt(row, field.key))) return text;
  const lines = text.split("\n");
  const list = (
    <ul>
      {lines.map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  );
  if (lines.length <= FEW) return field.kind === "agencies" ? list : lines.join("; ");
  return (
    <details>
      <summary>{writtenNumber(lines.length)} mục</summary>
      {list}
    </details>
  );
}

type DirectoriesProps = { counts: Map<string, number>; draft: EditionSummary | null; role: Role };

/** All pages of the directory with how many rows each holds. */
export function DirectoriesView({ counts, draft, role }: DirectoriesProps) {
  const columns: Column<Directory>[] = [
    { title: "Danh mục", class: "code", cell: ({ name, title }) => <a href={`${PATH}/${name}`}>{title}</a> },
    { title: "Dùng để", class: "wide", cell: ({ about }) => about },
    { title: "Số dòng", cell: ({ name }) => writtenNumber(counts.get(name) ?? 0) },
  ];
  return (
    <Frame at={PATH} role={role}>
      <h1>Danh mục</h1>
      <p class="about">
        Danh mục là một phần của bản kiến thức: ai cũng xem được, người quản trị sửa, và mỗi lần sửa đều qua
        kiểm tra rồi mới công bố.
      </p>
      {draft ? <DraftNote draft={draft} /> : null}
      <Table caption="Các danh mục" columns={columns} rows={DIRECTORIES} />
    </Frame>
  );
}
