import type { Context } from "hono";
import { z } from "zod";
import { NotPossible } from "../../knowledge/edition.ts";
import { fileChanges } from "../../knowledge/file-changes.ts";
import { normalize } from "../../text/normalize.ts";
import type { ConsoleOptions } from "../desk.ts";
import type { Handler, Signed } from "../handler.ts";
import { pageOf } from "../pager.tsx";
import type { View } from "../view.tsx";
import { authorOf } from "./author.ts";
import { type Edition, editionState, titleOf } from "./edition-state.ts";
import { type EditionSaid, EditionView } from "./edition-view.tsx";
import { editionAddress } from "./places.ts";

const NOTICES: Record<string, string> = {
  files: "Đã đưa tệp vào bản soạn. Bước tiếp theo: kiểm tra bản soạn.",
  removed: "Đã bỏ văn bản ra khỏi bản soạn. Xin kiểm tra lại bản soạn.",
  undone: "Đã hoàn lại như bản đang dùng. Xin kiểm tra lại bản soạn.",
  checked: "Đã kiểm tra xong. Xin đọc kết quả bên dưới rồi mới công bố.",
  published: "Đã công bố. Từ giờ trợ lý trả lời theo bản này.",
  "rolled-back": "Đã quay lại bản này. Từ giờ trợ lý trả lời theo bản này.",
};

const Id = z.string().regex(/^\d{1,15}$/);
const LONGEST_REASON = 2000;
const Form = z.object({
  path: z.string().max(400).catch(""),
  reason: z
    .string()
    .transform((text) => normalize(text).slice(0, LONGEST_REASON))
    .catch(""),
});
type Form = z.infer<typeof Form>;

/** One edition: what it changes, what the check found, and what may be done with it. */
export function editionPages({ knowledge }: Pick<ConsoleOptions, "knowledge">, view: View) {
  const { library, editions, live } = knowledge;

  const show: Handler = async (c) => {
    const edition = await find(c);
    if (!edition) return view.refusal(c, 404);
    return drawEdition(c, edition, { notice: NOTICES[c.req.query("notice") ?? ""] });
  };

  const remove = changing(async ({ id }, { path }) => {
    await library.remove(id, path);
    return "removed";
  });

  const undo = changing(async ({ id }, { path }) => {
    await editions.undo(id, path);
    return "undone";
  });

  const check = changing(async ({ id }) => {
    await library.check(id);
    return "checked";
  });

  const publish = changing(async ({ id }, { reason }, c) => {
    await library.publish(id, authorOf(c), reason || null);
    await live.refresh();
    return "published";
  });

  const rollBack = changing(async ({ id }, { reason }, c) => {
    await library.rollBack(id, authorOf(c), reason);
    await live.refresh();
    return "rolled-back";
  });

  const drop: Handler = changing(async ({ id }) => {
    await editions.drop(id);
    return null;
  });

  /** Does one thing to the edition of the address, and says so or why not. `work` names the notice. */
  function changing(
    work: (edition: Edition, form: Form, c: Context<Signed>) => Promise<string | null>,
  ): Handler {
    return async (c) => {
      const edition = await find(c);
      if (!edition) return view.refusal(c, 404);
      const form = Form.parse(await c.req.parseBody());
      try {
        const notice = await work(edition, form, c);
        const next = notice ? `${editionAddress(edition.id)}?notice=${notice}` : AFTER_DROP;
        return c.redirect(next, 303);
      } catch (error) {
        if (!(error instanceof NotPossible)) throw error;
        return draw(c, edition.id, { fault: error.reason, reason: form.reason }, 409);
      }
    };
  }

  async function find(c: Context<Signed>): Promise<Edition | null> {
    const id = Id.safeParse(c.req.param("id"));
    return id.success ? editionState(editions, Number(id.data)) : null;
  }

  async function draw(c: Context<Signed>, id: number, said: EditionSaid, status: 200 | 400 | 409 = 200) {
    const edition = await editionState(editions, id);
    return edition ? drawEdition(c, edition, said, status) : view.refusal(c, 404);
  }

  async function drawEdition(
    c: Context<Signed>,
    edition: Edition,
    said: EditionSaid,
    status: 200 | 400 | 409 = 200,
  ) {
    const files = await editions.files(edition.id);
    const base = edition.base === null ? [] : await editions.files(edition.base);
    const page = pageOf(c.req.query("page"));
    const shown = { edition, files, changes: fileChanges(base, files), page, session: c.var.session, said };
    return view.page(c, titleOf(edition), <EditionView {...shown} />, status);
  }

  return { show, draw, remove, undo, check, publish, rollBack, drop };
}

const AFTER_DROP = "/console/knowledge?notice=dropped";
