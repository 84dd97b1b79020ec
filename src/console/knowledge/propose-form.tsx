import type { Session } from "../../staff/account.ts";
import { Csrf } from "../layout.tsx";

/** The fields of a proposal, as they stand in the form. */
export type ProposalFields = {
  number: string;
  agency: string;
  title: string;
  signed: string;
  effective: string;
  expires: string;
  topic: string;
  questions: string;
  text: string;
};

type ProposeFormProps = {
  /** Where the form is posted to. */
  action: string;
  fields: ProposalFields;
  topics: readonly { id: string; name: string }[];
  session: Session;
};

/** Offers an official reply as knowledge. */
export function ProposeForm({ action, fields, topics, session }: ProposeFormProps) {
  return (
    <form method="post" action={action} class="stack panel">
      <Csrf session={session} />
      <p class="warning" id="personal">
        Nội dung này sẽ được dùng để trả lời mọi người. Xin bỏ hết tên riêng, số điện thoại, địa chỉ và chi
        tiết nhận ra người gửi, cả trong câu hỏi mẫu lẫn trong câu trả lời.
      </p>
      <label>
        Số hiệu văn bản trả lời
        <input
          name="number"
          value={fields.number}
          required
          maxlength={100}
          placeholder="Ví dụ: 123/SNN-KTHT"
        />
      </label>
      <label>
        Cơ quan trả lời
        <input name="agency" value={fields.agency} required maxlength={200} />
      </label>
      <label>
        Tên gọi (về việc gì)
        <input name="title" value={fields.title} required maxlength={300} />
      </label>
      <div class="days">
        <label>
          Ngày ký
          <input type="date" name="signed" value={fields.signed} required />
        </label>
        <label>
          Áp dụng từ ngày
          <input type="date" name="effective" value={fields.effective} required />
        </label>
        <label>
          Hết áp dụng từ ngày (nếu có)
          <input type="date" name="expires" value={fields.expires} />
        </label>
      </div>
      <label>
        Chủ đề
        <select name="topic" required>
          {topics.map(({ id, name }) => (
            <option key={id} value={id} selected={id === fields.topic}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Câu hỏi mẫu, mỗi dòng một câu
        <textarea name="questions" rows={4} required maxlength={5000} aria-describedby="personal">
          {fields.questions}
        </textarea>
      </label>
      <label>
        Nội dung trả lời
        <textarea name="text" rows={8} required maxlength={10_000} aria-describedby="personal">
          {fields.text}
        </textarea>
      </label>
      <button type="submit" class="main">
        Gửi đề xuất
      </button>
    </form>
  );
}
