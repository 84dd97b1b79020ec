import { clauseText } from "../../knowledge/changes.ts";
import { parseMarkdown } from "../../knowledge/markdown.ts";
import type { Proposal } from "../../knowledge/proposal.ts";
import { writeDay } from "../../petitions/day.ts";
import type { Session } from "../../staff/account.ts";
import { mayPublish } from "../access.ts";
import { inVietnam } from "../dates.ts";
import { Csrf } from "../layout.tsx";
import type { Said } from "../tabbed.tsx";
import { brokenBy, type Edition } from "./edition-state.ts";
import { Facts, Frame } from "./frame.tsx";
import { documentAddress, editionAddress } from "./places.ts";
import { AnsweredSo, ProposalBadge } from "./proposals-page.tsx";
import { gateVerdict } from "./words.ts";

type ProposalViewProps = {
  proposal: Proposal;
  /** What its approval made. */
  edition: Edition | null;
  topics: readonly { id: string; name: string }[];
  session: Session;
  said: Said & { reason?: string };
};

/** The page of one proposal. */
export function ProposalView({ proposal, edition, topics, session, said }: ProposalViewProps) {
  return (
    <Frame at="" said={said}>
      <p class="back">
        <a href="/console/proposals">‹ Đề xuất</a>
      </p>
      <div class="heading">
        <h1>Đề xuất {proposal.number}</h1>
        <ProposalBadge status={proposal.status} />
      </div>
      <Content proposal={proposal} topics={topics} />
      <Outcome proposal={proposal} edition={edition} />
      {proposal.status === "open" ? (
        <Decision proposal={proposal} session={session} reason={said.reason} />
      ) : null}
    </Frame>
  );
}

function Content({ proposal, topics }: Pick<ProposalViewProps, "proposal" | "topics">) {
  const document = parseMarkdown("đề xuất", proposal.text);
  const topicName = (id: string) => topics.find((topic) => topic.id === id)?.name ?? id;
  return (
    <section class="panel" aria-labelledby="content">
      <h2 id="content">{document.title}</h2>
      {document.clauses.map((clause) => (
        <>
          <p class="text quoted">{clauseText(clause)}</p>
          <h3>Câu hỏi mẫu</h3>
          <ul class="plain">
            {clause.questions.map((question) => (
              <li key={question}>{question}</li>
            ))}
          </ul>
        </>
      ))}
      <Facts
        facts={[
          ["Cơ quan trả lời", document.issuer],
          ["Ngày ký", document.signed && writeDay(document.signed)],
          ["Áp dụng từ", writeDay(document.effective)],
          ["Hết áp dụng từ", document.expires && writeDay(document.expires)],
          ["Chủ đề", document.topics.map(topicName).join(", ")],
          ["Trả lời cho", <AnsweredSo proposal={proposal} />],
          ["Người đề xuất", `${proposal.proposedBy}, ${inVietnam(proposal.proposedAt)}`],
          [
            "Người quyết định",
            proposal.decidedBy && proposal.decidedAt
              ? `${proposal.decidedBy}, ${inVietnam(proposal.decidedAt)}`
              : null,
          ],
          ["Lý do không nhận", proposal.reason],
        ]}
      />
    </section>
  );
}

function Outcome({ proposal, edition }: Pick<ProposalViewProps, "proposal" | "edition">) {
  if (!edition) return null;
  const link = <a href={editionAddress(edition.id)}>bản số {edition.id}</a>;
  return (
    <section class="panel" aria-labelledby="outcome">
      <h2 id="outcome">Kết quả</h2>
      {edition.state === "in-force" || edition.state === "past" ? (
        <p>
          Đã công bố trong {link}:{" "}
          <a href={documentAddress(proposal.number)}>xem văn bản {proposal.number}</a>.
        </p>
      ) : edition.state === "dropped" ? (
        <p>Bản soạn làm từ đề xuất này ({link}) đã bị bỏ, nên chưa được dùng để trả lời.</p>
      ) : (
        <p>
          Chưa công bố: {whyHeld(edition)} Xem và quyết định ở {link}.
        </p>
      )}
    </section>
  );
}

function whyHeld({ report }: Edition): string {
  if (!report) return "bản soạn chưa được kiểm tra xong.";
  return brokenBy(report) > 0 ? gateVerdict(report) : "phần kiểm tra đang giữ lại.";
}

type DecisionProps = { proposal: Proposal; session: Session; reason: string | undefined };

function Decision({ proposal, session, reason }: DecisionProps) {
  if (!mayPublish(session.staff.role)) return <p class="quiet">Chỉ người quản trị duyệt được đề xuất.</p>;
  if (proposal.proposedById === session.staff.id)
    return (
      <p class="panel">
        Anh chị là người đề xuất nên không tự duyệt được; cần một người quản trị khác xem lại nội dung này.
      </p>
    );
  const address = `/console/proposals/${proposal.id}`;
  return (
    <>
      <section class="panel" aria-labelledby="approve">
        <h2 id="approve">Duyệt</h2>
        <form method="post" action={`${address}/approve`} class="stack">
          <Csrf session={session} />
          <p>
            Xin xem kỹ: nội dung đúng với văn bản trả lời, không còn tên riêng, số điện thoại hay địa chỉ của
            ai. Hệ thống kiểm tra bằng câu hỏi mẫu rồi mới công bố.
          </p>
          <button type="submit" class="main">
            Duyệt và công bố (mất khoảng 5–15 giây)
          </button>
        </form>
      </section>
      <section class="panel" aria-labelledby="decline">
        <h2 id="decline">Không nhận</h2>
        <form method="post" action={`${address}/decline`} class="stack">
          <Csrf session={session} />
          <label>
            Lý do không nhận
            <textarea name="reason" rows={3} maxlength={2000} required>
              {reason ?? ""}
            </textarea>
          </label>
          <button type="submit">Không nhận đề xuất</button>
        </form>
      </section>
    </>
  );
}
