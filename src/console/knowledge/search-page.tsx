import { replyTo } from "../../conversation/answer-turn.ts";
import { IsoDay } from "../../knowledge/document.ts";
import { writeDay } from "../../petitions/day.ts";
import { normalize } from "../../text/normalize.ts";
import type { Handler } from "../handler.ts";
import type { InUse, KnowledgeDesk } from "../knowledge-desk.ts";
import { outcomeLabel } from "../labels.ts";
import { type Column, Table } from "../table.tsx";
import type { View } from "../view.tsx";
import { Facts, Frame } from "./frame.tsx";
import { clauseAddress } from "./places.ts";
import { INTENTS, share } from "./words.ts";

type Found = Awaited<ReturnType<InUse["ask"]>>;
type Part = Found["trace"]["parts"][number];
type Candidate = Part["candidates"][number];

const PATH = "/console/knowledge/search";
const LONGEST_QUESTION = 1000;
/** What was decided of one question of a message. */
export const DECISIONS: Record<string, string> = {
  answer: "Trả lời được, có dẫn điều khoản",
  gap: "Văn bản chưa có thông tin này",
  nothing: "Không đủ chắc chắn để trả lời",
};

/** Asks what is in force as a member would, and shows how the answer came about. Nothing is kept of it. */
export function searchPage({ live, today }: KnowledgeDesk, view: View): Handler {
  return async (c) => {
    const inUse = live.now();
    const question = normalize(c.req.query("q") ?? "").slice(0, LONGEST_QUESTION);
    const day = IsoDay.safeParse(c.req.query("asOf")).data ?? today();
    const found = question ? await inUse.ask({ text: question, context: [], today: day }) : null;
    const body = (
      <Frame at={PATH}>
        <h1>Thử câu hỏi</h1>
        <search>
          <form method="get" action={PATH} class="filter ask">
            <label>
              Câu hỏi, như bà con sẽ viết
              <input type="search" name="q" value={question} maxlength={LONGEST_QUESTION} required />
            </label>
            <label>
              Hỏi như vào ngày
              <input type="date" name="asOf" value={day} />
            </label>
            <button type="submit" class="main">
              Thử
            </button>
          </form>
        </search>
        {found ? <Result inUse={inUse} found={found} /> : <Hint />}
      </Frame>
    );
    return view.page(c, "Thử câu hỏi", body);
  };
}

function Hint() {
  return (
    <p class="panel">
      Gõ một câu hỏi để xem trợ lý hiểu thế nào, tìm thấy điều khoản nào, sẽ trả lời ra sao và chắc chắn đến
      đâu. Không có tin nào được gửi đi. Ví dụ: “hợp tác xã được vay vốn không cần thế chấp bao nhiêu”.
    </p>
  );
}

function Result({ inUse, found }: { inUse: InUse; found: Found }) {
  const { threshold } = inUse.corpus.catalog.calibration;
  return (
    <>
      <section class="panel" aria-labelledby="reply">
        <h2 id="reply">Bà con sẽ đọc được</h2>
        <p class="text quoted">{replyTo(found).text}</p>
        {found.citations.length > 0 ? <Citations inUse={inUse} found={found} /> : null}
      </section>
      <Understood found={found} />
      {found.trace.parts.map((part, i) => (
        <PartFound
          key={part.question}
          inUse={inUse}
          part={part}
          number={i + 1}
          found={found}
          threshold={threshold}
        />
      ))}
    </>
  );
}

function Citations({ inUse, found }: { inUse: InUse; found: Found }) {
  return (
    <>
      <h3>Điều khoản được dẫn</h3>
      <ul class="plain">
        {found.citations.map(({ passageId, document, locator, quote }) => (
          <li key={passageId}>
            <ClauseLink inUse={inUse} id={passageId} name={`${document}, ${locator}`} />: “{quote}”
          </li>
        ))}
      </ul>
    </>
  );
}

function Understood({ found }: { found: Found }) {
  const { text, reading, documents, asOfGiven, background } = found.trace.understood;
  return (
    <section class="panel" aria-labelledby="understood">
      <h2 id="understood">Trợ lý hiểu câu hỏi</h2>
      <Facts
        facts={[
          ["Câu hỏi", text],
          ["Loại tin", `${INTENTS[reading.intent]} (${share(reading.chances[reading.intent])})`],
          ["Hỏi về ngày", `${writeDay(found.asOf)}${asOfGiven ? " (câu hỏi có nêu)" : ""}`],
          ["Văn bản được nhắc tên", documents.join(", ")],
          ["Hoàn cảnh kèm theo", background],
          ["Kết quả", outcomeLabel(found.outcome)],
        ]}
      />
    </section>
  );
}

type PartProps = { inUse: InUse; part: Part; number: number; found: Found; threshold: number };

function PartFound({ inUse, part, number, found, threshold }: PartProps) {
  const isOnly = found.trace.parts.length === 1;
  const cited = new Set(found.citations.map(({ passageId }) => passageId));
  return (
    <section aria-labelledby={`part-${number}`}>
      <h2 id={`part-${number}`}>{isOnly ? "Điều khoản tìm thấy" : `Ý ${number}: ${part.question}`}</h2>
      <div class="panel">
        <Facts
          facts={[
            ["Độ chắc chắn", share(part.confidence)],
            ["Ngưỡng để trả lời", share(threshold)],
            ["Quyết định", DECISIONS[part.decision] ?? part.decision],
          ]}
        />
        <meter min={0} max={1} low={threshold} value={part.confidence} aria-label="Độ chắc chắn">
          {share(part.confidence)}
        </meter>
      </div>
      {part.candidates.length > 0 ? (
        <Table
          caption="Điều khoản tìm thấy, điểm cao nhất ở trên"
          columns={columnsFor(inUse, cited)}
          rows={part.candidates}
        />
      ) : (
        <p class="panel">Không tìm thấy điều khoản nào.</p>
      )}
    </section>
  );
}

function columnsFor(inUse: InUse, cited: ReadonlySet<string>): Column<Candidate>[] {
  return [
    {
      title: "Điều khoản",
      class: "wide",
      cell: ({ passage }) => (
        <>
          <ClauseLink inUse={inUse} id={passage} name={passage} />{" "}
          {cited.has(passage) ? <span class="badge open">được dẫn</span> : null}
        </>
      ),
    },
    { title: "Điểm", cell: ({ score }) => share(score) },
    { title: "Lời văn", cell: ({ body }) => share(body) },
    { title: "Câu hỏi mẫu", cell: ({ asked }) => share(asked) },
    { title: "Gần nghĩa", cell: ({ vector }) => share(vector) },
    { title: "Từ khớp", cell: ({ coverage }) => share(coverage) },
  ];
}

/** A clause by its name where it is in use, else by the name given. */
export function ClauseLink({ inUse, id, name }: { inUse: InUse; id: string; name: string }) {
  const passage = inUse.passage(id);
  if (!passage) return <span>{name}</span>;
  return (
    <a href={clauseAddress(passage)}>
      {passage.document}, {passage.locator}
    </a>
  );
}
