import { isExpected, JUDGEMENTS, type Judgement } from "../../knowledge/judgement.ts";
import type { Session } from "../../staff/account.ts";
import { mayPublish, mayWrite } from "../access.ts";
import { inVietnam } from "../dates.ts";
import { Facts } from "../knowledge/frame.tsx";
import { documentAddress, editionAddress } from "../knowledge/places.ts";
import { Csrf } from "../layout.tsx";
import { withQuery } from "../petitions/places.ts";
import { DocumentNumbers, ExpectedFields } from "./expected-fields.tsx";
import { JUDGEMENT_STATES } from "./judgement-words.ts";
import { chatAddress, JUDGEMENTS as PATH } from "./places.ts";

type ViewProps = {
  status: Judgement["status"];
  judgements: Judgement[];
  /** Numbers of the documents in force. */
  documents: string[];
  session: Session;
};

const NOTHING: Record<Judgement["status"], string> = {
  open: "Không có gì chờ xem. Để đánh dấu một câu trả lời sai, mở cuộc trò chuyện rồi chọn “Đánh dấu câu trả lời sai” dưới lời đáp.",
  golden: "Chưa có đánh dấu nào thành câu hỏi mẫu. Quản trị chọn ở mục “Chờ quản trị xem”.",
  dismissed: "Chưa bỏ qua đánh dấu nào.",
};

/** What staff said of answers: what waits, what became golden questions, what was dismissed. */
export function JudgementsView(props: ViewProps) {
  const { status, judgements, session } = props;
  const mayAdopt = status === "open" && mayPublish(session.staff.role) && judgements.some(isExpected);
  return (
    <>
      <div class="heading">
        <h1>Câu trả lời sai</h1>
        <p class="quiet">
          Cán bộ đánh dấu, quản trị đưa vào bộ câu hỏi mẫu. Thông tin riêng trong câu hỏi đã được che.
        </p>
      </div>
      <States status={status} />
      {mayAdopt ? <Adopt session={session} /> : null}
      {judgements.length === 0 ? <p class="panel empty">{NOTHING[status]}</p> : null}
      <DocumentNumbers numbers={props.documents} />
      {judgements.map((judgement) => (
        <One key={judgement.id} judgement={judgement} mayAdopt={mayAdopt} {...props} />
      ))}
    </>
  );
}

function States({ status }: { status: Judgement["status"] }) {
  return (
    <nav class="states" aria-label="Trạng thái">
      <ul>
        {(Object.keys(JUDGEMENT_STATES) as Judgement["status"][]).map((state) => (
          <li key={state}>
            <a
              href={withQuery(PATH, { status: state === "open" ? null : state })}
              {...(state === status ? { "aria-current": "page" as const } : {})}
            >
              {JUDGEMENT_STATES[state]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The boxes that this form takes stand beside the judgements. */
function Adopt({ session }: { session: Session }) {
  return (
    <form id="adopt" method="post" action={`${PATH}/adopt`} class="panel stack">
      <Csrf session={session} />
      <p>
        Chọn các mục đã biết câu trả lời đúng bên dưới, rồi đưa vào một bản soạn mới. Bản soạn được kiểm tra
        và công bố ở mục Kiến thức.
      </p>
      <button type="submit" class="main">
        Đưa mục đã chọn thành câu hỏi mẫu
      </button>
    </form>
  );
}

function One({ judgement, mayAdopt, ...props }: ViewProps & { judgement: Judgement; mayAdopt: boolean }) {
  const { id, question, context, kind, note, expectedDocument, expectedFact, conversationId, messageId } =
    judgement;
  return (
    <article class="panel" id={`j${id}`} aria-labelledby={`j${id}-question`}>
      <h2 id={`j${id}-question`}>{question}</h2>
      <Facts
        facts={[
          ["Đánh giá", JUDGEMENTS[kind]],
          ["Ghi chú", note],
          ["Hỏi tiếp theo câu", context],
          [
            "Văn bản đúng",
            expectedDocument && <a href={documentAddress(expectedDocument)}>{expectedDocument}</a>,
          ],
          ["Phải có", expectedFact],
          ["Người đánh dấu", `${judgement.by}, ${inVietnam(judgement.at)}`],
          [
            "Người quyết định",
            judgement.decidedBy &&
              judgement.decidedAt &&
              `${judgement.decidedBy}, ${inVietnam(judgement.decidedAt)}`,
          ],
          ["Lý do bỏ qua", judgement.reason],
          [
            "Bản soạn",
            judgement.edition && <a href={editionAddress(judgement.edition)}>bản số {judgement.edition}</a>,
          ],
          ["Xem", <a href={chatAddress(conversationId, messageId)}>Cuộc trò chuyện số {conversationId}</a>],
        ]}
      />
      {mayAdopt && isExpected(judgement) ? (
        <label class="choice">
          <input type="checkbox" form="adopt" name="id" value={id} /> Chọn làm câu hỏi mẫu
        </label>
      ) : null}
      {judgement.status === "open" && mayWrite(props.session.staff.role) ? (
        <Decide judgement={judgement} session={props.session} />
      ) : null}
    </article>
  );
}

function Decide({ judgement, session }: { judgement: Judgement; session: Session }) {
  const { id } = judgement;
  return (
    <>
      {isExpected(judgement) ? null : (
        <details>
          <summary>Ghi câu trả lời đúng</summary>
          <form method="post" action={`${PATH}/${id}/expect`} class="stack">
            <Csrf session={session} />
            <ExpectedFields isRequired />
            <button type="submit">Ghi lại</button>
          </form>
        </details>
      )}
      {mayPublish(session.staff.role) ? (
        <details>
          <summary>Bỏ qua đánh dấu này</summary>
          <form method="post" action={`${PATH}/${id}/dismiss`} class="stack">
            <Csrf session={session} />
            <label>
              Lý do bỏ qua
              <input name="reason" required maxlength={500} />
            </label>
            <button type="submit">Bỏ qua</button>
          </form>
        </details>
      ) : null}
    </>
  );
}
