import type { UnansweredQuestion } from "../conversation/transcript.ts";
import { inVietnam } from "./dates.ts";
import type { Conversations } from "./desk.ts";
import type { Handler } from "./handler.ts";
import { channelLabel } from "./labels.ts";
import { Pager, pageOf } from "./pager.tsx";
import { type Column, excerpt, Table } from "./table.tsx";
import type { View } from "./view.tsx";

const PATH = "/console/questions";
const PER_PAGE = 50;

const COLUMNS: Column<UnansweredQuestion>[] = [
  { title: "Câu hỏi", class: "wide most", cell: ({ text }) => excerpt(text, 300) },
  { title: "Kênh", cell: ({ channel }) => channelLabel(channel) },
  { title: "Lúc", class: "when", cell: ({ sentAt }) => inVietnam(sentAt) },
  {
    title: "Xem",
    cell: ({ conversationId, messageId }) => (
      <a
        href={`/console/chats/${conversationId}#m${messageId}`}
        aria-label={`Cuộc trò chuyện ${conversationId}`}
      >
        Cuộc trò chuyện
      </a>
    ),
  },
];

/** Questions in scope that the documents do not answer, newest first. */
export function questionsPage(conversations: Conversations, view: View): Handler {
  return async (c) => {
    const page = pageOf(c.req.query("page"));
    const questions = await conversations.unanswered(page, PER_PAGE);
    const body = (
      <>
        <div class="heading">
          <h1>Câu hỏi chưa có lời đáp</h1>
          <p class="quiet">Đúng phạm vi, nhưng chưa văn bản nào trong kho trả lời được.</p>
        </div>
        {questions.length > 0 ? (
          <Table caption="Câu hỏi chưa có lời đáp, mới nhất ở trên" columns={COLUMNS} rows={questions} />
        ) : (
          <p class="panel empty">Chưa có câu hỏi nào thiếu lời đáp. Không cần làm gì ở đây.</p>
        )}
        <Pager path={PATH} page={page} hasNext={questions.length === PER_PAGE} />
      </>
    );
    return view.page(c, "Câu hỏi chưa có lời đáp", body);
  };
}
