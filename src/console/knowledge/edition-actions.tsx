import type { Session } from "../../staff/account.ts";
import { mayPublish } from "../access.ts";
import { Csrf } from "../layout.tsx";
import { brokenBy, type Edition } from "./edition-state.ts";
import { editionAddress } from "./places.ts";
import { count } from "./words.ts";

type ActionsProps = {
  edition: Edition;
  session: Session;
  /** What was written before and could not be taken. */
  reason: string | undefined;
  hasChanges: boolean;
};

/** What may be done with an edition now, by whoever may do it. */
export function EditionActions(props: ActionsProps) {
  const { edition, session } = props;
  if (!mayPublish(session.staff.role)) {
    return edition.state === "staged" ? (
      <p class="quiet">Chỉ người quản trị kiểm tra và công bố được bản soạn.</p>
    ) : null;
  }
  if (edition.state === "staged") return <StagedActions {...props} />;
  return edition.state === "past" ? <RollBack {...props} /> : null;
}

function StagedActions(props: ActionsProps) {
  const { edition, session, hasChanges } = props;
  return (
    <>
      <section class="panel" aria-labelledby="check">
        <h2 id="check">Kiểm tra</h2>
        <p>
          Hệ thống hỏi thử các câu hỏi mẫu theo bản đang dùng và theo bản soạn này, rồi cho biết điều gì sẽ
          đổi. Bà con vẫn hỏi được trong lúc kiểm tra.
        </p>
        <form method="post" action={`${editionAddress(edition.id)}/check`}>
          <Csrf session={session} />
          <button type="submit" class={edition.report ? "" : "main"} disabled={!hasChanges}>
            {edition.report ? "Kiểm tra lại" : "Kiểm tra"} (mất khoảng 5–15 giây)
          </button>
        </form>
      </section>
      {edition.report ? <Publish {...props} /> : null}
      <details class="panel">
        <summary>Bỏ bản soạn này</summary>
        <form method="post" action={`${editionAddress(edition.id)}/drop`} class="stack">
          <Csrf session={session} />
          <p>Bản soạn sẽ không công bố được nữa. Kiến thức đang dùng không thay đổi.</p>
          <button type="submit">Bỏ bản soạn</button>
        </form>
      </details>
    </>
  );
}

function Publish({ edition, session, reason }: ActionsProps) {
  const broken = brokenBy(edition.report);
  return (
    <section class="panel" aria-labelledby="publish">
      <h2 id="publish">Công bố</h2>
      <form method="post" action={`${editionAddress(edition.id)}/publish`} class="stack">
        <Csrf session={session} />
        {broken > 0 ? (
          <>
            <p id="publish-why" class="fault">
              {count(broken)} câu hỏi mẫu đang được trả lời đúng sẽ bị trả lời sai. Nên sửa bản soạn. Nếu vẫn
              công bố, xin ghi lý do; lý do được lưu trong lịch sử.
            </p>
            <label>
              Lý do vẫn công bố
              <textarea name="reason" rows={3} maxlength={2000} required aria-describedby="publish-why">
                {reason ?? ""}
              </textarea>
            </label>
          </>
        ) : (
          <p>Sau khi công bố, trợ lý trả lời bà con theo bản này ngay.</p>
        )}
        <button type="submit" class="main">
          Công bố
        </button>
      </form>
    </section>
  );
}

function RollBack({ edition, session, reason }: ActionsProps) {
  return (
    <section class="panel" aria-labelledby="roll-back">
      <h2 id="roll-back">Quay lại bản này</h2>
      <form method="post" action={`${editionAddress(edition.id)}/roll-back`} class="stack">
        <Csrf session={session} />
        <p>
          Trợ lý sẽ trả lời theo đúng bản số {edition.id} như trước đây, kể cả những văn bản đã được thay sau
          đó.
        </p>
        <label>
          Lý do quay lại
          <textarea name="reason" rows={3} maxlength={2000} required>
            {reason ?? ""}
          </textarea>
        </label>
        <button type="submit" class="main">
          Quay lại bản này (mất vài giây)
        </button>
      </form>
    </section>
  );
}
