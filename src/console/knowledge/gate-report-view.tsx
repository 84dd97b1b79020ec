import type { ClauseChange, ClauseState } from "../../knowledge/changes.ts";
import type { AnswerChange, GateReport, ThresholdChange, Told } from "../../knowledge/gate-report.ts";
import { inVietnam } from "../dates.ts";
import { outcomeLabel } from "../labels.ts";
import { Pager } from "../pager.tsx";
import { brokenBy, type Edition } from "./edition-state.ts";
import { Facts } from "./frame.tsx";
import { editionAddress } from "./places.ts";
import {
  CHANGED_PARTS,
  CLAUSE_CHANGES,
  count,
  gateVerdict,
  percent,
  share,
  spanText,
  VERDICTS,
} from "./words.ts";

const CLAUSES_PER_PAGE = 50;

type ReportProps = { edition: Edition; report: GateReport; page: number };

/** What the check found: counts first, then answers with what breaks on top, then clauses. */
export function GateReportView({ edition, report, page }: ReportProps) {
  return (
    <>
      <Summary edition={edition} report={report} />
      <Answers answers={report.answers} />
      <Clauses edition={edition} changes={report.changes} page={page} />
    </>
  );
}

function Summary({ edition, report }: Omit<ReportProps, "page">) {
  const broken = brokenBy(report);
  const right = (n: number | null) => (n === null ? null : `${count(n)} trên ${count(report.questions)} câu`);
  return (
    <section class="panel" aria-labelledby="report">
      <h2 id="report">Kết quả kiểm tra</h2>
      <p class={broken > 0 || report.refused.length > 0 ? "fault" : "done"}>{gateVerdict(report)}</p>
      <Facts
        facts={[
          ["Trả lời đúng trước", right(report.rightBefore)],
          ["Trả lời đúng sau", right(report.rightAfter)],
          ["Câu trả lời thay đổi", count(report.answers.length)],
          ["Ngưỡng tin cậy", report.threshold && thresholdText(report.threshold)],
          ["Điều khoản thay đổi", count(report.changes.length)],
          ["Tổng cộng", `${count(report.documents)} văn bản, ${count(report.clauses)} điều khoản`],
          ["So với", report.against && <a href={editionAddress(report.against)}>bản số {report.against}</a>],
          ["Kiểm tra lúc", edition.checkedAt && inVietnam(edition.checkedAt)],
        ]}
      />
      {report.refused.length > 0 ? (
        <ul class="plain">
          {report.refused.map(({ file, reason }) => (
            <li key={file}>
              <strong>{file}</strong>: {reason}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

/** "0,64 → 0,66, để đúng ít nhất 95 %; khi đó trả lời 78 % số câu mẫu, …" */
function thresholdText({ wanted, before, after, answered, precision }: ThresholdChange): string {
  const moved = before === after ? share(after) : `${share(before)} → ${share(after)}`;
  const reached =
    precision >= wanted
      ? `để đúng ít nhất ${percent(wanted)}; khi đó trả lời ${percent(answered)} số câu mẫu, tính cả những câu vốn không có đáp án`
      : `chưa giữ được mức mong muốn ${percent(wanted)}`;
  return `${moved}, ${reached}`;
}

function Answers({ answers }: { answers: AnswerChange[] }) {
  if (answers.length === 0) return null;
  return (
    <section aria-labelledby="answers">
      <h2 id="answers">Câu trả lời thay đổi</h2>
      {answers.map((answer) => (
        <article key={answer.id} class="panel">
          <h3>
            {answer.question}{" "}
            <span class={answer.verdict === "broken" ? "badge wrong" : "badge"}>
              {VERDICTS[answer.verdict]}
            </span>
          </h3>
          <div class="versus">
            <Answer title="Hiện nay" told={answer.before} />
            <Answer title="Theo bản soạn" told={answer.after} />
          </div>
        </article>
      ))}
    </section>
  );
}

function Answer({ title, told }: { title: string; told: Told }) {
  return (
    <div>
      <h4>{title}</h4>
      <p class="quiet">
        {told.right ? "Đúng" : "Sai"}: {reasonOf(told)}
      </p>
      <p class="text quoted">{told.text || "(không nêu nội dung)"}</p>
    </div>
  );
}

/** For what is not answered the record holds the outcome's own word. */
function reasonOf({ outcome, reason }: Told): string {
  const label = outcomeLabel(outcome) ?? outcome;
  return reason === outcome || reason === "đúng" ? label : `${label}, ${reason}`;
}

function Clauses({ edition, changes, page }: { edition: Edition; changes: ClauseChange[]; page: number }) {
  if (changes.length === 0) return null;
  const telling = changes.filter((change) => !isAboutSamples(change));
  const shown = telling.slice((page - 1) * CLAUSES_PER_PAGE, page * CLAUSES_PER_PAGE);
  return (
    <section aria-labelledby="clauses">
      <h2 id="clauses">Điều khoản thay đổi</h2>
      {shown.map((change) => (
        <Clause key={change.id} change={change} />
      ))}
      {telling.length < changes.length ? (
        <p class="quiet">
          {count(changes.length - telling.length)} điều khoản khác giữ nguyên nội dung và hiệu lực, chỉ đổi
          câu hỏi mẫu.
        </p>
      ) : null}
      <Pager
        path={editionAddress(edition.id)}
        page={page}
        hasNext={page * CLAUSES_PER_PAGE < telling.length}
      />
    </section>
  );
}

/** Only the questions by which a clause is found are others; there is nothing to read side by side. */
function isAboutSamples({ kind, what }: ClauseChange): boolean {
  return kind === "changed" && what.every((part) => part === "questions");
}

function Clause({ change }: { change: ClauseChange }) {
  const { document, locator, kind, what, before, after } = change;
  return (
    <article class="panel">
      <h3>
        {document}, {locator} <span class="badge">{CLAUSE_CHANGES[kind]}</span>
      </h3>
      {what.length > 0 ? (
        <p class="quiet">Thay đổi: {what.map((part) => CHANGED_PARTS[part]).join(", ")}</p>
      ) : null}
      <div class="versus">
        <State title="Trước" state={before} />
        <State title="Sau" state={after} />
      </div>
    </article>
  );
}

function State({ title, state }: { title: string; state: ClauseState | null }) {
  return (
    <div>
      <h4>{title}</h4>
      {state ? (
        <>
          <p class="quiet">
            Hiệu lực {spanText(state)}
            {state.supersededBy ? `, được thay bằng ${state.supersededBy}` : ""}
          </p>
          <p class="text quoted">{state.text}</p>
        </>
      ) : (
        <p class="quiet">Không có điều khoản này.</p>
      )}
    </div>
  );
}
