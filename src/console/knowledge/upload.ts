import type { Context } from "hono";
import { z } from "zod";
import { type Author, NotPossible } from "../../knowledge/edition.ts";
import type { FileRow } from "../../knowledge/gate-report.ts";
import { normalize } from "../../text/normalize.ts";
import type { ConsoleOptions } from "../desk.ts";
import type { Handler, Signed } from "../handler.ts";
import type { HandedIn } from "../knowledge-desk.ts";
import type { View } from "../view.tsx";
import { authorOf } from "./author.ts";
import type { editionPages } from "./edition-page.tsx";
import { filesOf } from "./given-files.ts";
import type { overviewPage } from "./overview-page.tsx";
import { editionAddress } from "./places.ts";

/** A few files of 20 MiB each, with what a form adds. */
export const MAX_UPLOAD_BYTES = 64 * 1024 * 1024;

const Form = z.object({
  edition: z.union([z.literal("").transform(() => null), z.coerce.number().int().positive()]).catch(null),
  note: z
    .string()
    .transform((text) => normalize(text).slice(0, 300) || null)
    .catch(null),
});

type Pages = {
  overview: ReturnType<typeof overviewPage>;
  edition: ReturnType<typeof editionPages>;
};

/** Takes files into a staged edition; what is refused is said file by file. */
export function uploadHandler(
  { knowledge }: Pick<ConsoleOptions, "knowledge">,
  { overview, edition }: Pages,
  view: View,
): Handler {
  const { library, editions } = knowledge;

  return async (c) => {
    const form = await c.req.formData();
    const { edition: wanted, note } = Form.parse({
      edition: form.get("edition") ?? "",
      note: form.get("note"),
    });
    const files = await filesOf(form);
    if (wanted !== null && !(await editions.find(wanted))) return view.refusal(c, 404);
    if (files.length === 0)
      return refuse(c, wanted, { fault: "Chưa chọn tệp nào. Hãy chọn ít nhất một tệp.", note }, 400);
    try {
      const { id, rows } = await take(wanted, files, note, authorOf(c));
      if (id === null) return refuse(c, wanted, { fault: nothingTaken(rows), rows, note }, 400);
      if (rows.every(({ status }) => status !== "refused"))
        return c.redirect(`${editionAddress(id)}?notice=files`, 303);
      return edition.draw(c, id, { fault: "Có tệp không nhận được; các tệp khác đã vào bản soạn.", rows });
    } catch (error) {
      if (!(error instanceof NotPossible)) throw error;
      return refuse(c, wanted, { fault: error.reason, note }, 409);
    }
  };

  /** An edition begun for files of which none brings anything is given up again; its id is null then. */
  async function take(wanted: number | null, files: HandedIn[], note: string | null, author: Author) {
    const id = wanted ?? (await library.stage(author, note));
    const rows = await library.add(id, files);
    const isTaken = rows.some(({ status }) => status === "added" || status === "updated");
    if (!isTaken && wanted === null) await editions.drop(id);
    return { id: isTaken ? id : null, rows };
  }

  function refuse(c: Context<Signed>, wanted: number | null, said: Refused, status: 400 | 409) {
    const { note, ...rest } = said;
    return wanted === null
      ? overview.draw(c, { ...rest, ...(note ? { note } : {}) }, status)
      : edition.draw(c, wanted, rest, status);
  }
}

type Refused = { fault: string; rows?: FileRow[]; note: string | null };

function nothingTaken(rows: FileRow[]): string {
  return rows.every(({ status }) => status === "unchanged")
    ? "Các tệp này đã có sẵn và không đổi, nên không có gì để đưa lên."
    : "Không có tệp nào được nhận. Lý do ghi ở bảng bên dưới.";
}
