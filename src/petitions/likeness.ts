import type { Steps } from "../text/steps.ts";
import { syllables } from "../text/syllables.ts";

/** What grouping reads of an open petition; `area` is its commune of today, or null. */
export type Groupable = { id: number; content: string; topic: string; area: string | null };

/** Numbers of terms, rising, and what each weighs; of length 1 unless it is empty. */
export type Vector = { terms: Int32Array; weights: Float64Array };

/** A pair counts less than its words, since people put the same words in another order. */
const PAIR = 0.5;
/** A pair with a word of asking in it says less still: "lại cầu", "xin lò". */
const LOOSE_PAIR = 0.25;
/** A word that one petition alone has must not outweigh all that it shares with others. */
const RAREST = 2.5;
const TEXTS_A_STEP = 50;

/** How people ask and who asks, without marks; whatever they ask for, these words stand around it. */
const ASKING = new Set(
  [
    "xin mong nho de nghi kien muon can duoc cho giup gium ho tro dum nguyen vong cam on thua y kien noi",
    "ba con tui toi tu em chung htx hop tac xa to thanh vien nha nuoc cap tren cac anh chi can bo thay mat",
    "da thiet trong lam may cung vay co nhieu qua roi hoai lai nua la thi ma va cua voi o ra vo vao tai den len xuong",
    "mot con cai nay do kia som gap het ai khong chua bi vi tien moi",
  ].flatMap((line) => line.split(" ")),
);

/** A term of some texts: a syllable or a pair of neighbours. */
type Term = { at: number; worth: number; seenIn: number };

/** A syllable of some texts, with the pairs that it begins. */
type Word = { isNumber: boolean; isAsking: boolean; alone: Term; before: Map<Word, Term> };

/** The texts as vectors of length 1, in which what few of them say weighs more, step by step. */
export function* vectorSteps(contents: readonly string[]): Steps<Vector[]> {
  const readTerms = createReadTerms();
  const counted: Map<Term, number>[] = [];
  for (const content of contents) {
    counted.push(readTerms(content));
    if (counted.length % TEXTS_A_STEP === 0) yield;
  }
  const vectors: Vector[] = [];
  for (const terms of counted) {
    vectors.push(weighed(terms, contents.length));
    if (vectors.length % TEXTS_A_STEP === 0) yield;
  }
  return vectors;
}

/** Reads how often each term stands in a text. Numbers tell petitions apart that ask for the same ("ấp 3", "ấp 5"), so they are left out. */
function createReadTerms(): (content: string) => Map<Term, number> {
  const words = new Map<string, Word>();
  let count = 0;
  const newTerm = (worth: number): Term => ({ at: count++, worth, seenIn: 0 });

  return (content) => {
    const terms = new Map<Term, number>();
    let last: Word | null = null;
    for (const { plain } of syllables(content)) {
      const word = wordOf(plain);
      if (last) note(terms, pairOf(last, word));
      if (!word.isNumber && !word.isAsking) note(terms, word.alone);
      last = word;
    }
    return terms;
  };

  function wordOf(plain: string): Word {
    const known = words.get(plain);
    if (known) return known;
    const word = {
      isNumber: /\d/.test(plain),
      isAsking: ASKING.has(plain),
      alone: newTerm(1),
      before: new Map(),
    };
    words.set(plain, word);
    return word;
  }

  function pairOf(first: Word, second: Word): Term | null {
    if (first.isNumber || second.isNumber || (first.isAsking && second.isAsking)) return null;
    const known = first.before.get(second);
    if (known) return known;
    const pair = newTerm(first.isAsking || second.isAsking ? LOOSE_PAIR : PAIR);
    first.before.set(second, pair);
    return pair;
  }
}

function note(terms: Map<Term, number>, term: Term | null): void {
  if (!term) return;
  const before = terms.get(term) ?? 0;
  if (before === 0) term.seenIn += 1;
  terms.set(term, before + term.worth);
}

function weighed(counted: ReadonlyMap<Term, number>, texts: number): Vector {
  const rising = [...counted.keys()].sort((a, b) => a.at - b.at);
  const weights = Float64Array.from(
    rising,
    (term) => Math.sqrt(counted.get(term) ?? 0) * Math.min(RAREST, Math.log(1 + texts / term.seenIn)),
  );
  const length = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0)) || 1;
  return {
    terms: Int32Array.from(rising, ({ at }) => at),
    weights: weights.map((weight) => weight / length),
  };
}
