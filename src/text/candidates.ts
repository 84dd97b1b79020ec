import type { Bigrams } from "./bigrams.ts";
import { fold } from "./fold.ts";
import { slips } from "./misspellings.ts";
import type { Syllable } from "./syllables.ts";
import { fromKeys } from "./telex.ts";

/** What a typed word may have meant: the word, its number (-1 for an unknown one), and what it costs to believe so, in nats. */
export type Candidate = { read: Syllable; word: number; cost: number };

/** Marks are on three of four syllables of Vietnamese. */
const MARKED_SHARE = 0.75;
/** The chance that a mark is left out by who otherwise types marks. */
const LEAST_LEFT_OUT = 0.01;
/** An unknown word that stays one: a name, a code, a foreign word. */
const STAYS_UNKNOWN = 3;
const WRONG_MARKS = 2.5;
const KEYS = 1;
/** What was typed with marks and could be a syllable is hardly a slip, only a word that the corpus lacks. */
const LOOKS_RIGHT = 4;
const SYLLABLE = /^(?:ngh?|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?$/;
/** A code or an abbreviation: it has no vowel, so no letter of it can be told to be wrong. */
const CODE = /^[^aeiouy]+$/;
const MOST = 24;

/** Prepares the reading of typed words: marks typed on purpose stay where the corpus knows the word. */
export function createCandidates(bigrams: Bigrams): (words: Syllable[]) => Candidate[][] {
  const { vocabulary, count } = bigrams;
  const forms = new Map<string, number[]>();
  for (let word = 1; word < vocabulary.size(); word++) {
    if (count(word) === 0 || /\d/.test(vocabulary.text(word))) continue;
    const plain = vocabulary.text(vocabulary.plain(word));
    const known = forms.get(plain);
    if (known) known.push(word);
    else forms.set(plain, [word]);
  }
  const read = new Map<number, Syllable>();
  const syllable = (word: number): Syllable => {
    const known = read.get(word);
    if (known) return known;
    const made = { marked: vocabulary.text(word), plain: vocabulary.text(vocabulary.plain(word)) };
    read.set(word, made);
    return made;
  };
  const meant = (word: number, cost: number): Candidate => ({ read: syllable(word), word, cost });

  return (words) => {
    const left = leftOut(words);
    return words.map((typed) => {
      const word = vocabulary.find(typed.marked);
      const known = word !== -1 && count(word) > 0;
      const itself = { read: typed, word: known ? word : -1, cost: 0 };
      if (/\d/.test(typed.marked) && !/^[a-z]+[1-9]+$/.test(typed.marked)) return [itself];
      if (typed.marked !== typed.plain) return known ? [itself] : [unknown(typed), ...guesses(typed)];
      const own = (forms.get(typed.plain) ?? []).map((form) =>
        meant(form, form === word ? 0 : -Math.log(left)),
      );
      if (own.length > 0) return known ? own : [...own, { ...itself, cost: STAYS_UNKNOWN }];
      return [unknown(typed), ...guesses(typed)];
    });
  };

  function unknown(typed: Syllable): Candidate {
    return { read: typed, word: -1, cost: STAYS_UNKNOWN };
  }

  /** Words that a word which nobody wrote before may stand for. */
  function guesses(typed: Syllable): Candidate[] {
    if (CODE.test(typed.plain)) return [];
    const extra = typed.marked !== typed.plain && SYLLABLE.test(typed.plain) ? LOOKS_RIGHT : 0;
    const costs = new Map<number, number>();
    const offer = (plain: string, cost: number) => {
      for (const form of forms.get(plain) ?? []) {
        const all = cost + extra + markCost(typed, vocabulary.text(form));
        if (all < (costs.get(form) ?? Number.POSITIVE_INFINITY)) costs.set(form, all);
      }
    };
    const keyed = fromKeys(typed.marked);
    const exact = keyed === null ? -1 : vocabulary.find(keyed);
    if (exact !== -1 && count(exact) > 0) return [meant(exact, KEYS)];
    if (keyed !== null) offer(fold(keyed), KEYS + 1);
    offer(typed.plain, WRONG_MARKS);
    for (const { plain, cost } of slips(typed.plain)) offer(plain, cost);
    return [...costs]
      .sort((a, b) => a[1] - bigrams.alone(a[0]) - (b[1] - bigrams.alone(b[0])))
      .slice(0, MOST)
      .map(([form, cost]) => meant(form, cost));
  }
}

/** How likely this writer leaves a mark out, by how few syllables have one. */
function leftOut(words: Syllable[]): number {
  const letters = words.filter(({ plain }) => /^[a-z]+$/.test(plain));
  const marked = letters.filter(({ marked, plain }) => marked !== plain).length;
  const share = letters.length === 0 ? 0 : marked / letters.length;
  return Math.min(1, Math.max(LEAST_LEFT_OUT, 1 - share / MARKED_SHARE));
}

/** Marks that were typed and do not stand in the word that is guessed count against it; they were typed on purpose. */
function markCost({ marked, plain }: Syllable, guess: string): number {
  if (marked === plain) return 0;
  const typed = marksOf(marked);
  const guessed = marksOf(guess);
  let cost = 0;
  for (const mark of typed) if (!guessed.includes(mark)) cost += 3;
  for (const mark of guessed) if (!typed.includes(mark)) cost += 3;
  return cost;
}

function marksOf(word: string): string[] {
  return [...word.normalize("NFD")].filter((letter) => /[\p{M}đ]/u.test(letter));
}
