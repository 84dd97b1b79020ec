import type { Context } from "hono";
import { type Row, rowsOf, SECTIONS, type Section, type SectionName } from "../../knowledge/directory.ts";
import { RefusedFile } from "../../knowledge/document.ts";
import { editRows, type RowEdit } from "../../knowledge/edit-rows.ts";
import { NotPossible } from "../../knowledge/edition.ts";
import { mayPublish } from "../access.ts";
import type { ConsoleOptions } from "../desk.ts";
import type { Handler, Signed } from "../handler.ts";
import { authorOf } from "../knowledge/author.ts";
import type { Said } from "../tabbed.tsx";
import type { View } from "../view.tsx";
import { DIRECTORIES, type Directory, SECTION_WORDS } from "./directories.ts";
import type { Editing } from "./directory-edit.tsx";
import { type AgencyNames, readForm } from "./directory-form.ts";
import { DirectoriesView, DirectoryView, PATH } from "./directory-view.tsx";
import { fileOf, type Shown, saveInDraft, shownTo } from "./draft.ts";
import { stillNeeded } from "./still-needed.ts";

const NOTICES: Record<string, string> = {
  saved: "Đã lưu vào bản soạn. Bước tiếp theo: mở bản soạn để kiểm tra và công bố.",
  removed: "Đã bỏ dòng khỏi bản soạn. Bước tiếp theo: mở bản soạn để kiểm tra và công bố.",
};
const MOVED = "Danh mục đã đổi từ lúc mở trang. Xin xem lại dòng cần sửa rồi làm lại.";

/** The lists that answers and petitions lean on: everybody reads them, admins stage changes of them. */
export function directoryPages({ knowledge }: Pick<ConsoleOptions, "knowledge">, view: View) {
  const list: Handler = async (c) => {
    const shown = await shownTo(knowledge, c.var.session.staff.id);
    const counts = new Map(
      DIRECTORIES.map(({ name, sections }) => [
        name,
        sections.reduce((sum, section) => sum + readRows(shown, section).length, 0),
      ]),
    );
    return view.page(
      c,
      "Danh mục",
      <DirectoriesView counts={counts} draft={shown.draft} role={c.var.session.staff.role} />,
    );
  };

  const show: Handler = async (c) => {
    const directory = directoryOf(c);
    if (!directory) return view.refusal(c, 404);
    const shown = await shownTo(knowledge, c.var.session.staff.id);
    const editing = mayPublish(c.var.session.staff.role)
      ? editingOf(directory, shown, { section: c.req.query("section"), row: c.req.query("row") })
      : null;
    return draw(c, directory, shown, editing, { notice: NOTICES[c.req.query("notice") ?? ""] });
  };

  const save = changing("saved", (form, { section, rows, at, agencies }) => {
    const read = readForm(form, SECTION_WORDS[section].fields, {
      section: SECTIONS[section],
      rows,
      at,
      agencies,
    });
    if ("fault" in read) return read;
    const isWords = SECTIONS[section].shape === "words";
    const row = isWords ? String(read.values.word) : read.values;
    return at === null ? { kind: "add", row } : { kind: "change", at, row };
  });

  const remove = changing("removed", (_, { section, rows, at, shown }) => {
    const row = at === null ? undefined : rows[at];
    if (at === null || !row || SECTIONS[section].closed) return { fault: "Danh mục này không bỏ dòng được." };
    const fault = stillNeeded(section, row, (other) => readRows(shown, other));
    return fault ? { fault } : { kind: "remove", at };
  });

  type Given = {
    section: SectionName;
    rows: readonly Row[];
    at: number | null;
    agencies: AgencyNames;
    shown: Shown;
  };

  /** Stages one change of one row, or shows the form again and says why not. */
  function changing(
    notice: keyof typeof NOTICES,
    decide: (form: Record<string, unknown>, given: Given) => RowEdit | { fault: string },
  ): Handler {
    return async (c) => {
      const directory = directoryOf(c);
      if (!directory) return view.refusal(c, 404);
      const form = await c.req.parseBody();
      const shown = await shownTo(knowledge, c.var.session.staff.id);
      const editing = editingOf(directory, shown, form, form);
      if (!editing) return draw(c, directory, shown, null, { fault: MOVED }, 400);
      if (form.version !== editing.version)
        return draw(c, directory, shown, { ...editing, given: null }, { fault: MOVED }, 409);
      const { section, at } = editing;
      const rows = readRows(shown, section);
      const edit = decide(form, { section, rows, at, agencies: agenciesOf(shown), shown });
      if ("fault" in edit) return draw(c, directory, shown, editing, edit, 400);
      const { file, path, shape }: Section = SECTIONS[section];
      try {
        const text = editRows(fileOf(shown, file).text, [...path], edit, shape === "one");
        await saveInDraft(knowledge, authorOf(c), file, text);
        return c.redirect(`${PATH}/${directory.name}?notice=${notice}`, 303);
      } catch (error) {
        if (!(error instanceof NotPossible)) throw error;
        return draw(c, directory, shown, editing, { fault: error.reason }, 409);
      }
    };
  }

  function draw(
    c: Context<Signed>,
    directory: Directory,
    shown: Shown,
    editing: Editing | null,
    said: Said,
    status: 200 | 400 | 409 = 200,
  ) {
    const sections = directory.sections.map((name) => ({ name, rows: readRows(shown, name) }));
    const props = { directory, sections, agencies: agenciesOf(shown), draft: shown.draft, editing, said };
    return view.page(c, directory.title, <DirectoryView {...props} session={c.var.session} />, status);
  }

  return { list, show, save, remove };
}

function directoryOf(c: Context<Signed>): Directory | undefined {
  return DIRECTORIES.find(({ name }) => name === c.req.param("name"));
}

/** By section and version of its file: reading all lists takes a quarter of a second, and a version never changes. */
const read = new Map<string, readonly Row[]>();
const MOST_READ = 100;

function readRows(shown: Shown, section: SectionName): readonly Row[] {
  const { text, version } = fileOf(shown, SECTIONS[section].file);
  const key = `${section} ${version}`;
  const rows = read.get(key) ?? rowsIn(section, text);
  if (read.size >= MOST_READ) read.clear();
  read.set(key, rows);
  return rows;
}

/** A file that is no YAML cannot be published, so that it is empty here harms nobody. */
function rowsIn(section: SectionName, text: string): Row[] {
  try {
    return rowsOf(SECTIONS[section], text);
  } catch (error) {
    if (error instanceof RefusedFile) return [];
    throw error;
  }
}

function agenciesOf(shown: Shown): AgencyNames {
  return new Map(readRows(shown, "agencies").map(({ id, name }) => [String(id), String(name)]));
}

/** The row that an address or a form means; null when there is none. */
function editingOf(
  directory: Directory,
  shown: Shown,
  wanted: { section?: unknown; row?: unknown },
  given: Record<string, unknown> | null = null,
): Editing | null {
  const section = directory.sections.find((name) => name === wanted.section);
  if (!section) return null;
  const { version } = fileOf(shown, SECTIONS[section].file);
  const { closed }: Section = SECTIONS[section];
  if (wanted.row === "new") return closed ? null : { section, at: null, row: {}, version, given };
  const at = /^\d{1,6}$/.test(String(wanted.row)) ? Number(wanted.row) : -1;
  const row = readRows(shown, section)[at];
  return row ? { section, at, row, version, given } : null;
}
