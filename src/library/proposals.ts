import { preparing } from "../db/audit.ts";
import type { ProposalStore } from "../db/proposals.ts";
import { type Author, NotPossible } from "../knowledge/edition.ts";
import type { GateReport } from "../knowledge/gate-report.ts";
import { type OfficialAnswer, officialAnswerText } from "../knowledge/official-answer.ts";
import type { Proposal } from "../knowledge/proposal.ts";
import { slug } from "../text/fold.ts";
import type { Library } from "./library.ts";

/** What became of an approval: in force, or staged because the gate holds it back for the reason given. */
export type Approval = { edition: number; published: boolean; report: GateReport; heldBack: string | null };

export type Proposals = ReturnType<typeof createProposals>;

/** Official replies become knowledge: one person proposes, another approves, and the gate has its say. */
export function createProposals(proposals: ProposalStore, library: Library) {
  return {
    list: () => proposals.list(),
    find: (id: number) => proposals.find(id),

    /** Throws RefusedFile with what is wrong with the answer as a document. */
    async propose(answer: OfficialAnswer, staffId: number): Promise<number> {
      return proposals.add(answer.of, answer.number, officialAnswerText(answer), staffId);
    },

    async decline(id: number, staffId: number, reason: string): Promise<void> {
      if (reason.trim() === "") throw new NotPossible("Xin ghi lý do không nhận.");
      const decision = { status: "declined", staffId, reason: reason.trim(), edition: null } as const;
      if (!(await proposals.decide(id, decision))) throw new NotPossible(await whyNot(id, staffId));
    },

    async approve(id: number, author: Author & { staffId: number }): Promise<Approval> {
      const proposal = await proposals.find(id);
      if (proposal?.status !== "open" || proposal.proposedById === author.staffId)
        throw new NotPossible(await whyNot(id, author.staffId));
      // The decision is what the audit tells of, and it may still be refused.
      const edition = await preparing(() => stage(proposal, author));
      const decision = { status: "approved", staffId: author.staffId, reason: null, edition } as const;
      if (!(await proposals.decide(id, decision))) {
        await library.drop(edition);
        throw new NotPossible(await whyNot(id, author.staffId));
      }
      const report = await library.check(edition);
      try {
        await library.publish(edition, author, null);
        return { edition, published: true, report, heldBack: null };
      } catch (error) {
        if (!(error instanceof NotPossible)) throw error;
        return { edition, published: false, report, heldBack: error.reason };
      }
    },
  };

  async function stage({ number, text, petition, question }: Proposal, author: Author): Promise<number> {
    const edition = await library.stage(
      author,
      `Trả lời chính thức cho ${petition ? `kiến nghị ${petition}` : `câu hỏi số ${question?.messageId}`}`,
    );
    const name = `documents/tra-loi/${slug(number)}.md`;
    const [row] = await library.add(edition, [
      { name, bytes: new TextEncoder().encode(text), sidecar: null },
    ]);
    if (!row?.reason) return edition;
    await library.drop(edition);
    throw new NotPossible(row.reason);
  }

  async function whyNot(id: number, staffId: number): Promise<string> {
    const proposal = await proposals.find(id);
    if (!proposal) return "Không có đề xuất này.";
    if (proposal.proposedById === staffId) return "Người đề xuất không tự duyệt được; cần một người khác.";
    return "Đề xuất này đã có người quyết định.";
  }
}
