import { stringify } from "yaml";
import type { TopicId } from "./document.ts";
import { parseMarkdown } from "./markdown.ts";

/** An official reply that shall answer the next member too; days are ISO. */
export type OfficialAnswer = {
  /** The number of the agency's paper, "123/SNN-KTHT". */
  number: string;
  title: string;
  agency: string;
  signed: string;
  effective: string;
  expires: string | null;
  topic: TopicId;
  /** How members ask for it, at least one. */
  questions: string[];
  text: string;
  /** What was answered so: a petition by its code, or a question by its message. */
  of: AnsweredSo;
};

export type AnsweredSo = { petition: string } | { question: number };

/** The reply as a document of ours, whose one clause may be cited. Throws RefusedFile with what is wrong with it. */
export function officialAnswerText(answer: OfficialAnswer): string {
  const { number, title, agency, signed, effective, expires, topic, questions, text, of } = answer;
  const front = {
    number,
    title,
    issuer: agency,
    signed,
    effective,
    expires,
    topics: [topic],
    source: "petition" in of ? `trả lời kiến nghị ${of.petition}` : `trả lời câu hỏi số ${of.question}`,
    certainty: "certain",
  };
  const body = [
    `## ${asLine(title)}`,
    "<!--",
    stringify({ questions: questions.map(asLine) }).trimEnd(),
    "-->",
    asText(text),
  ];
  const made = `---\n${stringify(front)}---\n\n${body.join("\n")}\n`;
  parseMarkdown("trả lời chính thức", made);
  return made;
}

function asLine(text: string): string {
  return asText(text).replace(/\s+/g, " ").trim();
}

/** What a person typed is words and never our syntax: no headings, comments or tables come of it. */
function asText(text: string): string {
  return text
    .replaceAll("<!--", "‹!--")
    .replaceAll("-->", "--›")
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*(?:#{1,6}|\||-{3,}|_{3,}|\*{3,})+\s*/, "").trim())
    .filter((line) => line !== "")
    .join("\n");
}
