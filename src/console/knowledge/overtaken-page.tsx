import { z } from "zod";
import type { GivenAnswer } from "../../conversation/transcript.ts";
import type { Publication } from "../../knowledge/edition.ts";
import type { GateReport } from "../../knowledge/gate-report.ts";
import { inVietnam } from "../dates.ts";
import type { Handler } from "../handler.ts";
import type { KnowledgeDesk } from "../knowledge-desk.ts";
import { channelLabel } from "../labels.ts";
import { type Column, excerpt, Table } from "../table.tsx";
import type { View } from "../view.tsx";
import { Frame } from "./frame.tsx";
import { clauseName, editionAddress } from "./places.ts";
import { count, PUBLICATIONS } from "./words.ts";

const Id = z.string().regex(/^\d{1,15}$/);
const SHOWN = 500;

/** Answers given before a publication that rest on what it changed, so that staff may set them right. */
export function overtakenPage(knowledge: KnowledgeDesk, view: View): Handler {
  const { editions, citations, live } = knowledge;
  return async (c) => {
    const id = Id.safeParse(c.req.param("id"));
    const publication = id.success ? await editions.publication(Number(id.data)) : null;
    if (!publication) return view.refusal(c, 404);
    const answers = await citations.overtakenBy(publication.id, SHOWN);
    const names = await namesOf(publication);
    const nameOf = (clause: string) => names.get(clause) ?? clauseName(live.now(), clause);
    const body = (
      <Frame at="">
        <p class="back">
          <a href="/console/knowledge">‹ Kiến thức</a>
        </p>
        <div class="heading">
          <h1>Câu trả lời cũ cần xem lại</h1>
          <p class="quiet">
            {PUBLICATIONS[publication.kind]}{" "}
            <a href={editionAddress(publication.edition)}>bản số {publication.edition}</a> lúc{" "}
            {inVietnam(publication.at)}: {count(publication.overtaken)} điều khoản thay đổi
          </p>
        </div>
        {answers.length > 0 ? (
          <Table
            caption="Câu trả lời đã dẫn điều khoản nay thay đổi, mới nhất ở trên"
            columns={columnsFor(nameOf)}
            rows={answers}
          />
        ) : (
          <p class="panel empty">
            Chưa có câu trả lời nào dẫn các điều khoản này trước lúc công bố. Không cần làm gì ở đây.
          </p>
        )}
        {answers.length === SHOWN ? <p class="quiet">Chỉ hiện {count(SHOWN)} câu mới nhất.</p> : null}
      </Frame>
    );
    return view.page(c, "Câu trả lời cũ cần xem lại", body);
  };

  /** A clause that was taken out is named in the report only. */
  async function namesOf({ edition, kind }: Publication): Promise<Map<string, string>> {
    const found = kind === "publish" ? await editions.find(edition) : null;
    const report = found?.report as GateReport | null | undefined;
    return new Map(report?.changes.map(({ id, document, locator }) => [id, `${document}, ${locator}`]));
  }
}

function columnsFor(nameOf: (clause: string) => string): Column<GivenAnswer>[] {
  return [
    { title: "Câu hỏi", class: "wide", cell: ({ question }) => excerpt(question, 300) },
    { title: "Điều khoản đã dẫn", cell: ({ passages }) => passages.map(nameOf).join("; ") },
    { title: "Kênh", cell: ({ channel }) => channelLabel(channel) },
    { title: "Lúc", class: "when", cell: ({ at }) => inVietnam(at) },
    {
      title: "Xem",
      cell: ({ conversationId, messageId }) => (
        <a
          href={`/console/chats/${conversationId}#m${messageId}`}
          aria-label={`Cuộc trò chuyện ${conversationId}, tin ${messageId}`}
        >
          Cuộc trò chuyện
        </a>
      ),
    },
  ];
}
