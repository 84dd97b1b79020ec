import type { OpenQuestion } from "../../conversation/chat-list.ts";
import type { Session } from "../../staff/account.ts";
import { mayWrite } from "../access.ts";
import { inVietnam, written } from "../dates.ts";
import { Facts } from "../knowledge/frame.tsx";
import { channelLabel } from "../labels.ts";
import { Csrf } from "../layout.tsx";
import { DocumentNumbers, ExpectedFields } from "./expected-fields.tsx";
import { Frame } from "./frame.tsx";
import { chatAddress, QUESTIONS, questionAddress } from "./places.ts";

type ViewProps = {
  question: OpenQuestion;
  /** Numbers of the documents in force. */
  documents: string[];
  session: Session;
  fault?: string | undefined;
};

/** The page of one question that found no answer. */
export function QuestionView(props: ViewProps) {
  const { question, session, fault } = props;
  const { text, chats, times, channel, sentAt, conversationId, messageId } = question;
  return (
    <Frame at="" session={session} said={{ fault }}>
      <p class="back">
        <a href={QUESTIONS}>‹ Câu hỏi chưa có lời đáp</a>
      </p>
      <h1>Câu hỏi chưa có lời đáp</h1>
      <div class="panel">
        <p class="text quoted">{text}</p>
        <Facts
          facts={[
            ["Số người hỏi", `${written(chats)} người hỏi`],
            ["Số lần hỏi", written(times)],
            ["Lần gần nhất", `${inVietnam(sentAt)}, ${channelLabel(channel)}`],
            ["Xem", <a href={chatAddress(conversationId, messageId)}>Cuộc trò chuyện số {conversationId}</a>],
          ]}
        />
      </div>
      {mayWrite(session.staff.role) ? (
        <section class="panel verbs" aria-labelledby="verbs">
          <h2 id="verbs">Xử lý</h2>
          <Lodge {...props} />
          <Golden {...props} />
          <Knowledge {...props} />
          <Dismiss {...props} />
        </section>
      ) : (
        <p class="quiet">Tài khoản này chỉ được xem.</p>
      )}
    </Frame>
  );
}

function Lodge({ question: { messageId, chats }, session }: ViewProps) {
  return (
    <details>
      <summary>Lập kiến nghị thay bà con</summary>
      <form method="post" action={`${questionAddress(messageId)}/petition`} class="stack">
        <Csrf session={session} />
        <p>
          {chats > 1
            ? `${written(chats)} người đã hỏi: mỗi người được một kiến nghị với mã riêng, và được báo mã ở nơi đã hỏi.`
            : "Bà con được một kiến nghị có mã, và được báo mã ở nơi đã hỏi."}{" "}
          Nội dung là nguyên lời đã hỏi.
        </p>
        <button type="submit" class="main">
          Lập kiến nghị
        </button>
      </form>
    </details>
  );
}

function Golden({ question: { messageId }, documents, session }: ViewProps) {
  return (
    <details>
      <summary>Thành câu hỏi mẫu</summary>
      <form method="post" action={`${questionAddress(messageId)}/golden`} class="stack">
        <Csrf session={session} />
        <p class="quiet">
          Câu hỏi được che thông tin riêng và chờ quản trị đưa vào bản soạn; từ đó mỗi lần thay đổi kiến thức,
          hệ thống hỏi thử lại câu này.
        </p>
        <fieldset>
          <legend>Trả lời thế nào là đúng</legend>
          <label class="choice">
            <input type="radio" name="expected" value="document" checked /> Có văn bản trả lời được
          </label>
          <label class="choice">
            <input type="radio" name="expected" value="declined" /> Chưa có văn bản nào, nói “chưa có thông
            tin” là đúng
          </label>
        </fieldset>
        <ExpectedFields />
        <DocumentNumbers numbers={documents} />
        <button type="submit">Ghi thành câu hỏi mẫu</button>
      </form>
    </details>
  );
}

function Knowledge({ question: { messageId } }: ViewProps) {
  return (
    <details>
      <summary>Soạn kiến thức</summary>
      <p>
        Khi cơ quan đã có văn bản trả lời, có thể soạn thành kiến thức để trợ lý trả lời được những bà con hỏi
        cùng việc. Một người khác sẽ duyệt trước khi dùng.
      </p>
      <p>
        <a href={`${questionAddress(messageId)}/propose`}>Soạn câu trả lời chính thức</a>
      </p>
    </details>
  );
}

function Dismiss({ question: { messageId }, session }: ViewProps) {
  return (
    <details>
      <summary>Bỏ qua</summary>
      <form method="post" action={`${questionAddress(messageId)}/dismiss`} class="stack">
        <Csrf session={session} />
        <label>
          Lý do bỏ qua
          <input
            name="reason"
            required
            maxlength={500}
            placeholder="Ví dụ: hỏi cho vui, đã trả lời qua điện thoại"
          />
        </label>
        <button type="submit">Bỏ qua câu hỏi này</button>
      </form>
    </details>
  );
}
