import { z } from "zod";
import { STANCES, type Stance } from "../../petitions/petition.ts";
import { type PetitionFile, PetitionRefused } from "../../petitions/petition-file.ts";
import { officeOf, route } from "../../petitions/routing.ts";
import type { Desk } from "../desk.ts";
import type { Catalog } from "../office.ts";
import { MAX_REPLY_LENGTH } from "../reply-field.tsx";
import { filledIn, maybeReason, reason } from "./fields.ts";
import { communeNames } from "./names.ts";

/** What a verb is done to, by whom, and what is in force then. */
export type At = {
  petition: PetitionFile;
  version: number;
  by: number;
  now: Date;
  today: string;
  catalog: Catalog;
};

/** What staff do to a petition with a form: reads its fields, does it, and says so; `fault` is what was wrong with a field. */
export type Verb = {
  /** Said when the member is told, and when he is not. */
  done: readonly [told: string, untold: string];
  act(desk: Desk, at: At, fields: Record<string, unknown>): Promise<boolean> | { fault: string };
};

const TOLD = "Bà con được báo qua kênh đã dùng để kiến nghị.";
const UNTOLD =
  "Cuộc trò chuyện không còn (thành viên đã yêu cầu xóa dữ liệu, hoặc kiến nghị không đến qua chat) nên không gửi tin được; ai có mã vẫn tra cứu được.";
const MAX_OFFICE = 200;

function told(what: string): readonly [string, string] {
  return [`${what} ${TOLD}`, `${what} ${UNTOLD}`];
}

function verb<Schema extends z.ZodType>(
  done: Verb["done"],
  schema: Schema,
  act: (desk: Desk, at: At, given: z.output<Schema>) => Promise<boolean>,
): Verb {
  return {
    done,
    act(desk, at, fields) {
      const read = schema.safeParse(fields);
      if (read.success) return act(desk, at, read.data);
      return { fault: read.error.issues[0]?.message ?? "Biểu mẫu chưa điền đúng." };
    },
  };
}

/** Each verb by the last part of its address. */
export const VERBS = {
  take: verb(told("Đã nhận vào xem xét."), z.object({}), (desk, { petition, version, by }) =>
    desk.take(petition, version, by),
  ),
  ask: verb(
    told("Đã hỏi bà con; thời hạn tạm dừng đến khi có trả lời."),
    z.object({ text: filledIn("Câu hỏi", MAX_REPLY_LENGTH) }),
    (desk, { petition, version, by }, { text }) => desk.askMember(petition, version, by, text),
  ),
  forward: verb(
    told("Đã chuyển cơ quan giải quyết."),
    z.object({ agency: z.string("Chưa chọn cơ quan.").min(1, "Chưa chọn cơ quan."), reason: maybeReason }),
    forward,
  ),
  "not-within-authority": verb(
    told("Đã ghi là không thuộc thẩm quyền."),
    z.object({ office: filledIn("Tên cơ quan có thẩm quyền", MAX_OFFICE), reason }),
    (desk, { petition, version, by }, given) => desk.notWithinAuthority(petition, version, by, given),
  ),
  answer: verb(
    [
      "Đã ghi câu trả lời. Câu trả lời đang được gửi đến thành viên qua kênh đã dùng để kiến nghị.",
      `Đã ghi câu trả lời. ${UNTOLD}`,
    ],
    z.object({ text: filledIn("Câu trả lời", MAX_REPLY_LENGTH) }),
    (desk, { petition, version, by }, { text }) => desk.answer(petition, version, by, text),
  ),
  resolve: verb(
    told("Đã ghi là giải quyết xong."),
    z.object({ reason: maybeReason }),
    (desk, { petition, version, by }, given) => desk.resolve(petition, version, by, given.reason),
  ),
  reopen: verb(told("Đã mở lại."), z.object({ reason }), (desk, { petition, version, by }, given) =>
    desk.reopen(petition, version, by, given.reason),
  ),
  withdraw: verb(told("Đã rút kiến nghị."), z.object({ reason }), (desk, { petition, version, by }, given) =>
    desk.withdraw(petition, version, by, given.reason),
  ),
  extend: verb(
    told("Đã gia hạn."),
    z.object({
      days: z.coerce.number("Số ngày gia hạn phải là một số.").int("Số ngày gia hạn phải là số nguyên."),
      reason,
    }),
    (desk, { petition, version, by, now }, given) => desk.extend(petition, version, by, given, now),
  ),
  correct: verb(
    ["Đã sửa thông tin. Bà con không nhận tin báo về việc này.", "Không có gì thay đổi."],
    z.object({ stance: z.string(), topic: z.string(), commune: z.string() }),
    correct,
  ),
  note: verb(
    ["Đã ghi chú nội bộ. Chỉ cán bộ thấy.", ""],
    z.object({ text: filledIn("Ghi chú", MAX_REPLY_LENGTH) }),
    async (desk, { petition, by }, { text }) => {
      await desk.note(petition, by, text);
      return true;
    },
  ),
} as const satisfies Record<string, Verb>;

export type VerbName = keyof typeof VERBS;
export const VERB_NAMES = Object.keys(VERBS) as VerbName[];

/** The agency that the data name for a petition, with the reason. */
export function suggestionFor({ petition, today, catalog }: Pick<At, "petition" | "today" | "catalog">) {
  return route({ topic: petition.topic, commune: petition.commune, day: today }, catalog);
}

async function forward(
  desk: Desk,
  at: At,
  given: { agency: string; reason?: string | undefined },
): Promise<boolean> {
  const { petition, version, by, today, catalog } = at;
  const to = officeOf(given.agency, { commune: petition.commune, day: today }, catalog);
  if (!to) throw new PetitionRefused("Cơ quan này không có trong danh mục, hoặc đã thôi hoạt động.");
  const suggested = suggestionFor(at)?.agency;
  if (suggested && suggested !== to.agency && !given.reason)
    throw new PetitionRefused("Chọn cơ quan khác với gợi ý thì phải ghi lý do.");
  return desk.forward(petition, version, by, { ...to, reason: given.reason });
}

async function correct(
  desk: Desk,
  { petition, version, by, catalog }: At,
  { stance, topic, commune }: { stance: string; topic: string; commune: string },
): Promise<boolean> {
  const isKnown =
    Object.hasOwn(STANCES, stance) &&
    (topic === petition.topic || catalog.topics.some(({ id }) => id === topic)) &&
    (commune === "" || commune === petition.commune || communeNames(catalog).includes(commune));
  if (!isKnown) throw new PetitionRefused("Loại, chủ đề hoặc xã, phường không có trong danh mục.");
  return desk.correct(petition, version, by, { stance: stance as Stance, topic, commune: commune || null });
}
