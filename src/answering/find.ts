import { type Passage, validityAt } from "../knowledge/validity.ts";
import type { Analyse } from "../retrieval/query.ts";
import type { Candidate, Retrieve } from "../retrieval/retriever.ts";
import type { ReadAnswerable } from "./answerable.ts";
import { type Calibration, confidence, type Evidence, weigh } from "./confidence.ts";
import type { Finding } from "./finding.ts";
import { spokenOf } from "./follow-up.ts";
import { GOES_ON, rank, whyNot } from "./rank.ts";
import { secondOf } from "./seconding.ts";
import { type Selection, select } from "./select.ts";
import type { Understood } from "./understand.ts";

/** What looking up needs: the index, how text is read, and how sure one may be. */
export type Finders = {
  retrieve: Retrieve;
  analyse: Analyse;
  telling: (term: string) => number;
  answerable: ReadAnswerable;
  calibration: Calibration;
};

const CANDIDATES = 8;
/** Enough to tell staff that the clause they think of is not in force. */
const REJECTED = 3;
/** Many more are looked at than kept, since most may not be in force on the day asked about. */
const POOL = 60;

/** Looks up every question of a message; a message none of whose questions stands alone is looked up whole. */
export async function findAll(finders: Finders, understood: Understood): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const question of understood.parts) {
    const background = understood.background ?? (question === understood.text ? null : understood.text);
    findings.push(await findInStory(finders, understood, question, background));
  }
  const useful = findings.filter((finding) => finding.kind !== "nothing");
  if (understood.parts.length > 1 && useful.length === 0) {
    return [await find(finders, understood, understood.text, understood.background)];
  }
  return withoutRepeats(findings);
}

/** A story helps some questions and drowns others, so its question is looked up both with it and alone; one of several questions would lose its subject. */
async function findInStory(
  finders: Finders,
  understood: Understood,
  question: string,
  background: string | null,
): Promise<Finding> {
  const whole = await find(finders, understood, question, background);
  const isStory =
    understood.background !== null && understood.earlier === null && understood.parts.length === 1;
  if (!isStory) return whole;
  const alone = await find(finders, understood, question, null);
  return alone.kind !== "nothing" && alone.confidence > whole.confidence ? alone : whole;
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
  finders: Finders,
  understood: Understood,
  question: string,
  background: string | null,
): Promise<Finding> {
  const found = await finders.retrieve({ text: question, background }, POOL);
  const earlier = await goesOnFrom(understood, finders);
  const prior = earlier && (spokenOf(question, earlier.passage, finders) ?? 1) >= GOES_ON ? earlier : null;
  const candidates = rank(found, { ...understood, prior: prior?.passage.id ?? null }, question).slice(
    0,
    CANDIDATES,
  );
  const rejected = rejectedOf(found, understood);
  const best = candidates[0];
  if (!best) return { ...NOTHING, question, candidates, rejected };

  const isPast = best.passage.supersededBy !== null && validityAt(best.passage, understood.asOf) === "ended";
  const present = isPast ? await presentRule(best, candidates, understood, finders) : undefined;
  const said = present ?? best;
  const selection = select(said.passage, question, finders);
  const others = candidates.filter((other) => other !== said && other !== best);
  const evidence = weighed(said, others, question, selection, finders);
  const spoken = understood.earlier === null ? null : spokenOf(question, said.passage, finders);
  const certainty =
    Math.max(
      confidence(evidence, finders.calibration),
      present ? certaintyOf(best, others, question, finders) : 0,
      inherited(said, spoken, prior),
    ) * ((spoken ?? 1) < GOES_ON ? ELSEWHERE : 1);
  const kind =
    said.passage.certainty === "unknown"
      ? "gap"
      : certainty < finders.calibration.threshold
        ? "nothing"
        : "answer";
  const past = present && best !== present ? best : null;
  return {
    kind,
    question,
    best: said,
    selection,
    evidence,
    confidence: certainty,
    past,
    second: kind === "answer" ? secondOf(said, sayings(selection), others, understood.asOf) : null,
    candidates,
    rejected,
  };
}

function rejectedOf(found: Candidate[], understood: Understood): Finding["rejected"] {
  return found
    .flatMap((candidate) => {
      const why = whyNot(candidate.passage, understood);
      return why ? [{ candidate, why }] : [];
    })
    .slice(0, REJECTED);
}

/** The clause that answered the question before, and how surely, when this one leans on it. */
async function goesOnFrom({ earlier, asOf, documents }: Understood, finders: Finders): Promise<Prior | null> {
  if (!earlier) return null;
  const [before, ...others] = rank(
    await finders.retrieve({ text: earlier, background: null }, CANDIDATES),
    { asOf, documents, prior: null },
    earlier,
  );
  return before
    ? { passage: before.passage, certainty: certaintyOf(before, others, earlier, finders) }
    : null;
}

type Prior = { passage: Passage; certainty: number };

/** A follow-up that its clause covers is as sure as the answer that it goes on from. */
function inherited(candidate: Candidate, spoken: number | null, prior: Prior | null): number {
  if (candidate.passage.id !== prior?.passage.id) return 0;
  const share = Math.max(candidate.coverage, spoken ?? 0);
  return share >= GOES_ON ? prior.certainty * share : 0;
}

/** What a follow-up is worth of a clause that the earlier question led to and that does not speak of what it names. */
const ELSEWHERE = 0.5;

const NOTHING: Omit<Finding, "question" | "candidates" | "rejected"> = {
  kind: "nothing",
  best: null,
  selection: { lead: [], parts: [] },
  evidence: null,
  confidence: 0,
  past: null,
  second: null,
};
/** A clause in force answers beside the replaced one that was named, when it fits at least this share as well. */
const PRESENT = 0.6;

function certaintyOf(candidate: Candidate, others: Candidate[], question: string, finders: Finders): number {
  const selection = select(candidate.passage, question, finders);
  return confidence(weighed(candidate, others, question, selection, finders), finders.calibration);
}

function weighed(
  candidate: Candidate,
  others: Candidate[],
  question: string,
  selection: Selection,
  finders: Finders,
): Evidence {
  return weigh(candidate, others, {
    question,
    answer: sayings(selection),
    answerable: finders.answerable(question),
  });
}

function sayings({ lead, parts }: Selection): string {
  return [...lead, ...parts].join(" ");
}

/**
 * What holds today instead of a replaced clause: the successor's clause that fits the question nearly as well,
 * else the one nearest to the words of the replaced clause, else whatever fits nearly as well.
 */
async function presentRule(
  past: Candidate,
  candidates: Candidate[],
  understood: Understood,
  { retrieve }: Finders,
): Promise<Candidate | undefined> {
  const { headingPath, lead, parts, successors } = past.passage;
  const asked = candidates.find(
    (other) =>
      successors.includes(other.passage.document) &&
      isPresent(other, understood) &&
      other.score >= past.score * PRESENT,
  );
  if (asked) return asked;
  const words = [headingPath.at(-1), lead, ...parts.map((part) => part.text)].join(" ");
  const near = (await retrieve({ text: words, background: null }, POOL)).find(
    (other) => successors.includes(other.passage.document) && isPresent(other, understood),
  );
  const known = candidates.find(({ passage }) => passage.id === near?.passage.id) ?? near;
  return (
    known ?? candidates.find((other) => isPresent(other, understood) && other.score >= past.score * PRESENT)
  );
}

function isPresent({ passage }: Candidate, { asOf }: Understood): boolean {
  return validityAt(passage, asOf) === "in-force" && passage.certainty !== "unknown";
}
