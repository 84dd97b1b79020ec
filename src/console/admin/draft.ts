import { type Author, type EditionFile, type EditionSummary, NotPossible } from "../../knowledge/edition.ts";
import type { KnowledgeDesk } from "../knowledge-desk.ts";

/** Tells drafts of these pages from editions that were begun for documents or official answers. */
const NOTE = "Sửa danh mục, cài đặt";

type Desk = Pick<KnowledgeDesk, "library" | "editions">;
type Staff = Author & { staffId: number };

/** The state of the knowledge that a page shows: what is in force, or what somebody is changing and has not published yet. */
export type Shown = { draft: EditionSummary | null; files: EditionFile[] };

/** The newest open draft of one person, begun on these pages. */
async function draftOf({ editions }: Desk, staffId: number): Promise<EditionSummary | null> {
  const staged = await editions.staged();
  return staged.find(({ byStaff, note }) => byStaff === staffId && note === NOTE) ?? null;
}

/** What somebody sees: his own draft, or what is in force. */
export async function shownTo(desk: Desk, staffId: number): Promise<Shown> {
  const draft = await draftOf(desk, staffId);
  const edition = draft?.id ?? (await desk.editions.current());
  return { draft, files: edition === null ? [] : await desk.editions.files(edition) };
}

/** A file in a state of the knowledge; empty where there is none. */
export function fileOf({ files }: Shown, path: string): { text: string; version: string } {
  const file = files.find((one) => one.path === path);
  return { text: file?.text ?? "", version: file?.textHash ?? "" };
}

/**
 * Puts the new text of a file into the draft of its author, begun now where he has none; the id of the draft. Throws
 * NotPossible, and leaves no empty draft behind, when the file is not valid.
 */
export async function saveInDraft(desk: Desk, author: Staff, path: string, text: string): Promise<number> {
  const { library, editions } = desk;
  const draft = await draftOf(desk, author.staffId);
  if (draft) await refuseOutdated(desk, draft, path);
  const edition = draft?.id ?? (await library.stage(author, NOTE));
  const bytes = new TextEncoder().encode(text);
  const [row] = await library.add(edition, [{ name: path, bytes, sidecar: null }]);
  const isTaken = row?.status === "added" || row?.status === "updated";
  if (!isTaken && !draft) await editions.drop(edition);
  if (row?.status === "refused") throw new NotPossible(row.reason ?? "Tệp không hợp lệ.");
  if (!isTaken && !draft) throw new NotPossible("Nội dung không có gì thay đổi.");
  return edition;
}

/** A draft holds whole files, so one that was begun before somebody else published the same file would undo his change. */
async function refuseOutdated({ editions }: Desk, draft: EditionSummary, path: string): Promise<void> {
  const current = await editions.current();
  if (current === null || draft.base === current) return;
  const hashIn = async (edition: number | null) =>
    edition === null ? null : (await editions.files(edition)).find((file) => file.path === path)?.textHash;
  if ((await hashIn(draft.base)) !== (await hashIn(current)))
    throw new NotPossible(
      `Danh mục này vừa được người khác công bố bản mới. Xin bỏ bản soạn số ${draft.id} rồi sửa lại trên bản mới.`,
    );
}
