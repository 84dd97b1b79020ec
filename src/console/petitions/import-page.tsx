import type { Context } from "hono";
import { z } from "zod";
import { isUnderWay, type OpinionImport, stateOf } from "../../petitions/opinion-import.ts";
import { mayWrite } from "../access.ts";
import type { ConsoleOptions } from "../desk.ts";
import type { Handler, Signed } from "../handler.ts";
import { Csrf } from "../layout.tsx";
import { pageOf } from "../pager.tsx";
import type { View } from "../view.tsx";
import { Frame } from "./frame.tsx";
import { ImportProgress } from "./import-progress.tsx";
import { ImportReport } from "./import-report.tsx";
import { importAddress } from "./places.ts";

type Needs = Pick<ConsoleOptions, "office">;

const PATH = "/console/opinions";
const Id = z.string().regex(/^\d{1,15}$/);
const REFUSED_A_PAGE = 200;
/** How often the page of a running import draws itself anew, in seconds; browsers do it without a script. */
const AGAIN_AFTER = "2";

const NOTICES: Record<string, string> = {
  resumed: "Đã cho nhập tiếp. Ý kiến đã nhận từ trước không bị nhập lần thứ hai.",
};

/** One import of opinions: how far it is, and what became of it, row by row. */
export function importPages({ office }: Needs, view: View) {
  const { imports } = office;

  const show: Handler = async (c) => {
    const file = await find(c);
    if (!file) return view.refusal(c, 404);
    const state = stateOf(file);
    if (isUnderWay(state)) c.header("Refresh", AGAIN_AFTER);
    const page = pageOf(c.req.query("page"));
    const refused = await imports.refusals(file.id, page, REFUSED_A_PAGE);
    const title = `Nhập ý kiến từ ${file.fileName}`;
    const body = (
      <Frame at={PATH} said={{ notice: NOTICES[c.req.query("notice") ?? ""] }}>
        <p class="back">
          <a href={PATH}>‹ Nhập tệp khác, các lần nhập trước</a>
        </p>
        <h1>{title}</h1>
        {state === "done" ? null : <ImportProgress file={file} state={state} />}
        {(state === "interrupted" || state === "stuck") && mayWrite(c.var.session.staff.role) ? (
          <form method="post" action={`${importAddress(file.id)}/resume`}>
            <Csrf session={c.var.session} />
            <button type="submit" class="main">
              Nhập tiếp
            </button>
          </form>
        ) : null}
        {state === "done" || refused.length > 0 ? (
          <ImportReport
            file={file}
            refused={refused}
            page={page}
            hasNext={refused.length === REFUSED_A_PAGE}
            catalog={office.catalog()}
          />
        ) : null}
      </Frame>
    );
    return view.page(c, title, body);
  };

  const resume: Handler = async (c) => {
    const file = await find(c);
    if (!file) return view.refusal(c, 404);
    const isResumed = await imports.resume(file.id);
    return c.redirect(`${importAddress(file.id)}${isResumed ? "?notice=resumed" : ""}`, 303);
  };

  async function find(c: Context<Signed>): Promise<OpinionImport | null> {
    const id = Id.safeParse(c.req.param("id"));
    return id.success ? imports.find(Number(id.data)) : null;
  }

  return { show, resume };
}
