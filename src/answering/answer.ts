import type { Certainty, TopicId } from "../knowledge/document.ts";
import { type Passage, validityAt } from "../knowledge/validity.ts";
import type { Analyse } from "../retrieval/query.ts";
import type { Candidate, Retrieve } from "../retrieval/retriever.ts";
import { compose } from "./compose.ts";
import { type Calibration, confidence, type Evidence, weigh } from "./confidence.ts";
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

export type Ask = (question: { text: string; context: string[]; today: string }) => Promise<Answer>;

export type Parts = {
  understand: Understand;
  retrieve: Retrieve;
  analyse: Analyse;
  calibration: Calibration;
  /** The confidence below which nothing is claimed. */
  threshold: number;
  /** Milliseconds since some start, for the trace. */
  clock: () => number;
};

const CANDIDATES = 8;
/** A message that is surely not a question is not searched for an answer. */
const SURE = 0.6;
/** A petition that also asks something is answered when the answer is this sure. */
const MIXED = 0.9;

/** One question to one answer: understood, looked up, weighed, and either claimed with its clause or honestly declined. */
export function createAsk(parts: Parts): Ask {
  return async ({ text, context, today }) => {
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

    if (intent === "steering" && sure < parts.threshold) return other("refused_steering");
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
    if (gap) return { ...other("unanswered_known_gap", true), confidence: gap.confidence, text: gap.selection.lead.join(" ") };
    return { ...other("unanswered_no_support", true), confidence: 1 - Math.max(0, ...found.map((one) => one.confidence)) };
  };
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
  /** The clause that the question spoke of was ended by this answer's document. */
  corrects: boolean;
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
  const candidates = await parts.retrieve({ text: question, background }, CANDIDATES * 3);
  const ranked = rank(candidates, understood).slice(0, CANDIDATES);
  const best = ranked[0] ?? null;
  const nothing: Finding = {
    kind: "nothing",
    question,
    best,
    selection: { lead: [], parts: [] },
    evidence: null,
    confidence: 0,
    corrects: false,
    candidates: ranked,
  };
  if (!best) return nothing;
  const selection = select(best.passage, question, parts.analyse);
  const said = [...selection.lead, ...selection.parts].join(" ");
  const evidence = weigh(best, ranked.find((other) => !sameClause(other, best)), question, said);
  const certainty = confidence(evidence, parts.calibration);
  if (best.passage.certainty === "unknown") return { ...nothing, kind: "gap", selection, evidence, confidence: certainty };
  if (certainty < parts.threshold) return { ...nothing, evidence, confidence: certainty };
  const corrects = candidates.some(
    ({ passage, score }) => passage.supersededBy === best.passage.document && score > best.score * 0.7 && isOver(passage, understood),
  );
  return { ...nothing, kind: "answer", selection, evidence, confidence: certainty, corrects };
}

function sameClause(a: Candidate, b: Candidate): boolean {
  return a.passage.document === b.passage.document && a.passage.locator === b.passage.locator;
}

function isOver(passage: Passage, understood: Understood): boolean {
  return validityAt(passage, understood.asOf) === "ended";
}

/** How much a named instrument counts, and how much an ended clause loses when nobody asked for it. */
const NAMED = 0.12;
const ENDED = 0.75;

/**
 * Orders candidates by what may ground an answer: clauses in force on the day asked about first.
 * A clause that another one replaced grounds nothing; one that merely lapsed may be shown as history.
 */
function rank(candidates: Candidate[], understood: Understood): Candidate[] {
  return candidates
    .flatMap((candidate) => {
      const { passage } = candidate;
      const named = understood.documents.includes(passage.document);
      const validity = validityAt(passage, understood.asOf);
      if (validity === "not-yet") return [];
      if (validity === "ended" && passage.supersededBy !== null) return [];
      const lapsed = validity === "ended" && !named;
      const score = (candidate.score + (named ? NAMED : 0)) * (lapsed ? ENDED : 1);
      return [{ ...candidate, score: Math.min(1, score) }];
    })
    .sort((a, b) => b.score - a.score);
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
