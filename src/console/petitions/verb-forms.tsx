import type { PropsWithChildren } from "hono/jsx";
import { mayBecome, STANCES } from "../../petitions/petition.ts";
import type { PetitionFile } from "../../petitions/petition-file.ts";
import type { Session } from "../../staff/account.ts";
import { mayCall } from "../access.ts";
import { Csrf } from "../layout.tsx";
import type { Catalog } from "../office.ts";
import { ReplyField } from "../reply-field.tsx";
import { ForwardFields } from "./forward-fields.tsx";
import { communeNames } from "./names.ts";
import type { PetitionSaid } from "./petition-said.ts";
import { petitionAddress } from "./places.ts";
import type { VerbName } from "./verbs.ts";

type Shared = { petition: PetitionFile; session: Session; said: PetitionSaid };
type FormsProps = Shared & { catalog: Catalog; days: { today: string } };

/** The answer to the member, where the petition may have one. */
export function ReplyForm({ petition, session, said }: Shared) {
  if (!mayBecome(petition.status, "answered"))
    return <p class="quiet">Kiến nghị ở trạng thái này không trả lời được nữa.</p>;
  const mine = said.verb === "answer" ? said : {};
  return (
    <section class="panel" aria-labelledby="reply">
      <h2 id="reply">{petition.status === "answered" ? "Trả lời bổ sung" : "Trả lời"}</h2>
      {petition.conversationId === null ? (
        <p class="quiet">Không có cuộc trò chuyện: câu trả lời chỉ xem được khi tra cứu bằng mã.</p>
      ) : null}
      <form method="post" action={`${petitionAddress(petition.code)}/answer`} class="stack">
        <Hidden petition={petition} session={session} />
        <ReplyField label="Câu trả lời gửi đến thành viên" fault={mine.fault} text={mine.typed?.text} />
        <button type="submit" class="main">
          Gửi câu trả lời
        </button>
      </form>
    </section>
  );
}

/** All that may be done to a petition in its status, beside answering it. */
export function VerbForms(props: FormsProps) {
  const { petition } = props;
  const may = (to: Parameters<typeof mayBecome>[1]) => mayBecome(petition.status, to);
  const isOpen = may("forwarded");
  return (
    <section class="panel verbs" aria-labelledby="verbs">
      <h2 id="verbs">Xử lý</h2>
      {may("in-review") ? (
        <Verb {...props} name="take" title="Nhận vào xem xét" button="Nhận xem xét" />
      ) : null}
      {may("needs-info") && petition.conversationId !== null ? (
        <Verb {...props} name="ask" title="Hỏi thêm bà con" button="Gửi câu hỏi">
          <Text {...props} name="text" verb="ask" label="Điều cần bà con cho biết thêm" />
          <p class="quiet">Thời hạn tạm dừng cho tới khi bà con nhắn lại.</p>
        </Verb>
      ) : null}
      {isOpen ? (
        <Verb {...props} name="forward" title="Chuyển cơ quan giải quyết" button="Chuyển cơ quan">
          <ForwardFields {...props} />
        </Verb>
      ) : null}
      {may("not-within-authority") ? (
        <Verb
          {...props}
          name="not-within-authority"
          title="Không thuộc thẩm quyền"
          button="Ghi không thuộc thẩm quyền"
        >
          <Line
            {...props}
            name="office"
            verb="not-within-authority"
            label="Cơ quan có thẩm quyền (bà con sẽ thấy)"
          />
          <Line {...props} name="reason" verb="not-within-authority" label="Lý do (bà con sẽ thấy)" />
        </Verb>
      ) : null}
      {isOpen && petition.dueOn ? (
        <Verb {...props} name="extend" title="Gia hạn" button="Gia hạn">
          <Line {...props} name="days" verb="extend" label="Số ngày làm việc thêm" type="number" />
          <Line {...props} name="reason" verb="extend" label="Lý do (bà con sẽ thấy)" />
        </Verb>
      ) : null}
      {may("resolved") ? (
        <Verb {...props} name="resolve" title="Đã giải quyết xong" button="Ghi đã giải quyết xong">
          <Line {...props} name="reason" verb="resolve" label="Căn cứ (không bắt buộc)" optional />
        </Verb>
      ) : null}
      {may("reopened") ? (
        <Verb {...props} name="reopen" title="Mở lại" button="Mở lại kiến nghị">
          <Line {...props} name="reason" verb="reopen" label="Lý do (bà con sẽ thấy)" />
        </Verb>
      ) : null}
      {may("withdrawn") ? (
        <Verb {...props} name="withdraw" title="Rút theo yêu cầu của bà con" button="Rút kiến nghị">
          <Line {...props} name="reason" verb="withdraw" label="Lý do" />
        </Verb>
      ) : null}
      <Verb {...props} name="correct" title="Sửa loại, chủ đề, xã phường" button="Lưu sửa đổi">
        <CorrectFields {...props} />
      </Verb>
      <Verb {...props} name="note" title="Ghi chú nội bộ (chỉ cán bộ thấy)" button="Lưu ghi chú">
        <Text {...props} name="text" verb="note" label="Ghi chú, chỉ cán bộ thấy" />
      </Verb>
    </section>
  );
}

function Hidden({ petition, session }: Omit<Shared, "said">) {
  return (
    <>
      <Csrf session={session} />
      <input type="hidden" name="version" value={String(petition.version)} />
    </>
  );
}

type VerbProps = PropsWithChildren<Shared & { name: VerbName; title: string; button: string }>;

/** One verb: closed until it is wanted, open again with its fault. */
function Verb({ petition, session, said, name, title, button, children }: VerbProps) {
  const isMine = said.verb === name;
  if (!mayCall(session.staff.role, `POST /console/petitions/:code/${name}`)) return null;
  return (
    <details open={isMine}>
      <summary>{title}</summary>
      {isMine && said.fault ? (
        <p class="fault" role="alert">
          {said.fault}
        </p>
      ) : null}
      <form method="post" action={`${petitionAddress(petition.code)}/${name}`} class="stack">
        <Hidden petition={petition} session={session} />
        {children}
        <button type="submit">{button}</button>
      </form>
    </details>
  );
}

type FieldProps = { said: PetitionSaid; verb: VerbName; name: string; label: string };

function typedIn({ said, verb, name }: FieldProps): string {
  return said.verb === verb ? (said.typed?.[name] ?? "") : "";
}

function Text(props: FieldProps) {
  return (
    <label>
      {props.label}
      <textarea name={props.name} rows={4} required maxlength={3500}>
        {typedIn(props)}
      </textarea>
    </label>
  );
}

function Line(props: FieldProps & { type?: "number"; optional?: boolean }) {
  const limits = props.type ? { type: "number", min: 1, max: 90 } : { maxlength: 500 };
  return (
    <label>
      {props.label}
      <input name={props.name} value={typedIn(props)} required={!props.optional} {...limits} />
    </label>
  );
}

function CorrectFields({ petition, catalog, said }: FormsProps) {
  const typed = said.verb === "correct" ? said.typed : undefined;
  const topics = catalog.topics.map(({ id, name }) => [id, name] as const);
  const own = petition.commune ?? "";
  const communes = [...new Set([own, "", ...communeNames(catalog)])].map(
    (name) => [name, name || "Không ghi"] as const,
  );
  return (
    <>
      <Select
        name="stance"
        label="Loại"
        choices={Object.entries(STANCES)}
        chosen={typed?.stance ?? petition.stance}
      />
      <Select name="topic" label="Chủ đề" choices={topics} chosen={typed?.topic ?? petition.topic} />
      <Select name="commune" label="Xã, phường" choices={communes} chosen={typed?.commune ?? own} />
    </>
  );
}

type SelectProps = {
  name: string;
  label: string;
  choices: readonly (readonly [string, string])[];
  chosen: string;
};

function Select({ name, label, choices, chosen }: SelectProps) {
  return (
    <label>
      {label}
      <select name={name}>
        {choices.map(([value, text]) => (
          <option key={value} value={value} selected={value === chosen}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
