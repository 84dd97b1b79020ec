import type { Proposal } from "../../knowledge/proposal.ts";
import { inVietnam } from "../dates.ts";
import type { Handler } from "../handler.ts";
import type { Proposals } from "../knowledge-desk.ts";
import { type Column, Table } from "../table.tsx";
import type { View } from "../view.tsx";
import { Frame } from "./frame.tsx";

const PATH = "/console/proposals";

const STATUSES: Record<Proposal["status"], string> = {
  open: "Chờ duyệt",
  approved: "Đã duyệt",
  declined: "Không nhận",
};

const COLUMNS: Column<Proposal>[] = [
  { title: "Số hiệu", class: "code", cell: ({ id, number }) => <a href={`${PATH}/${id}`}>{number}</a> },
  { title: "Trạng thái", cell: ({ status }) => <ProposalBadge status={status} /> },
  {
    title: "Trả lời cho",
    cell: (proposal) => <AnsweredSo proposal={proposal} />,
  },
  { title: "Người đề xuất", cell: ({ proposedBy }) => proposedBy },
  { title: "Lúc", class: "when", cell: ({ proposedAt }) => inVietnam(proposedAt) },
  { title: "Người quyết định", cell: ({ decidedBy }) => decidedBy ?? "–" },
];

/** Official replies offered as knowledge, those that wait on top. */
export function proposalsPage(proposals: Proposals, view: View): Handler {
  return async (c) => {
    const rows = await proposals.list();
    const body = (
      <Frame at={PATH}>
        <div class="heading">
          <h1>Đề xuất đưa vào kiến thức</h1>
          <p class="quiet">Câu trả lời chính thức cho kiến nghị, chờ người thứ hai duyệt.</p>
        </div>
        {rows.length > 0 ? (
          <Table caption="Đề xuất, đang chờ ở trên" columns={COLUMNS} rows={rows} />
        ) : (
          <p class="panel empty">
            Chưa có đề xuất nào. Mở một kiến nghị đã trả lời rồi chọn “Đưa câu trả lời vào kiến thức” để đề
            xuất.
          </p>
        )}
      </Frame>
    );
    return view.page(c, "Đề xuất đưa vào kiến thức", body);
  };
}

export function ProposalBadge({ status }: Pick<Proposal, "status">) {
  return <span class={status === "open" ? "badge open" : "badge"}>{STATUSES[status]}</span>;
}

/** The petition or the question that was answered so. */
export function AnsweredSo({ proposal: { petition, question } }: { proposal: Proposal }) {
  if (petition !== null) return <a href={`/console/petitions/${petition}`}>{petition}</a>;
  if (question === null) return <>–</>;
  const { conversationId, messageId } = question;
  return <a href={`/console/chats/${conversationId}#m${messageId}`}>Câu hỏi số {messageId}</a>;
}
