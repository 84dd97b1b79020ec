import type { Passage } from "../knowledge/validity.ts";
import type { Analyse } from "../retrieval/query.ts";
import { fold } from "../text/fold.ts";
import { sentences } from "../text/sentences.ts";
import { states } from "../text/states.ts";
import { fitting } from "./fits.ts";

/** What of a clause is said: sentences of its lead, then the parts that were asked about. */
export type Selection = { lead: string[]; parts: string[] };

/** A lead up to this many characters is said whole. */
const SHORT_LEAD = 420;
const MOST_PARTS = 10;
/** A part is told when it holds this share of what the best one holds. */
const NEARLY = 0.45;
/** Below this share of what an unseen word decides, too little was said to prefer one part to another, so all are told. */
const DECISIVE = 0.9;

/** How text is read, and how much a term decides. */
export type Reading = { analyse: Analyse; telling: (term: string) => number };

/**
 * Picks the sentences and parts of a clause that answer; nothing is rewritten.
 * Words that the clause as a whole is about choose nothing among its parts: only what is said of one part does.
 */
export function select(passage: Passage, question: string, { analyse, telling }: Reading): Selection {
  const asked = analyse(question);
  const setsScene = (term: string) => term.split(/[ _]/).some((plain) => asked.setting.has(plain));
  const wanted = new Set(asked.terms.map((term) => term.text).filter((term) => !setsScene(term)));
  const heading = new Set(analyse(passage.headingPath.join(" ")).terms.map((term) => term.text));
  const deciding = new Set([...wanted].filter((term) => !heading.has(term)));
  const said = sentences(passage.lead);
  const texts = passage.parts.map((part) => part.text);
  const parts =
    texts.length === 0 ? [] : partsAskedFor(texts, deciding, { analyse, telling }).slice(0, MOST_PARTS);
  const lead =
    passage.lead.length <= SHORT_LEAD
      ? said
      : withFirst(said, keepBest(said, wanted, { analyse, telling }, 0.5));
  const chosen = {
    lead: parts.length < texts.length ? withoutOthersFigures(lead, texts, parts) : lead,
    parts,
  };
  return answersLess(question, chosen, [passage.lead, ...texts])
    ? { lead, parts: texts.slice(0, MOST_PARTS) }
    : chosen;
}

/** Whether what was chosen lacks the kind of thing that was asked for (an amount, a time) and the whole clause holds it. */
function answersLess(question: string, { lead, parts }: Selection, whole: string[]): boolean {
  const asked = fold(question);
  const chosen = fitting(asked, fold([...lead, ...parts].join(" ")));
  return chosen < 1 && fitting(asked, fold(whole.join(" "))) > chosen;
}

/** An amount with its unit; a bare number stands in many clauses by chance. */
export const AMOUNT = /\d[\d.,]{0,20}\s{0,3}(?:%|tỷ|tỉ|triệu|nghìn|đồng|lần|năm|tháng|ngày)/gu;

/** When one case was asked for, a sentence that lists the amounts of all cases would only confuse. */
function withoutOthersFigures(lead: string[], all: string[], kept: string[]): string[] {
  const amounts = (texts: string[]) => new Set(texts.flatMap((text) => text.match(AMOUNT) ?? []));
  const own = amounts(kept);
  if (own.size === 0) return lead;
  const others = [...amounts(all)].filter((amount) => !own.has(amount));
  return lead.filter(
    (sentence) => !others.some((amount) => states(sentence, amount.replace(/\s*đồng$/u, ""))),
  );
}

/**
 * In "Tổ hợp tác: 500 triệu đồng" what stands before the colon is the case; the question chooses by that alone.
 * Parts that are no cases make one list, as of papers or conditions, which only whole is an answer.
 */
function partsAskedFor(texts: string[], deciding: Set<string>, reading: Reading): string[] {
  const caseOf = (text: string) => /^[^:]{3,120}(?=: )/u.exec(text)?.[0] ?? "";
  const cases = texts.map(caseOf).filter((own) => own !== "");
  if (cases.length <= texts.length / 2) return texts;
  const kept = new Set(keepBest(cases, deciding, reading, NEARLY));
  return texts.filter((text) => caseOf(text) === "" || kept.has(caseOf(text)));
}

/** The first sentence of a clause answers by itself, so it is always said. */
function withFirst(all: string[], kept: string[]): string[] {
  return all.filter((sentence, i) => i === 0 || kept.includes(sentence));
}

/** Texts that hold nearly as much of what was asked as the best one; words that all of them share tell nothing. */
function keepBest(
  texts: string[],
  wanted: Set<string>,
  { analyse, telling }: Reading,
  share: number,
): string[] {
  const held = texts.map((text) => new Set(analyse(text).terms.map((term) => term.text)));
  const scores = held.map((terms) => {
    let score = 0;
    for (const term of terms) {
      if (wanted.has(term))
        score += telling(term) * Math.log(texts.length / held.filter((other) => other.has(term)).length);
    }
    return score;
  });
  const top = Math.max(...scores);
  return top < DECISIVE * telling("") ? texts : texts.filter((_, i) => (scores[i] ?? 0) >= share * top);
}
