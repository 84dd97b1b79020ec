import { type Row, SECTIONS, type SectionName } from "../../knowledge/directory.ts";
import type { Session } from "../../staff/account.ts";
import { Csrf } from "../layout.tsx";
import { type Directory, type Field, SECTION_WORDS } from "./directories.ts";
import { type AgencyNames, fieldName, written } from "./directory-form.ts";

/** The row that a form changes; `at` is null for a new one, `given` what was typed before and could not be taken. */
export type Editing = {
  section: SectionName;
  at: number | null;
  row: Row;
  /** The state of the file that the form was made from. */
  version: string;
  given: Record<string, unknown> | null;
};

type EditProps = { directory: Directory; editing: Editing; agencies: AgencyNames; session: Session };

/** The form of one row, and the button that takes it away. */
export function EditForm({ directory, editing, agencies, session }: EditProps) {
  const { section, at, row, given } = editing;
  const { title, fields } = SECTION_WORDS[section];
  const address = `/console/directory/${directory.name}`;
  const textOf = (field: Field) => {
    const typed = given?.[fieldName(field.key)];
    return given ? (typeof typed === "string" ? typed : "") : written(field, row, agencies);
  };
  return (
    <section class="panel" aria-labelledby="edit">
      <h2 id="edit" tabindex={-1}>
        {at === null ? `Thêm dòng: ${title}` : `Sửa: ${SECTIONS[section].keyOf(row)}`}
      </h2>
      <form method="post" action={`${address}/save`} class="stack">
        <Hidden editing={editing} session={session} />
        {fields.map((field) => (
          <Input field={field} value={textOf(field)} />
        ))}
        <button type="submit" class="main">
          Lưu vào bản soạn
        </button>
        <a href={address}>Thôi, không sửa</a>
      </form>
      {at === null || SECTIONS[section].closed ? null : (
        <details>
          <summary>Bỏ dòng này</summary>
          <form method="post" action={`${address}/remove`} class="stack">
            <Hidden editing={editing} session={session} />
            <p>Dòng chỉ mất khỏi bản soạn; danh mục đang dùng không đổi cho đến khi công bố.</p>
            <button type="submit">Bỏ dòng</button>
          </form>
        </details>
      )}
    </section>
  );
}

function Hidden({ editing: { section, at, version }, session }: { editing: Editing; session: Session }) {
  return (
    <>
      <Csrf session={session} />
      <input type="hidden" name="section" value={section} />
      <input type="hidden" name="row" value={at === null ? "new" : String(at)} />
      <input type="hidden" name="version" value={version} />
    </>
  );
}

type InputProps = { field: Field; value: string };

function Input({ field, value }: InputProps) {
  const { key, label, kind, help } = field;
  return (
    <>
      {kind === "check" ? (
        <label class="check">
          <input type="checkbox" name={fieldName(key)} value="true" checked={value !== ""} /> {label}
        </label>
      ) : (
        <label for={`input-${key}`}>
          {label}
          <Control field={field} value={value} />
        </label>
      )}
      {help ? (
        <p id={`help-${key}`} class="quiet">
          {help}
        </p>
      ) : null}
    </>
  );
}

const INPUT_TYPES: Partial<Record<Field["kind"], string>> = { day: "date", number: "number" };

function Control({ field: { key, kind, options, help, required = false }, value }: InputProps) {
  const common = {
    id: `input-${key}`,
    name: fieldName(key),
    required,
    ...(help ? { "aria-describedby": `help-${key}` } : {}),
  };
  if (kind === "choice")
    return (
      <select id={common.id} name={common.name}>
        {options?.map(([option, words]) => (
          <option value={option} selected={option === value}>
            {words}
          </option>
        ))}
      </select>
    );
  if (kind === "long" || kind === "lines" || kind === "agencies")
    return (
      <textarea rows={kind === "long" ? 3 : linesFor(value)} {...common}>
        {value}
      </textarea>
    );
  return <input type={INPUT_TYPES[kind] ?? "text"} value={value} {...common} />;
}

function linesFor(value: string): number {
  return Math.min(12, Math.max(3, value.split("\n").length + 1));
}
