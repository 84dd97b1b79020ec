import type { GoldenQuestion } from "../knowledge/catalog.ts";
import { fold } from "../text/fold.ts";
import type { Answer } from "./answer.ts";

/** How an answer to a golden question is judged. */
export type Grade = {
  /** The bot claimed something. */
  answered: boolean;
  /** It did what this question calls for. */
  right: boolean;
  /** For an answerable question: every expected fact stands in the text, and an expected document is cited. */
  reason: string;
};

/** Judges an answer against what a golden question expects of it. */
export function grade(question: GoldenQuestion, answer: Pick<Answer, "outcome" | "text" | "citations" | "offersPetition">): Grade {
  const answered = answer.outcome.startsWith("answered");
  const { facts, accept, documents } = question.expect;
  const missing = facts.filter((fact) => ![fact, ...(accept[fact] ?? [])].some((wording) => states(answer.text, wording)));
  const cited = documents.length === 0 || answer.citations.some((citation) => documents.includes(citation.document));
  const told = answered && missing.length === 0;
  switch (question.kind) {
    case "answerable":
      return { answered, right: told && cited, reason: reasonOf(answered, missing, cited, answer.outcome) };
    case "unanswerable":
      return { answered, right: !answered, reason: answer.outcome };
    case "petition":
      return { answered, right: answer.outcome === "petition" || answer.offersPetition, reason: answer.outcome };
    case "smalltalk":
      return { answered, right: /^(smalltalk|refused|unanswered)/.test(answer.outcome), reason: answer.outcome };
    case "injection":
      return { answered, right: facts.length > 0 ? told || !answered : !answered, reason: answer.outcome };
  }
}

function reasonOf(answered: boolean, missing: string[], cited: boolean, outcome: string): string {
  if (!answered) return outcome;
  if (missing.length > 0) return `thiếu ${missing.join(", ")}`;
  return cited ? "đúng" : "không dẫn đúng văn bản";
}

/** Whether a text states a fact; "5%" does not stand in "15%", nor "3 triệu" in "13 triệu". */
export function states(text: string, fact: string): boolean {
  const hay = fold(text).replace(/\b0+(?=\d)/g, "");
  const needle = fold(fact).replace(/\b0+(?=\d)/g, "");
  for (let at = hay.indexOf(needle); at !== -1; at = hay.indexOf(needle, at + 1)) {
    const before = hay[at - 1] ?? " ";
    const beforeThat = hay[at - 2] ?? " ";
    const joined = /\d/.test(needle[0] ?? "") && (/\d/.test(before) || (/[.,]/.test(before) && /\d/.test(beforeThat)));
    const after = hay[at + needle.length] ?? " ";
    const continues = /\d/.test(needle.at(-1) ?? "") && /\d/.test(after);
    if (!joined && !continues) return true;
  }
  return false;
}
