import type { TopicId } from "../knowledge/document.ts";
import type { Candidate } from "../retrieval/retriever.ts";
import { compose } from "./compose.ts";
import type { Evidence } from "./confidence.ts";
import { type Finders, findAll } from "./find.ts";
import type { Citation, Finding } from "./finding.ts";
import { type Rewording, reword } from "./reword.ts";
import type { Understand, Understood } from "./understand.ts";

/** What became of a message; a suffix says more. Stored with the message, filtered on by staff. */
export type Outcome =
  | "answered"
  | "answered_history"
  | "unanswered_no_support"
  | "unanswered_known_gap"
  | "petition"
  | "smalltalk_greeting"
  | "smalltalk_thanks"
  | "smalltalk_identity"
  | "refused_out_of_scope"
  | "refused_steering";

export type Answer = {
  outcome: Outcome;
  /** 0 to 1: how likely the answer is right. */
  confidence: number;
  text: string;
  topic: TopicId | null;
  asOf: string;
  citations: Citation[];
  /** A petition is offered with it. */
  offersPetition: boolean;
  trace: Trace;
};

/** How an answer came about, for staff: what was understood, what was found and what came of it. */
export type Trace = {
  understood: Understood;
  parts: {
    question: string;
    evidence: Evidence | null;
    confidence: number;
    candidates: TracedCandidate[];
    /** The nearest clauses that were put aside, since they were not in force on the day asked about. */
    rejected: { passage: string; document: string; locator: string; score: number; why: string }[];
    decision: string;
  }[];
  /** The confidence that an answer needs. */
  threshold: number;
  /** Ids of the clauses that the answer told. */
  cited: string[];
  /** "rephrased", "rejected: …" or "failed: …" when a language model was asked for other words, else null. */
  rephrasing: string | null;
  elapsedMs: number;
  /** Milliseconds by what they were spent on. */
  timings: { understanding: number; searching: number; wording: number };
};

type TracedCandidate = {
  passage: string;
  document: string;
  locator: string;
  /** What it became: told, named beside it, told as history, too unsure, a known gap, or ranked behind another. */
  fate: "told" | "second" | "history" | "unsure" | "gap" | "behind";
  score: number;
  body: number;
  asked: number;
  vector: number;
  coverage: number;
};

/** A question with the member's earlier ones, oldest first. */
export type Question = { text: string; context: string[]; today: string };

export type Ask = (question: Question) => Promise<Answer>;

/** What answering needs; `clock` gives milliseconds since some start, for the trace. */
export type Parts = Finders & { understand: Understand; clock: () => number; rewording?: Rewording | null };

/** A message that is surely not a question is not searched for an answer. */
const SURE = 0.6;
/** A petition that also asks something is answered when the answer is this sure. */
const MIXED = 0.9;
/** A message that is a petition as likely as this is answered and offered to be filed. */
const PERHAPS = 0.25;
/** Small talk is short, and a few common words stand in many clauses. */
const TALKS = 0.97;

/** One question to one answer: understood, looked up, weighed, and either claimed with its clause or honestly declined. */
export function createAsk(parts: Parts): Ask {
  return async ({ text, context, today }) => {
    const started = parts.clock();
    const understood = parts.understand(text, context, today);
    const understoodAt = parts.clock();
    const { intent, chances } = understood.reading;
    const found = intent === "steering" && chances.steering >= SURE ? [] : await findAll(parts, understood);
    const foundAt = parts.clock();
    const answered = found.filter((one) => one.kind === "answer");
    const gap = found.find((one) => one.kind === "gap" && one.selection.lead.length > 0);
    const sure = Math.max(0, ...answered.map((one) => one.confidence));

    const trace = (rephrasing: string | null = null, citations: Citation[] = []): Trace => ({
      understood,
      parts: found.map(toTrace),
      threshold: parts.calibration.threshold,
      cited: citations.map(({ passageId }) => passageId),
      rephrasing,
      elapsedMs: parts.clock() - started,
      timings: {
        understanding: understoodAt - started,
        searching: foundAt - understoodAt,
        wording: parts.clock() - foundAt,
      },
    });
    const other = (outcome: Outcome, offersPetition = false): Answer => ({
      outcome,
      confidence: chances[intent],
      text: "",
      topic: found[0]?.best?.passage.topics[0] ?? null,
      asOf: understood.asOf,
      citations: [],
      offersPetition,
      trace: trace(),
    });

    if (intent === "steering" && sure < parts.calibration.threshold) return other("refused_steering");
    if (intent === "petition" && sure < MIXED) return other("petition", true);
    if (intent !== "question" && intent !== "petition" && chances[intent] >= SURE && sure < TALKS) {
      return other(SMALL_TALK[intent as keyof typeof SMALL_TALK]);
    }
    if (gap && (gap === found[0] || gap.confidence >= sure)) {
      return {
        ...other("unanswered_known_gap", true),
        confidence: gap.confidence,
        text: gap.selection.lead.join(" "),
      };
    }
    if (answered.length > 0) {
      const reworded = await reword(parts.rewording, understood.text, answered);
      const { text: said, citations, history } = compose(answered, understood, today, reworded.said);
      return {
        ...other(
          history ? "answered_history" : "answered",
          chances.petition >= PERHAPS || unsaid(found).length > 0,
        ),
        confidence: sure,
        text: [said, ...unsaid(found)].join("\n\n"),
        citations,
        trace: trace(reworded.outcome, citations),
      };
    }
    return {
      ...other("unanswered_no_support", true),
      confidence: 1 - Math.max(0, ...found.map((one) => one.confidence)),
    };
  };
}

/** What of a message with several questions stays open; it names no figure, since none is quoted for it. */
function unsaid(found: Finding[]): string[] {
  const open = found.filter((one) => one.kind !== "answer");
  if (open.length === 0) return [];
  const office = open.find((one) => one.kind === "gap")?.best?.passage.verifiedBy;
  const where = office ? `; bà con hỏi ${office}` : "";
  return [`Phần còn lại của câu hỏi tôi chưa có thông tin chắc chắn${where}.`];
}

const SMALL_TALK = {
  greeting: "smalltalk_greeting",
  thanks: "smalltalk_thanks",
  identity: "smalltalk_identity",
  outside: "refused_out_of_scope",
  steering: "refused_steering",
} as const;

function toTrace(finding: Finding): Trace["parts"][number] {
  return {
    question: finding.question,
    evidence: finding.evidence,
    confidence: finding.confidence,
    candidates: finding.candidates.map((candidate) => ({
      ...named(candidate),
      fate: fateOf(candidate, finding),
      score: candidate.score,
      body: candidate.body,
      asked: candidate.asked,
      vector: candidate.vector,
      coverage: candidate.coverage,
    })),
    rejected: finding.rejected.map(({ candidate, why }) => ({
      ...named(candidate),
      score: candidate.score,
      why,
    })),
    decision: finding.kind,
  };
}

/** The names are kept beside the id, since a later edition may not hold the clause any more. */
function named({ passage: { id, document, locator } }: Candidate) {
  return { passage: id, document, locator };
}

function fateOf(candidate: Candidate, { best, past, second, kind }: Finding): TracedCandidate["fate"] {
  if (candidate.passage.id === past?.passage.id) return "history";
  if (candidate.passage.id === second?.passage.id) return "second";
  if (candidate.passage.id !== best?.passage.id) return "behind";
  return FATES[kind];
}

const FATES = { answer: "told", gap: "gap", nothing: "unsure" } as const;
