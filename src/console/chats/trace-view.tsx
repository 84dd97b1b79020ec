import { writeDay } from "../../petitions/day.ts";
import { written } from "../dates.ts";
import { Facts } from "../knowledge/frame.tsx";
import { editionAddress } from "../knowledge/places.ts";
import { ClauseLink, DECISIONS } from "../knowledge/search-page.tsx";
import { INTENTS, share } from "../knowledge/words.ts";
import type { InUse } from "../knowledge-desk.ts";
import { type Column, Table } from "../table.tsx";
import type { StoredTrace, TracedPart } from "./trace.ts";

type Candidate = TracedPart["candidates"][number];

const FATES: Record<string, string> = {
  told: "được dùng để trả lời",
  second: "nêu thêm làm căn cứ",
  history: "kể thêm như quy định cũ",
  unsure: "gần nhất, nhưng chưa đủ chắc chắn",
  gap: "gần nhất, nhưng ghi là chưa có thông tin",
  behind: "kém phù hợp hơn",
};

const REJECTIONS: Record<string, string> = {
  "not-yet": "chưa có hiệu lực vào ngày được hỏi",
  replaced: "đã bị thay thế vào ngày được hỏi",
};

/** How one answer came about, in words for staff. */
export function TraceView({ trace, inUse }: { trace: StoredTrace; inUse: InUse }) {
  return (
    <details class="trace">
      <summary>Vì sao trả lời như vậy</summary>
      <Understood trace={trace} />
      {trace.parts.map((part, i) => (
        <Part
          key={part.question}
          part={part}
          name={trace.parts.length === 1 ? "Điều khoản tìm thấy" : `Ý ${i + 1}: ${part.question}`}
          trace={trace}
          inUse={inUse}
        />
      ))}
      {trace.parts.length === 0 ? (
        <p class="quiet">Tin này không cần tìm trong văn bản, nên không có điều khoản nào được xét.</p>
      ) : null}
      <HowItRan trace={trace} />
    </details>
  );
}

function Understood({ trace: { understood } }: { trace: StoredTrace }) {
  if (!understood) return null;
  const { text, reading, earlier, background, asOf, asOfGiven, documents } = understood;
  return (
    <>
      <h2>Trợ lý hiểu câu hỏi</h2>
      <Facts
        facts={[
          ["Câu hỏi", text],
          ["Hiểu tiếp theo câu trước", earlier],
          ["Hoàn cảnh kèm theo", background === earlier ? null : background],
          ["Loại tin", reading && intentOf(reading)],
          ["Hỏi về ngày", asOf && `${writeDay(asOf)}${asOfGiven ? " (câu hỏi có nêu)" : ""}`],
          ["Văn bản được nhắc tên", documents.join(", ")],
        ]}
      />
    </>
  );
}

function intentOf({ intent, chances }: { intent: string; chances: Record<string, number> }): string {
  const name = (INTENTS as Record<string, string>)[intent] ?? intent;
  const chance = chances[intent];
  return chance === undefined ? name : `${name} (${share(chance)})`;
}

type PartProps = { part: TracedPart; name: string; trace: StoredTrace; inUse: InUse };

function Part({ part, name, trace, inUse }: PartProps) {
  const { confidence, decision, candidates, rejected } = part;
  return (
    <>
      <h2>{name}</h2>
      <Facts
        facts={[
          ["Độ chắc chắn", confidence !== null && share(confidence)],
          ["Ngưỡng để trả lời", trace.threshold !== null && share(trace.threshold)],
          ["Quyết định", DECISIONS[decision] ?? decision],
        ].map(([term, value]) => [term as string, value || null])}
      />
      {candidates.length > 0 ? (
        <Table
          caption="Điều khoản đã xét, điểm cao nhất ở trên"
          columns={columnsFor(inUse, trace.cited)}
          rows={candidates}
        />
      ) : (
        <p>Không tìm thấy điều khoản nào.</p>
      )}
      {rejected.length > 0 ? (
        <>
          <h3>Để riêng vì không còn, hoặc chưa có hiệu lực</h3>
          <ul class="plain">
            {rejected.map((clause) => (
              <li key={clause.passage}>
                <ClauseLink inUse={inUse} id={clause.passage} name={nameOf(clause)} />:{" "}
                {REJECTIONS[clause.why] ?? clause.why}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
}

function columnsFor(inUse: InUse, cited: string[]): Column<Candidate>[] {
  const of = (value: number | null) => (value === null ? "–" : share(value));
  return [
    {
      title: "Điều khoản",
      class: "wide",
      cell: (candidate) => (
        <>
          <ClauseLink inUse={inUse} id={candidate.passage} name={nameOf(candidate)} />{" "}
          {cited.includes(candidate.passage) ? <span class="badge open">được dẫn</span> : null}
        </>
      ),
    },
    { title: "Kết quả", cell: ({ fate }) => (fate === null ? "–" : (FATES[fate] ?? fate)) },
    { title: "Điểm", cell: ({ score }) => of(score) },
    { title: "Lời văn", cell: ({ body }) => of(body) },
    { title: "Câu hỏi mẫu", cell: ({ asked }) => of(asked) },
    { title: "Gần nghĩa", cell: ({ vector }) => of(vector) },
    { title: "Từ khớp", cell: ({ coverage }) => of(coverage) },
  ];
}

function nameOf({ passage, document, locator }: Pick<Candidate, "passage" | "document" | "locator">): string {
  return document === null ? passage : [document, locator].filter(Boolean).join(", ");
}

function HowItRan({ trace: { edition, elapsedMs, timings, rephrasing } }: { trace: StoredTrace }) {
  const ms = (value: number) => `${written(Math.round(value * 10) / 10)} ms`;
  return (
    <>
      <h2>Cách thực hiện</h2>
      <Facts
        facts={[
          ["Bản kiến thức", edition === null ? null : <a href={editionAddress(edition)}>bản số {edition}</a>],
          ["Thời gian", elapsedMs === null ? null : ms(elapsedMs)],
          [
            "Trong đó",
            timings &&
              `hiểu câu hỏi ${ms(timings.understanding)}, tìm ${ms(timings.searching)}, soạn lời ${ms(timings.wording)}`,
          ],
          ["Viết lại bằng mô hình ngôn ngữ", rephrasing && rephrasingOf(rephrasing)],
        ]}
      />
    </>
  );
}

function rephrasingOf(outcome: string): string {
  if (outcome === "rephrased") return "có, đã đối chiếu với điều khoản";
  if (outcome.startsWith("rejected")) return "không dùng, vì lời viết lại không khớp với điều khoản";
  return "không được, nên dùng lời của hệ thống";
}
