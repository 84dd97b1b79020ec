import { comparable, statesFolded } from "../text/states.ts";
import { atOnce, type Steps } from "../text/steps.ts";
import type { GoldenQuestion } from "./catalog.ts";
import { TopicId } from "./document.ts";
import type { Passage } from "./validity.ts";

const QUESTIONS_A_STEP = 20;

/**
 * Teaches the clauses what the building part of the golden set asks: a question belongs to a clause when that clause alone,
 * of the documents it may cite, states every expected fact. Questions known to have no answer become gaps, one per topic.
 */
export function withLearnedQuestions(passages: Passage[], golden: GoldenQuestion[]): Passage[] {
  return atOnce(learningSteps(passages, golden));
}

/** The same, some questions a step. */
export function* learningSteps(passages: Passage[], golden: GoldenQuestion[]): Steps<Passage[]> {
  const learned = new Map<string, string[]>();
  const unanswerable = new Map<string, string[]>();
  const words = passages.map((passage) =>
    comparable([passage.lead, ...passage.parts.map((part) => part.text)].join(" ")),
  );
  for (const [i, question] of golden.entries()) {
    if (i % QUESTIONS_A_STEP === 0) yield;
    if (question.split !== "build" || question.context.length > 0) continue;
    if (question.kind === "unanswerable") add(unanswerable, question.topic, question.text);
    if (question.kind !== "answerable" || question.expect.facts.length === 0) continue;
    const [owner, another] = passages.filter((passage, i) => answers(passage, words[i] ?? "", question));
    if (owner && !another) add(learned, owner.id, question.text);
  }
  return [
    ...passages.map((passage) => ({
      ...passage,
      questions: [...passage.questions, ...(learned.get(passage.id) ?? [])],
    })),
    ...[...unanswerable].map(([topic, questions]) => gap(topic, questions)),
  ];
}

function add(map: Map<string, string[]>, key: string, text: string): void {
  map.set(key, [...(map.get(key) ?? []), text]);
}

function answers(passage: Passage, words: string, { expect }: GoldenQuestion): boolean {
  if (expect.documents.length > 0 && !expect.documents.includes(passage.document)) return false;
  return expect.facts.every((fact) =>
    [fact, ...(expect.accept[fact] ?? [])].some((wording) => statesFolded(words, comparable(wording))),
  );
}

/** A clause without words: whoever asks like this is told that there is no information. */
function gap(topic: string, questions: string[]): Passage {
  const known = TopicId.safeParse(topic);
  return {
    id: `gap#${topic}`,
    locator: "",
    headingPath: [],
    lead: "",
    parts: [],
    questions,
    topics: [known.success ? known.data : "khac"],
    certainty: "unknown",
    verifiedBy: null,
    from: "0001-01-01",
    to: null,
    page: null,
    document: "gap",
    documentTitle: "",
    issuer: "",
    source: "",
    file: "golden",
    documentTopics: [],
    aliases: [],
    replaces: [],
    supersededBy: null,
    successors: [],
  };
}
