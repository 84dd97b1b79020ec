import { z } from "zod";
import type { OpenQuestion } from "../../conversation/chat-list.ts";
import type { Session } from "../../staff/account.ts";
import { mayWrite } from "../access.ts";
import { inVietnam, written } from "../dates.ts";
import type { ConsoleOptions } from "../desk.ts";
import type { Handler } from "../handler.ts";
import { channelLabel, outcomeLabel } from "../labels.ts";
import type { SortedQuestion } from "../office.ts";
import { Pager, pageOf } from "../pager.tsx";
import { withQuery } from "../petitions/places.ts";
import { type Column, excerpt, Table } from "../table.tsx";
import type { View } from "../view.tsx";
import { Frame } from "./frame.tsx";
import { chatAddress, QUESTIONS, questionAddress } from "./places.ts";

const PER_PAGE = 50;

const WORDS = {
  title: "Câu hỏi",
  class: "wide most",
  cell: ({ text }: { text: string }) => excerpt(text, 300),
};

const COUNTED_COLUMNS: Column<SortedQuestion>[] = [
  WORDS,
  { title: "Kênh", cell: ({ channel }) => channelLabel(channel) },
  { title: "Lúc", class: "when", cell: ({ sentAt }) => inVietnam(sentAt) },
];

const LEADING: Column<OpenQuestion> = {
  title: "Câu hỏi",
  class: "wide",
  cell: ({ messageId, text }) => <a href={questionAddress(messageId)}>{excerpt(text, 300)}</a>,
};
const OPEN_COLUMNS: Column<OpenQuestion>[] = [
  { title: "Vì sao", cell: ({ outcome }) => outcomeLabel(outcome) },
  { title: "Số người hỏi", cell: ({ chats }) => `${written(chats)} người hỏi` },
  { title: "Kênh", cell: ({ channel }) => channelLabel(channel) },
  { title: "Lúc", class: "when", cell: ({ sentAt }) => inVietnam(sentAt) },
];

/** Only who may open a chat, or deal with a question, is led there. */
function columnsFor<Row extends Asked>({ staff }: Session, columns: Column<Row>[]): Column<Row>[] {
  if (!mayWrite(staff.role)) return columns;
  return [...columns, { title: "Xem", cell: (question) => <ChatLink {...question} /> }];
}

type Asked = { conversationId: number; messageId: number };

function ChatLink({ conversationId, messageId }: Asked) {
  return (
    <a href={chatAddress(conversationId, messageId)} aria-label={`Cuộc trò chuyện ${conversationId}`}>
      Cuộc trò chuyện
    </a>
  );
}

/** What a number of the dashboard counts: questions of one kind, about one topic. */
const Counted = z.object({
  kind: z.enum(["answered", "unanswered"]),
  topic: z.string().optional(),
  from: z.iso.date().nullable().catch(null).default(null),
  to: z.iso.date().nullable().catch(null).default(null),
});

const NOTICES: Record<string, string> = {
  petition: "Đã lập kiến nghị và báo mã cho từng bà con đã hỏi.",
  golden: "Đã ghi thành câu hỏi mẫu. Quản trị sẽ xem ở mục “Câu trả lời sai”.",
  dismissed: "Đã bỏ qua câu hỏi này.",
  gone: "Câu hỏi này đã có người xử lý.",
};

type Needs = Pick<ConsoleOptions, "chats" | "office">;

/** Questions that the documents do not answer and nobody has dealt with; or those that a number of the dashboard counts. */
export function questionsPage({ chats, office }: Needs, view: View): Handler {
  return async (c) => {
    const { session } = c.var;
    const page = pageOf(c.req.query("page"));
    const counted = Counted.safeParse(c.req.query());
    if (!counted.success) {
      const order = c.req.query("order") === "most" ? "most" : "newest";
      const questions = await chats.questions.list(order, page, PER_PAGE + 1);
      const notice = NOTICES[c.req.query("notice") ?? ""];
      const body = <OpenQuestions {...{ questions, order, page, notice, session }} />;
      return view.page(c, UNANSWERED, body);
    }
    const { kind, topic, from, to } = counted.data;
    const found = await office.insights.questions(kind, { from, to });
    const questions = topic === undefined ? found : found.filter((question) => question.topic === topic);
    const title = kind === "answered" ? "Câu hỏi đã trả lời" : UNANSWERED;
    const name = topic && (office.catalog().topics.find(({ id }) => id === topic)?.name ?? topic);
    const about = `${name ? `Chủ đề ${name}: ` : ""}${written(questions.length)} câu hỏi. Chủ đề do hệ thống đoán theo lời hỏi.`;
    const query = { kind, topic, from: from ?? undefined, to: to ?? undefined };
    const start = (page - 1) * PER_PAGE;
    const body = (
      <Frame at="" session={session}>
        <Heading title={title} about={about} />
        {questions.length > 0 ? (
          <Table
            caption={`${title}, mới nhất ở trên`}
            columns={columnsFor(session, COUNTED_COLUMNS)}
            rows={questions.slice(start, start + PER_PAGE)}
          />
        ) : (
          <p class="panel empty">{kind === "answered" ? NOTHING_ASKED : NOTHING_MISSING}</p>
        )}
        <Pager path={QUESTIONS} query={query} page={page} hasNext={start + PER_PAGE < questions.length} />
      </Frame>
    );
    return view.page(c, title, body);
  };
}

const UNANSWERED = "Câu hỏi chưa có lời đáp";
const ABOUT =
  "Đúng phạm vi, nhưng chưa văn bản nào trong kho trả lời được. Những câu cùng lời được gộp làm một.";

const NOTHING_MISSING = "Chưa có câu hỏi nào thiếu lời đáp. Không cần làm gì ở đây.";
const NOTHING_ASKED = "Chưa có câu hỏi nào được trả lời trong kỳ này. Hãy chọn kỳ khác ở trang Tổng quan.";

type OpenProps = {
  /** One more than is shown when there is a next page. */
  questions: OpenQuestion[];
  order: "newest" | "most";
  page: number;
  notice: string | undefined;
  session: Session;
};

function OpenQuestions({ questions, order, page, notice, session }: OpenProps) {
  const query = { order: order === "most" ? order : undefined };
  return (
    <Frame at={QUESTIONS} session={session} said={{ notice }}>
      <Heading title={UNANSWERED} about={ABOUT} />
      {questions.length > 0 ? (
        <>
          <p>
            {order === "most" ? (
              <a href={QUESTIONS}>Xếp mới nhất trước</a>
            ) : (
              <a href={withQuery(QUESTIONS, { order: "most" })}>Xếp nhiều người hỏi trước</a>
            )}
          </p>
          <Table
            caption={`${UNANSWERED}, ${order === "most" ? "nhiều người hỏi" : "mới nhất"} ở trên`}
            columns={columnsFor(session, [mayWrite(session.staff.role) ? LEADING : WORDS, ...OPEN_COLUMNS])}
            rows={questions.slice(0, PER_PAGE)}
          />
        </>
      ) : (
        <p class="panel empty">{NOTHING_MISSING}</p>
      )}
      <Pager path={QUESTIONS} query={query} page={page} hasNext={questions.length > PER_PAGE} />
    </Frame>
  );
}

function Heading({ title, about }: { title: string; about: string }) {
  return (
    <div class="heading">
      <h1>{title}</h1>
      <p class="quiet">{about}</p>
    </div>
  );
}
