import type { Context } from "hono";
import { z } from "zod";
import { RefusedFile } from "../../knowledge/document.ts";
import { NotPossible } from "../../knowledge/edition.ts";
import type { Proposal } from "../../knowledge/proposal.ts";
import { normalize } from "../../text/normalize.ts";
import type { ConsoleOptions } from "../desk.ts";
import type { Handler, Signed } from "../handler.ts";
import type { View } from "../view.tsx";
import { authorOf } from "./author.ts";
import { editionState } from "./edition-state.ts";
import { ProposalView } from "./proposal-view.tsx";

const NOTICES: Record<string, string> = {
  proposed: "Đã gửi đề xuất. Một người quản trị khác sẽ xem và duyệt.",
  published: "Đã duyệt và công bố. Từ giờ trợ lý trả lời theo nội dung này.",
  "held-back": "Đã duyệt, nhưng phần kiểm tra đang giữ lại. Xin xem bản soạn bên dưới.",
  declined: "Đã ghi là không nhận đề xuất này.",
};

const Id = z.string().regex(/^\d{1,15}$/);
const Reason = z
  .string()
  .transform((text) => normalize(text).slice(0, 2000))
  .catch("");

/** One proposal: what it would tell members, and the decision of a second person. */
export function proposalPages(
  { knowledge, topics }: Pick<ConsoleOptions, "knowledge" | "topics">,
  view: View,
) {
  const { proposals, editions, live } = knowledge;

  const show: Handler = async (c) => {
    const proposal = await find(c);
    if (!proposal) return view.refusal(c, 404);
    return draw(c, proposal, { notice: NOTICES[c.req.query("notice") ?? ""] });
  };

  const approve = deciding(async ({ id }, _, c) => {
    const { published } = await proposals.approve(id, authorOf(c));
    if (published) await live.refresh();
    return published ? "published" : "held-back";
  });

  const decline = deciding(async ({ id }, reason, c) => {
    await proposals.decline(id, c.var.session.staff.id, reason);
    return "declined";
  });

  /** Decides on the proposal of the address, and says so or why not. `work` names the notice. */
  function deciding(
    work: (proposal: Proposal, reason: string, c: Context<Signed>) => Promise<string>,
  ): Handler {
    return async (c) => {
      const proposal = await find(c);
      if (!proposal) return view.refusal(c, 404);
      const reason = Reason.parse((await c.req.parseBody()).reason);
      try {
        const notice = await work(proposal, reason, c);
        return c.redirect(`/console/proposals/${proposal.id}?notice=${notice}`, 303);
      } catch (error) {
        if (!(error instanceof NotPossible || error instanceof RefusedFile)) throw error;
        return draw(c, (await find(c)) ?? proposal, { fault: error.reason, reason }, 409);
      }
    };
  }

  async function find(c: Context<Signed>): Promise<Proposal | null> {
    const id = Id.safeParse(c.req.param("id"));
    return id.success ? proposals.find(Number(id.data)) : null;
  }

  type Said = { notice?: string | undefined; fault?: string; reason?: string };
  async function draw(c: Context<Signed>, proposal: Proposal, said: Said, status: 200 | 409 = 200) {
    const edition = proposal.edition === null ? null : await editionState(editions, proposal.edition);
    const shown = { proposal, edition, topics: topics(), session: c.var.session, said };
    return view.page(c, `Đề xuất ${proposal.number}`, <ProposalView {...shown} />, status);
  }

  return { show, approve, decline };
}
