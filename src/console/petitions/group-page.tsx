import type { Context } from "hono";
import { z } from "zod";
import { momentInVietnam } from "../../petitions/deadline.ts";
import type { GroupForward, PetitionGroup } from "../../petitions/group.ts";
import { PetitionMoved } from "../../petitions/petition-file.ts";
import { maySeePerson } from "../../staff/sight.ts";
import type { ConsoleOptions } from "../desk.ts";
import type { Handler, Signed } from "../handler.ts";
import { MAX_REPLY_LENGTH } from "../reply-field.tsx";
import type { View } from "../view.tsx";
import { filledIn, maybeReason } from "./fields.ts";
import { type GroupSaid, GroupView } from "./group-view.tsx";
import { groupAddress } from "./places.ts";

type Needs = Pick<ConsoleOptions, "desk" | "staff" | "office">;

const Id = z.string().regex(/^\d{1,15}$/);
/** The key makes a form that is sent twice count once. */
const Sent = z.object({ key: z.uuid(), version: z.coerce.number().int() });
const Answer = z.object({ text: filledIn("Câu trả lời", MAX_REPLY_LENGTH) });
const Forward = z.object({
  agency: z.string("Chưa chọn cơ quan.").min(1, "Chưa chọn cơ quan."),
  reason: maybeReason,
});

const NOTICES: Record<string, string> = {
  made: "Đã lập nhóm. Giờ có thể trả lời một lần cho cả nhóm.",
  added: "Đã đưa thêm kiến nghị vào nhóm này.",
  answered: "Đã trả lời cả nhóm. Sổ giao nhận dưới đây cho biết câu trả lời đến từng người ra sao.",
  again: "Câu trả lời này đã được gửi từ trước, nên không gửi lại.",
  "forwarded-again": "Lần chuyển này đã được làm từ trước, nên không chuyển lại.",
  ungrouped: "Đã đưa kiến nghị ra khỏi nhóm. Nội dung, mã và câu trả lời của kiến nghị giữ nguyên.",
};
const MOVED =
  "Nhóm vừa được người khác thay đổi, nên câu trả lời dưới đây chưa được gửi. Xin xem lại danh sách rồi gửi lại.";

const MOVED_BEFORE_FORWARD =
  "Nhóm vừa được người khác thay đổi, nên chưa chuyển kiến nghị nào. Xin xem lại danh sách rồi chuyển lại.";

/** One group: its petitions, one answer to all, and what became of it on the way to each member. */
export function groupPages({ desk, staff, office }: Needs, view: View) {
  const { groups } = office;

  const show: Handler = async (c) => {
    const group = await find(c);
    if (!group) return view.refusal(c, 404);
    await staff.audit(c.var.session.staff.id, "group-viewed", `group:${group.id}`);
    const { notice = "" } = c.req.query();
    return draw(c, group, {
      notice: notice === "forwarded" ? forwardedWords(group.forwards.at(-1)) : NOTICES[notice],
    });
  };

  const answer: Handler = async (c) => {
    const group = await find(c);
    if (!group) return view.refusal(c, 404);
    const fields = await c.req.parseBody();
    const read = Answer.safeParse(fields);
    const typed = typeof fields.text === "string" ? fields.text : "";
    const sent = Sent.safeParse(fields);
    if (!read.success) return draw(c, group, { fault: read.error.issues[0]?.message, text: typed }, 400);
    if (!sent.success) return draw(c, group, { fault: MOVED, text: typed }, 409);
    const { key, version } = sent.data;
    try {
      const id = await desk.answerGroup(group.id, version, c.var.session.staff.id, {
        key,
        text: read.data.text,
      });
      return c.redirect(`${groupAddress(group.id)}?notice=${id === null ? "again" : "answered"}`, 303);
    } catch (error) {
      if (!(error instanceof PetitionMoved)) throw error;
      return draw(c, (await find(c)) ?? group, { fault: MOVED, text: typed }, 409);
    }
  };

  const forward: Handler = async (c) => {
    const group = await find(c);
    if (!group) return view.refusal(c, 404);
    const fields = await c.req.parseBody();
    const read = Forward.safeParse(fields);
    if (!read.success) return draw(c, group, { forwardFault: read.error.issues[0]?.message }, 400);
    const sent = Sent.safeParse(fields);
    if (!sent.success) return draw(c, group, { forwardFault: MOVED_BEFORE_FORWARD }, 409);
    const { key, version } = sent.data;
    try {
      const done = await desk.forwardGroup(group.id, version, c.var.session.staff.id, {
        key,
        agency: read.data.agency,
        reason: read.data.reason,
      });
      return c.redirect(
        `${groupAddress(group.id)}?notice=${done === null ? "forwarded-again" : "forwarded"}`,
        303,
      );
    } catch (error) {
      if (!(error instanceof PetitionMoved)) throw error;
      return draw(c, (await find(c)) ?? group, { forwardFault: MOVED_BEFORE_FORWARD }, 409);
    }
  };

  const ungroup: Handler = async (c) => {
    const group = await find(c);
    if (!group) return view.refusal(c, 404);
    const one = z.coerce
      .number()
      .int()
      .positive()
      .safeParse((await c.req.parseBody()).petition);
    await groups.ungroup(group.id, c.var.session.staff.id, one.success ? [one.data] : null);
    const isLast = !one.success || group.petitions.length === 1;
    return c.redirect(
      isLast ? "/console/groups?notice=dissolved" : `${groupAddress(group.id)}?notice=ungrouped`,
      303,
    );
  };

  async function find(c: Context<Signed>): Promise<PetitionGroup | null> {
    const id = Id.safeParse(c.req.param("id"));
    return id.success ? groups.find(Number(id.data)) : null;
  }

  async function draw(
    c: Context<Signed>,
    group: PetitionGroup,
    said: GroupSaid,
    status: 200 | 400 | 409 = 200,
  ) {
    const whole = await Promise.all(group.answers.map(({ id }) => groups.ledger(id)));
    const seesPerson = maySeePerson(c.var.session.staff);
    const ledgers = seesPerson ? whole : whole.map((rows) => rows.map((row) => ({ ...row, contact: null })));
    const { day: today } = momentInVietnam(office.now());
    const props = { group, ledgers, today, said, session: c.var.session, catalog: office.catalog() };
    return view.page(c, `Nhóm: ${group.title}`, <GroupView {...props} />, status);
  }

  return { show, answer, forward, ungroup };
}

function forwardedWords(forward: GroupForward | undefined): string | undefined {
  if (!forward) return undefined;
  const rest =
    forward.stayed.length === 0
      ? ""
      : ` ${forward.stayed.length} kiến nghị giữ nguyên, lý do từng kiến nghị ở bảng dưới đây.`;
  return `Đã chuyển ${forward.sent.length} kiến nghị; từng người được báo.${rest}`;
}
