import type { Passage } from "../knowledge/validity.ts";
import type { Analyse } from "../retrieval/query.ts";
import { sentences } from "../text/sentences.ts";

/** What of a clause is said: sentences of its lead, then the parts that were asked about. */
export type Selection = { lead: string[]; parts: string[] };

/** A lead up to this many characters is said whole. */
const SHORT_LEAD = 420;
const SHORT_PARTS = 4;

/** Picks the sentences and parts of a clause that answer; nothing is rewritten. */
export function select(passage: Passage, question: string, analyse: Analyse): Selection {
  const wanted = new Set(analyse(question).terms.map((term) => term.text));
  const said = sentences(passage.lead);
  const texts = passage.parts.map((part) => part.text);
  return {
    lead: passage.lead.length <= SHORT_LEAD ? said : keepBest(said, wanted, analyse, 0.5),
    parts: texts.length === 0 ? [] : asked(texts, wanted, analyse),
  };
}

function asked(texts: string[], wanted: Set<string>, analyse: Analyse): string[] {
  const best = keepBest(texts, wanted, analyse, 0.6);
  return best.length === texts.length && texts.length > SHORT_PARTS * 2 ? texts.slice(0, SHORT_PARTS * 2) : best;
}

/** Texts that hold nearly as much of what was asked as the best one; words that all of them share tell nothing. */
function keepBest(texts: string[], wanted: Set<string>, analyse: Analyse, share: number): string[] {
  const held = texts.map((text) => new Set(analyse(text).terms.map((term) => term.text)));
  const scores = held.map((terms) => {
    let score = 0;
    for (const term of terms) {
      if (wanted.has(term)) score += Math.log(texts.length / held.filter((other) => other.has(term)).length);
    }
    return score;
  });
  const top = Math.max(...scores);
  return top === 0 ? texts : texts.filter((_, i) => (scores[i] ?? 0) >= share * top);
}
