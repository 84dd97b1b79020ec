import { clauseText } from "../../knowledge/changes.ts";
import type { Provenance } from "../../knowledge/edition.ts";
import { standingAt } from "../../knowledge/standing.ts";
import { type Passage, validityAt } from "../../knowledge/validity.ts";
import { writeDay } from "../../petitions/day.ts";
import { slug } from "../../text/fold.ts";
import { mayWrite } from "../access.ts";
import { inVietnam } from "../dates.ts";
import type { ConsoleOptions } from "../desk.ts";
import type { Handler } from "../handler.ts";
import type { InUse } from "../knowledge-desk.ts";
import type { View } from "../view.tsx";
import { StandingBadge } from "./documents-page.tsx";
import { Facts, Frame } from "./frame.tsx";
import { anchorOf, documentAddress, editionAddress } from "./places.ts";
import { certaintyText, count, spanText, VALIDITIES } from "./words.ts";

type Document = InUse["corpus"]["documents"][number];

/** One document: where it comes from, and its clauses as they stand today. */
export function documentPage(
  { knowledge, topics }: Pick<ConsoleOptions, "knowledge" | "topics">,
  view: View,
): Handler {
  return (c) => {
    const inUse = knowledge.live.now();
    const wanted = c.req.param("slug") ?? "";
    const document = inUse.corpus.documents.find(({ number }) => slug(number) === wanted);
    if (!document) return view.refusal(c, 404);
    const clauses = inUse.corpus.passages.filter((passage) => passage.document === document.number);
    const known = new Set(inUse.corpus.documents.map(({ number }) => number));
    const today = knowledge.today();
    const topicName = (id: string) => topics().find((topic) => topic.id === id)?.name ?? id;
    const body = (
      <Frame at="">
        <p class="back">
          <a href="/console/knowledge/documents">‹ Danh sách văn bản</a>
        </p>
        <div class="heading">
          <h1>{document.number}</h1>
          <StandingBadge standing={standingAt(clauses, today)} />
          <p>{document.title}</p>
        </div>
        <About document={document} topics={document.topics.map(topicName)} known={known} />
        <Origin
          document={document}
          origin={inUse.provenance.get(document.file)}
          mayDownload={mayWrite(c.var.session.staff.role)}
        />
        <h2>Điều khoản</h2>
        {clauses.map((clause) => (
          <Clause
            key={clause.id}
            clause={clause}
            questions={samplesOf(document, clause)}
            today={today}
            known={known}
          />
        ))}
      </Frame>
    );
    return view.page(c, document.number, body);
  };
}

type AboutProps = { document: Document; topics: string[]; known: ReadonlySet<string> };

function About({ document, topics, known }: AboutProps) {
  return (
    <section class="panel" aria-labelledby="about">
      <h2 id="about">Thông tin</h2>
      <Facts
        facts={[
          ["Nơi ban hành", document.issuer],
          ["Ngày ký", document.signed && writeDay(document.signed)],
          ["Hiệu lực từ", writeDay(document.effective)],
          ["Hết hiệu lực từ", document.expires && writeDay(document.expires)],
          ["Chủ đề", topics.join(", ")],
          ["Mức chắc chắn", certaintyText(document.certainty, document.verifiedBy)],
        ]}
      />
      {document.amends.length > 0 ? (
        <ul class="plain">
          {document.amends.map((amendment) => (
            <li key={`${amendment.document} ${amendment.clause}`}>
              {EFFECTS[amendment.effect]} {amendment.clause ? `${amendment.clause} của ` : ""}
              <Reference number={amendment.document} known={known} /> từ {writeDay(amendment.from)}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

const EFFECTS = { replaces: "Thay thế", amends: "Sửa đổi, bổ sung", annuls: "Bãi bỏ" } as const;

type OriginProps = { document: Document; origin: Provenance | undefined; mayDownload: boolean };

function Origin({ document, origin, mayDownload }: OriginProps) {
  return (
    <section class="panel" aria-labelledby="origin">
      <h2 id="origin">Nguồn gốc</h2>
      <Facts
        facts={[
          ["Tệp đã đưa lên", origin?.name ?? document.file],
          ["Nguồn", document.source],
          ["Người công bố", origin?.publishedBy],
          ["Công bố lúc", origin?.publishedAt && inVietnam(origin.publishedAt)],
          ["Từ bản", origin && <a href={editionAddress(origin.edition)}>số {origin.edition}</a>],
        ]}
      />
      {origin && mayDownload ? (
        <p>
          <a href={`/console/knowledge/originals/${origin.originalHash}`}>Tải tệp gốc</a>
        </p>
      ) : null}
    </section>
  );
}

/** The sample questions of the document itself, without those that the service makes of its words. */
function samplesOf({ clauses }: Document, { id }: Passage): string[] {
  const own = id.split("@")[0];
  return clauses.find((clause) => clause.id === own)?.questions ?? [];
}

type ClauseProps = { clause: Passage; questions: string[]; today: string; known: ReadonlySet<string> };

function Clause({ clause, questions, today, known }: ClauseProps) {
  const validity = validityAt(clause, today);
  return (
    <article class="panel" id={anchorOf(clause.id)}>
      <h3>
        {clause.locator}{" "}
        <span class={validity === "in-force" ? "badge" : "badge open"}>{VALIDITIES[validity]}</span>
      </h3>
      <p class="quiet">{clause.headingPath.join(" › ")}</p>
      <p class="text quoted">{clauseText(clause)}</p>
      <p class="quiet">
        Hiệu lực {spanText(clause)} · {certaintyText(clause.certainty, clause.verifiedBy)}
        {clause.page ? ` · trang ${clause.page}` : ""}
      </p>
      {clause.supersededBy ? (
        <p>
          Được thay bằng <Reference number={clause.supersededBy} known={known} />
        </p>
      ) : null}
      <Samples questions={questions} />
    </article>
  );
}

function Samples({ questions }: { questions: string[] }) {
  if (questions.length === 0) return <p class="quiet">Chưa có câu hỏi mẫu.</p>;
  return (
    <details>
      <summary>{count(questions.length)} câu hỏi mẫu</summary>
      <ul class="plain">
        {questions.map((question) => (
          <li key={question}>{question}</li>
        ))}
      </ul>
    </details>
  );
}

/** A document by its number, as a link where it is here. */
function Reference({ number, known }: { number: string; known: ReadonlySet<string> }) {
  return known.has(number) ? <a href={documentAddress(number)}>{number}</a> : <span>{number}</span>;
}
