import type { Certainty, TopicId } from "../knowledge/document.ts";
import { validityAt } from "../knowledge/validity.ts";
import type { Analyse } from "../retrieval/query.ts";
import type { Candidate, Query, Retrieve } from "../retrieval/retriever.ts";
import { compose } from "./compose.ts";
import { type Calibration, confidence, type Evidence, weigh } from "./confidence.ts";
import { rank } from "./rank.ts";
import { type Selection, select } from "./select.ts";
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

/** A clause that an answer rests on, as it was at the day the question is about. */
export type Citation = {
  document: string;
  title: string;
  locator: string;
  inForce: boolean;
  effectiveFrom: string;
  effectiveTo: string | null;
  passageId: string;
  quote: string;
  certainty: Certainty;
  verifiedBy: string | null;
};

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
  understood: Omit<Understood, "text"> & { text: string };
  parts: {
    question: string;
    evidence: Evidence | null;
    confidence: number;
    candidates: { passage: string; score: number; body: number; asked: number; vector: number; coverage: number }[];
    decision: string;
  }[];
  elapsedMs: number;
};

/** A question with the member's earlier ones, oldest first; `except` is for fair trials on the samples themselves. */
export type Question = { text: string; context: string[]; today: string; except?: Query["except"] };

export type Ask = (question: Question) => Promise<Answer>;

export type Parts = {
  understand: Understand;
  retrieve: Retrieve;
  analyse: Analyse;
  telling: (term: string) => number;
  calibration: Calibration;
  /** Milliseconds since some start, for the trace. */
  clock: () => number;
};

const CANDIDATES = 8;
/** A message that is surely not a question is not searched for an answer. */
const SURE = 0.6;
/** A petition that also asks something is answered when the answer is this sure. */
const MIXED = 0.9;

/** One question to one answer: understood, looked up, weighed, and either claimed with its clause or honestly declined. */
export function createAsk(given: Parts): Ask {
  return async ({ text, context, today, except }) => {
    const parts = except ? { ...given, retrieve: leavingOut(except, given.retrieve) } : given;
    const started = parts.clock();
    const understood = parts.understand(text, context, today);
    const { intent, chances } = understood.reading;
    const found = intent === "steering" && chances.steering >= SURE ? [] : await findAll(parts, understood);
    const answered = found.filter((one) => one.kind === "answer");
    const gaps = found.filter((one) => one.kind === "gap");
    const sure = Math.max(0, ...answered.map((one) => one.confidence));

    const trace = (): Trace => ({ understood, parts: found.map(toTrace), elapsedMs: parts.clock() - started });
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
    if (intent !== "question" && intent !== "petition" && chances[intent] >= SURE && sure < MIXED) {
      return other(SMALL_TALK[intent as keyof typeof SMALL_TALK]);
    }
    if (answered.length > 0) {
      const { text: said, citations, history } = compose(answered, understood, today);
      return {
        ...other(history ? "answered_history" : "answered", intent === "petition"),
        confidence: sure,
        text: said,
        citations,
      };
    }
    const gap = gaps[0];
    const told = gap?.selection.lead.join(" ") ?? "";
    if (gap && told) return { ...other("unanswered_known_gap", true), confidence: gap.confidence, text: told };
    return { ...other("unanswered_no_support", true), confidence: 1 - Math.max(0, ...found.map((one) => one.confidence)) };
  };
}

function leavingOut(except: NonNullable<Query["except"]>, retrieve: Retrieve): Retrieve {
  return (query, limit) => retrieve({ ...query, except }, limit);
}

const SMALL_TALK = {
  greeting: "smalltalk_greeting",
  thanks: "smalltalk_thanks",
  identity: "smalltalk_identity",
  outside: "refused_out_of_scope",
  steering: "refused_steering",
} as const;

/** What was found for one question of the message. */
export type Finding = {
  kind: "answer" | "gap" | "nothing";
  question: string;
  best: Candidate | null;
  selection: Selection;
  evidence: Evidence | null;
  confidence: number;
  /** The replaced clause that the question spoke of, told as history beside the answer. */
  past: Candidate | null;
  candidates: Candidate[];
};

async function findAll(parts: Parts, understood: Understood): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const question of understood.parts) {
    const background = understood.background ?? (question === understood.text ? null : understood.text);
    findings.push(await find(parts, understood, question, background));
  }
  const useful = findings.filter((finding) => finding.kind !== "nothing");
  if (understood.parts.length > 1 && useful.length === 0) {
    return [await find(parts, understood, understood.text, understood.background)];
  }
  return withoutRepeats(findings);
}

function withoutRepeats(findings: Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ best }) => {
    if (!best || seen.has(best.passage.id)) return best === null;
    seen.add(best.passage.id);
    return true;
  });
}

async function find(
  parts: Parts,
  understood: Understood,
  question: string,
  background: string | null,
): Promise<Finding> {
  const found = await parts.retrieve({ text: question, background }, CANDIDATES * 3);
  const prior = await goesOnFrom(understood, parts);
  const candidates = rank(found, { ...understood, prior }, question).slice(0, CANDIDATES);
  const best = candidates[0];
  if (!best) return { kind: "nothing", question, best: null, selection: NOTHING, evidence: null, confidence: 0, past: null, candidates };

  const isPast = best.passage.supersededBy !== null && validityAt(best.passage, understood.asOf) === "ended";
  const present = isPast ? candidates.find((other) => isPresent(other, understood) && other.score >= best.score * PRESENT) : undefined;
  const said = present ?? best;
  const selection = select(said.passage, question, parts);
  const evidence = weigh(said, candidates.find((other) => !sameClause(other, said) && other !== best), question, sayings(selection));
  const certainty = Math.max(confidence(evidence, parts.calibration), present ? certaintyOf(best, question, parts) : 0);
  const kind = said.passage.certainty === "unknown" ? "gap" : certainty < parts.calibration.threshold ? "nothing" : "answer";
  const past = present && best !== present ? best : null;
  return { kind, question, best: said, selection, evidence, confidence: certainty, past, candidates };
}

/** The clause that answered the question before, when this one leans on it. */
async function goesOnFrom({ earlier, asOf, documents }: Understood, parts: Parts): Promise<string | null> {
  if (!earlier) return null;
  const before = rank(await parts.retrieve({ text: earlier, background: null }, CANDIDATES), { asOf, documents, prior: null }, earlier);
  return before[0]?.passage.id ?? null;
}

const NOTHING: Selection = { lead: [], parts: [] };
/** A clause in force answers beside the replaced one that was named, when it fits at least this share as well. */
const PRESENT = 0.6;

function certaintyOf(candidate: Candidate, question: string, parts: Parts): number {
  const selection = select(candidate.passage, question, parts);
  return confidence(weigh(candidate, undefined, question, sayings(selection)), parts.calibration);
}

function sayings({ lead, parts }: Selection): string {
  return [...lead, ...parts].join(" ");
}

function isPresent({ passage }: Candidate, { asOf }: Understood): boolean {
  return validityAt(passage, asOf) === "in-force" && passage.certainty !== "unknown";
}

function sameClause(a: Candidate, b: Candidate): boolean {
  return a.passage.document === b.passage.document && a.passage.locator === b.passage.locator;
}

function toTrace(finding: Finding): Trace["parts"][number] {
  return {
    question: finding.question,
    evidence: finding.evidence,
    confidence: finding.confidence,
    candidates: finding.candidates.map((candidate) => ({
      passage: candidate.passage.id,
      score: candidate.score,
      body: candidate.body,
      asked: candidate.asked,
      vector: candidate.vector,
      coverage: candidate.coverage,
    })),
    decision: finding.kind,
  };
}
