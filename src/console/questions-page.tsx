import { z } from "zod";
import type { UnansweredQuestion } from "../conversation/transcript.ts";
import { inVietnam, written } from "./dates.ts";
import type { ConsoleOptions } from "./desk.ts";
import type { Handler } from "./handler.ts";
import { channelLabel } from "./labels.ts";
import { Pager, pageOf } from "./pager.tsx";
import { type Column, excerpt, Table } from "./table.tsx";
import type { View } from "./view.tsx";

const PATH = "/console/questions";
const PER_PAGE = 50;

type Row = Omit<UnansweredQuestion, "outcome">;
const COLUMNS: Column<Row>[] = [
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

/** What a number of the dashboard counts: questions of one kind, about one topic. */
const Counted = z.object({
  kind: z.enum(["answered", "unanswered"]),
  topic: z.string().optional(),
  from: z.iso.date().nullable().catch(null).default(null),
  to: z.iso.date().nullable().catch(null).default(null),
});

type Needs = Pick<ConsoleOptions, "conversations" | "office">;

/** Questions in scope that the documents do not answer, newest first; or those that a number of the dashboard counts. */
export function questionsPage({ conversations, office }: Needs, view: View): Handler {
  return async (c) => {
    const page = pageOf(c.req.query("page"));
    const counted = Counted.safeParse(c.req.query());
    if (!counted.success) {
      const questions = await conversations.unanswered(page, PER_PAGE);
      const pager = <Pager path={PATH} page={page} hasNext={questions.length === PER_PAGE} />;
      return view.page(
        c,
        UNANSWERED,
        <Page title={UNANSWERED} about={ABOUT} questions={questions} pager={pager} />,
      );
    }
    const { kind, topic, from, to } = counted.data;
    const found = await office.insights.questions(kind, { from, to });
    const questions = topic === undefined ? found : found.filter((question) => question.topic === topic);
    const title = kind === "answered" ? "Câu hỏi đã trả lời" : UNANSWERED;
    const name = topic && (office.catalog().topics.find(({ id }) => id === topic)?.name ?? topic);
    const about = `${name ? `Chủ đề ${name}: ` : ""}${written(questions.length)} câu hỏi. Chủ đề do hệ thống đoán theo lời hỏi.`;
    const query = { kind, topic, from: from ?? undefined, to: to ?? undefined };
    const start = (page - 1) * PER_PAGE;
    const pager = (
      <Pager path={PATH} query={query} page={page} hasNext={start + PER_PAGE < questions.length} />
    );
    const shown = questions.slice(start, start + PER_PAGE);
    return view.page(c, title, <Page title={title} about={about} questions={shown} pager={pager} />);
  };
}

const UNANSWERED = "Câu hỏi chưa có lời đáp";
const ABOUT = "Đúng phạm vi, nhưng chưa văn bản nào trong kho trả lời được.";

const NOTHING_MISSING = "Chưa có câu hỏi nào thiếu lời đáp. Không cần làm gì ở đây.";
const NOTHING_ASKED = "Chưa có câu hỏi nào được trả lời trong kỳ này. Hãy chọn kỳ khác ở trang Tổng quan.";

type PageProps = { title: string; about: string; questions: Row[]; pager: unknown };

function Page({ title, about, questions, pager }: PageProps) {
  return (
    <>
      <div class="heading">
        <h1>{title}</h1>
        <p class="quiet">{about}</p>
      </div>
      {questions.length > 0 ? (
        <Table caption={`${title}, mới nhất ở trên`} columns={COLUMNS} rows={questions} />
      ) : (
        <p class="panel empty">{title === UNANSWERED ? NOTHING_MISSING : NOTHING_ASKED}</p>
      )}
      {pager as string}
    </>
  );
}
