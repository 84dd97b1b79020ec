import { validityAt } from "../knowledge/validity.ts";
import type { Candidate } from "../retrieval/retriever.ts";
import { comparable, statesFolded } from "../text/states.ts";
import { isOfAnotherBody, wordsOf } from "./rank.ts";
import { AMOUNT } from "./select.ts";

/** A clause that fits the question so much less is no second ground; one that is known by its amounts alone must fit nearly as well. */
const NEAR = 0.5;
const NEARLY_AS_GOOD = 0.75;

/**
 * A clause of another document that grounds the same answer: one of a document that the answer names, else one that states
 * every amount of it. A topic sheet then comes with the decree it tells of. Null where there is none that is certain and in force.
 */
export function secondOf(
  told: Candidate,
  said: string,
  others: readonly Candidate[],
  asOf: string,
): Candidate | null {
  const text = comparable(said);
  const amounts = (said.match(AMOUNT) ?? []).map(comparable);
  const eligible = others.filter(
    ({ passage, score }) =>
      passage.document !== told.passage.document &&
      passage.certainty === "certain" &&
      validityAt(passage, asOf) === "in-force" &&
      score >= told.score * NEAR,
  );
  return (
    eligible.find(({ passage }) => statesFolded(text, shortNumber(passage.document))) ??
    eligible.find(({ passage, score }) => {
      if (amounts.length === 0 || score < told.score * NEARLY_AS_GOOD) return false;
      if (isOfAnotherBody(passage, told.passage)) return false;
      const words = comparable(wordsOf(passage));
      return amounts.every((amount) => statesFolded(words, amount));
    }) ??
    null
  );
}

/** As people write it: 156/2025/NĐ-CP → 156/2025. A topic sheet has no number, and its name stands in no text. */
function shortNumber(document: string): string {
  return comparable(document.split("/").slice(0, 2).join("/"));
}
