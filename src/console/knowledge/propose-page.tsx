import type { Context } from "hono";
import { z } from "zod";
import { IsoDay, RefusedFile, TopicId } from "../../knowledge/document.ts";
import type { AnsweredSo } from "../../knowledge/official-answer.ts";
import { readCode } from "../../petitions/code.ts";
import { slug } from "../../text/fold.ts";
import { normalize } from "../../text/normalize.ts";
import type { ConsoleOptions } from "../desk.ts";
import type { Handler, Signed } from "../handler.ts";
import type { View } from "../view.tsx";
import { Frame } from "./frame.tsx";
import { type ProposalFields, ProposeForm } from "./propose-form.tsx";
import { officialReply } from "./propose-link.tsx";

type Needs = Pick<ConsoleOptions, "knowledge" | "petitions" | "staff" | "topics">;

const words = (name: string, length: number) =>
  z
    .string()
    .transform(normalize)
    .pipe(z.string().min(1, `Xin ghi ${name}.`).max(length, `Phần ${name} dài quá ${length} ký tự.`));
const day = (name: string) =>
  z.string().refine((text) => IsoDay.safeParse(text).success, `Xin chọn ${name} là một ngày có thật.`);

const Form = z.object({
  number: words("số hiệu văn bản trả lời", 100).refine(
    (number) => slug(number) !== "",
    "Số hiệu phải có chữ hoặc số.",
  ),
  agency: words("cơ quan trả lời", 200),
  title: words("tên gọi", 300),
  signed: day("ngày ký"),
  effective: day("ngày bắt đầu áp dụng"),
  expires: z.union([z.literal("").transform(() => null), day("ngày hết áp dụng")]),
  topic: TopicId,
  questions: words("câu hỏi mẫu", 5000).transform((text) =>
    text.split("\n").filter((line) => line.trim() !== ""),
  ),
  text: words("nội dung trả lời", 10_000),
});

/** What is answered by a proposal: where it is told, and what its form begins with. */
export type Answered = {
  of: AnsweredSo;
  address: string;
  name: string;
  fields: Partial<ProposalFields>;
  /** The line that looking at it leaves in the audit. */
  seen: [action: string, subject: string];
};

type Proposing = Pick<ConsoleOptions, "knowledge" | "staff" | "topics"> & {
  find(c: Context<Signed>): Promise<Answered | null>;
  /** Called when it was proposed. */
  proposed?(answered: Answered, by: number): Promise<void>;
};

/** Offers an answer as knowledge; a second person decides. */
export function proposing({ knowledge, staff, topics, find, proposed }: Proposing, view: View) {
  const show: Handler = async (c) => {
    const answered = await find(c);
    if (!answered) return view.refusal(c, 404);
    await staff.audit(c.var.session.staff.id, ...answered.seen);
    return draw(c, answered, { ...EMPTY, effective: knowledge.today(), ...answered.fields });
  };

  const submit: Handler = async (c) => {
    const answered = await find(c);
    if (!answered) return view.refusal(c, 404);
    const given = await c.req.parseBody();
    const form = Form.safeParse(given);
    if (!form.success) return draw(c, answered, asTyped(given), form.error.issues[0]?.message);
    const by = c.var.session.staff.id;
    try {
      const id = await knowledge.proposals.propose({ ...form.data, of: answered.of }, by);
      await proposed?.(answered, by);
      return c.redirect(`/console/proposals/${id}?notice=proposed`, 303);
    } catch (error) {
      if (!(error instanceof RefusedFile)) throw error;
      return draw(c, answered, asTyped(given), `Chưa nhận được: ${error.reason}.`);
    }
  };

  function draw(c: Context<Signed>, { address, name }: Answered, fields: ProposalFields, fault?: string) {
    const body = (
      <Frame at="" said={{ fault }}>
        <p class="back">
          <a href={address}>‹ {name}</a>
        </p>
        <h1>Đề xuất đưa câu trả lời vào kiến thức</h1>
        <p>
          Sau khi một người khác duyệt, trợ lý sẽ dùng nội dung này để trả lời những bà con hỏi cùng việc, và
          nêu số hiệu văn bản làm căn cứ.
        </p>
        <ProposeForm
          action={`${address}/propose`}
          fields={fields}
          topics={topics()}
          session={c.var.session}
        />
      </Frame>
    );
    return view.page(c, "Đề xuất đưa câu trả lời vào kiến thức", body, fault === undefined ? 200 : 400);
  }

  return { show, submit };
}

/** Offers the official reply to a petition as knowledge. */
export function proposePages(options: Needs, view: View) {
  return proposing({ ...options, find }, view);

  /** Only a petition that was answered has something to offer. */
  async function find(c: Context<Signed>): Promise<Answered | null> {
    const reading = readCode(c.req.param("code") ?? "");
    const petition = reading.kind === "code" ? await options.petitions.find(reading.code) : null;
    const text = petition && officialReply(petition);
    if (!petition || !text) return null;
    const { agencies } = options.knowledge.live.now().corpus.catalog;
    return {
      of: { petition: petition.code },
      address: `/console/petitions/${petition.code}`,
      name: `Kiến nghị ${petition.code}`,
      seen: ["petition-viewed", petition.code],
      fields: {
        agency: agencies.find(({ id }) => id === petition.agency)?.name ?? "",
        topic: petition.topic,
        questions: petition.content.replace(/\s+/g, " ").trim(),
        text,
      },
    };
  }
}

const EMPTY: ProposalFields = {
  number: "",
  agency: "",
  title: "",
  signed: "",
  effective: "",
  expires: "",
  topic: "",
  questions: "",
  text: "",
};

function asTyped(given: Record<string, unknown>): ProposalFields {
  const typed = Object.keys(EMPTY).map((name) => {
    const value = given[name];
    return [name, typeof value === "string" ? value : ""];
  });
  return Object.fromEntries(typed) as ProposalFields;
}
