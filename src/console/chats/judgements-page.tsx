import type { Context } from "hono";
import { z } from "zod";
import { NotPossible } from "../../knowledge/edition.ts";
import { goldenFile, isExpected, type Judgement } from "../../knowledge/judgement.ts";
import type { ConsoleOptions } from "../desk.ts";
import type { Handler, Signed } from "../handler.ts";
import { authorOf } from "../knowledge/author.ts";
import { editionAddress } from "../knowledge/places.ts";
import type { View } from "../view.tsx";
import { Frame } from "./frame.tsx";
import { JudgementsView } from "./judgements-view.tsx";
import { documentNumber, Expected, MessageId, Reason, UNKNOWN_DOCUMENT } from "./judging.ts";
import { JUDGEMENTS, saying } from "./places.ts";

const STATUS = z.enum(["open", "golden", "dismissed"]).catch("open");

const NOTICES: Record<string, string> = {
  dismissed: "Đã bỏ qua đánh dấu này.",
  expected: "Đã ghi câu trả lời đúng.",
  gone: "Mục này đã có người quyết định.",
};

const FAULTS = {
  none: "Chưa chọn mục nào. Hãy chọn ít nhất một mục đã biết câu trả lời đúng.",
  reason: "Xin ghi lý do bỏ qua.",
  document: "Xin ghi số hiệu văn bản có câu trả lời đúng.",
};

type Needs = Pick<ConsoleOptions, "chats" | "knowledge">;

/** What staff said of answers; an admin makes golden questions of it, staged into an edition. */
export function judgementPages({ chats, knowledge }: Needs, view: View) {
  const { judgements, verbs } = chats;
  const { library, editions } = knowledge;

  const show: Handler = (c) => draw(c, NOTICES[c.req.query("notice") ?? ""]);

  const adopt: Handler = async (c) => {
    const chosen = (await judgements.open(await idsOf(c))).filter(isExpected);
    if (chosen.length === 0) return draw(c, undefined, FAULTS.none);
    try {
      const edition = await stage(chosen, c);
      return c.redirect(`${editionAddress(edition)}?notice=files`, 303);
    } catch (error) {
      if (!(error instanceof NotPossible)) throw error;
      return draw(c, undefined, error.reason);
    }
  };

  const expect: Handler = async (c) => {
    const id = MessageId.safeParse(c.req.param("id"));
    if (!id.success) return view.refusal(c, 404);
    const { document: typed, fact } = Expected.parse(await c.req.parseBody());
    if (typed === null) return draw(c, undefined, FAULTS.document);
    const document = documentNumber(knowledge.live.now(), typed);
    if (document === undefined) return draw(c, undefined, UNKNOWN_DOCUMENT);
    const isNoted = await verbs.expect(id.data, { document, fact });
    return c.redirect(saying(JUDGEMENTS, isNoted ? "expected" : "gone"), 303);
  };

  const dismiss: Handler = async (c) => {
    const id = MessageId.safeParse(c.req.param("id"));
    if (!id.success) return view.refusal(c, 404);
    const reason = Reason.safeParse((await c.req.parseBody()).reason);
    if (!reason.success) return draw(c, undefined, FAULTS.reason);
    const isDismissed = await verbs.dismiss(id.data, reason.data, c.var.session.staff.id);
    return c.redirect(saying(JUDGEMENTS, isDismissed ? "dismissed" : "gone"), 303);
  };

  /** One file for each, so that two editions that are staged at once never overwrite each other's. */
  async function stage(chosen: Judgement[], c: Context<Signed>): Promise<number> {
    const edition = await library.stage(authorOf(c), "Câu hỏi mẫu từ đánh giá của cán bộ");
    const files = chosen.map(goldenFile).map(({ name, text }) => ({
      name,
      bytes: new TextEncoder().encode(text),
      sidecar: null,
    }));
    const refused = (await library.add(edition, files)).find(({ status }) => status === "refused");
    if (refused) {
      await editions.drop(edition);
      throw new NotPossible(refused.reason ?? "Câu hỏi mẫu này không dùng được.");
    }
    await verbs.adopt(
      chosen.map(({ id }) => id),
      edition,
      c.var.session.staff.id,
    );
    return edition;
  }

  async function draw(c: Context<Signed>, notice?: string, fault?: string) {
    const status = STATUS.parse(c.req.query("status"));
    const rows = await judgements.list(status);
    const documents = knowledge.live.now().corpus.documents.map(({ number }) => number);
    const body = (
      <Frame at={JUDGEMENTS} session={c.var.session} said={{ notice, fault }}>
        <JudgementsView status={status} judgements={rows} documents={documents} session={c.var.session} />
      </Frame>
    );
    return view.page(c, "Câu trả lời sai", body, fault === undefined ? 200 : 400);
  }

  return { show, adopt, expect, dismiss };
}

async function idsOf(c: Context<Signed>): Promise<number[]> {
  const { id = [] } = await c.req.parseBody({ all: true });
  return [id].flat().flatMap((one) => MessageId.safeParse(one).data ?? []);
}
