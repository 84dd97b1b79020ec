import { type Passage, validityAt } from "../knowledge/validity.ts";
import { sentences } from "../text/sentences.ts";
import type { Citation, Finding } from "./finding.ts";
import type { Selection } from "./select.ts";
import type { Understood } from "./understand.ts";

/** A day as people write it: 2025-07-01 → 1/7/2025. */
function vietnameseDay(day: string): string {
  const [year, month, date] = day.split("-");
  return `${Number(date)}/${Number(month)}/${year}`;
}

/**
 * Puts the findings into the words a member reads; every figure stands in a quoted clause, "Căn cứ" is made from its data.
 * `said` holds other words for what was selected of a passage, by its id.
 */
export function compose(
  findings: Finding[],
  understood: Understood,
  today: string,
  said: Map<string, string[]> = new Map(),
): { text: string; citations: Citation[]; history: boolean } {
  const citations = findings.flatMap((finding) => cite(finding, understood));
  const blocks = findings.map((finding) => block(finding, understood, today, said));
  return { text: blocks.join("\n\n"), citations, history: citations.every(({ inForce }) => !inForce) };
}

function cite({ best, selection, past, second }: Finding, understood: Understood): Citation[] {
  const own = best
    ? [citation(best.passage, [...selection.lead, ...selection.parts].join(" "), understood)]
    : [];
  const others = [second, past].flatMap((other) =>
    other ? [citation(other.passage, firstSentence(other.passage), understood)] : [],
  );
  return [...own, ...others];
}

function citation(passage: Passage, quote: string, understood: Understood): Citation {
  return {
    document: passage.document,
    title: passage.documentTitle,
    locator: passage.locator,
    inForce: validityAt(passage, understood.asOf) === "in-force",
    effectiveFrom: passage.from,
    effectiveTo: passage.to,
    passageId: passage.id,
    quote,
    certainty: passage.certainty,
    verifiedBy: passage.verifiedBy,
  };
}

function block(
  { best, selection, past, second }: Finding,
  understood: Understood,
  today: string,
  said: Map<string, string[]>,
): string {
  if (!best) return "";
  const { passage } = best;
  const validity = validityAt(passage, understood.asOf);
  const overToday = validityAt(passage, today) === "ended";
  return [
    ...(said.get(passage.id) ?? inOwnWords(selection)),
    ...(validity === "ended" ? ["Lưu ý: quy định này đã hết hiệu lực, chỉ để bà con tham khảo."] : []),
    ...(validity === "in-force" && overToday
      ? ["Lưu ý: đó là quy định của thời điểm bà con hỏi, nay đã hết hiệu lực."]
      : []),
    ...unsure(passage),
    ground(passage, "Căn cứ"),
    ...(second ? [ground(second.passage, "Cũng theo")] : []),
    ...(past
      ? [
          "",
          `Quy định cũ mà bà con nhắc đến (không còn áp dụng): ${firstSentence(past.passage)}`,
          ...unsure(past.passage),
          ground(past.passage, "Căn cứ"),
        ]
      : []),
  ]
    .filter((line, i, all) => line !== "" || (i > 0 && all[i - 1] !== ""))
    .join("\n");
}

/** A figure that is not certain is never told without the office that confirms it. */
function unsure({ certainty, verifiedBy }: Passage): string[] {
  if (certainty !== "to-verify") return [];
  return [`Thông tin này chưa được kiểm chứng đầy đủ, bà con nhớ hỏi lại ${verifiedBy}.`];
}

function inOwnWords({ lead, parts }: Selection): string[] {
  const bullets = parts.length > 1 || lead.length > 0;
  return [lead.join(" "), ...parts.map((part) => (bullets ? `• ${part}` : part))];
}

function firstSentence(passage: Passage): string {
  return sentences(passage.lead)[0] ?? passage.parts[0]?.text ?? "";
}

/** "Căn cứ: Điều 9 khoản 2, 55/2015/NĐ-CP (hiệu lực từ 25/7/2015)." */
function ground({ locator, document, documentTitle, from, to }: Passage, as: string): string {
  const named = /\d/.test(document) ? document : documentTitle;
  const until = to ? ` đến hết ngày ${vietnameseDay(previousDay(to))}` : "";
  return `${as}: ${locator}, ${named} (hiệu lực từ ${vietnameseDay(from)}${until}).`;
}

function previousDay(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}
