import { JUDGEMENTS, type Judgement, WRONG_KINDS } from "../../knowledge/judgement.ts";
import type { Session } from "../../staff/account.ts";
import { inVietnam } from "../dates.ts";
import { Csrf } from "../layout.tsx";
import { ExpectedFields } from "./expected-fields.tsx";
import { JUDGEMENT_STATES } from "./judgement-words.ts";
import { JUDGEMENTS as JUDGEMENTS_PAGE } from "./places.ts";

type JudgeProps = {
  chat: number;
  /** The member's message that was answered. */
  messageId: number;
  session: Session;
};

/** Marks an answer wrong. */
export function JudgeForm({ chat, messageId, session }: JudgeProps) {
  return (
    <details>
      <summary>Đánh dấu câu trả lời sai</summary>
      <form method="post" action={`/console/chats/${chat}/judge`} class="stack">
        <Csrf session={session} />
        <input type="hidden" name="message" value={messageId} />
        <p class="quiet">
          Bà con không thấy đánh dấu này. Câu hỏi được che thông tin riêng, rồi quản trị có thể đưa vào bộ câu
          hỏi mẫu để lần sau trả lời đúng.
        </p>
        <label>
          Sai ở đâu
          <select name="kind" required>
            {WRONG_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {JUDGEMENTS[kind]}
              </option>
            ))}
          </select>
        </label>
        <ExpectedFields />
        <label>
          Ghi chú (nếu cần)
          <textarea name="note" rows={2} maxlength={2000} />
        </label>
        <button type="submit">Đánh dấu sai</button>
      </form>
    </details>
  );
}

/** What staff said of an answer before. */
export function Judged({ judgement }: { judgement: Judgement }) {
  const { kind, note, by, at, status } = judgement;
  return (
    <p class="quiet">
      <strong class="wrong">{JUDGEMENTS[kind]}</strong>
      {note ? ` – ${note}` : ""} ({by}, {inVietnam(at)};{" "}
      <a href={JUDGEMENTS_PAGE}>{JUDGEMENT_STATES[status].toLowerCase()}</a>)
    </p>
  );
}
