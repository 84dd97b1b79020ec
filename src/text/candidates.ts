import { LRUCache } from "lru-cache";
import type { Bigrams } from "./bigrams.ts";
import { fold } from "./fold.ts";
import { leftOut, markCost } from "./marks-typed.ts";
import { createSlips } from "./misspellings.ts";
import type { FindShort, ShortForm } from "./shorthand.ts";
import type { Syllable } from "./syllables.ts";
import { fromKeys } from "./telex.ts";

/**
 * What a typed word may have meant: one word or, where it is short for several, all of them; their numbers (-1 for an
 * unknown one), and what it costs to believe so, in nats.
 */
export type Candidate = { read: Syllable[]; words: number[]; cost: number };

/** The short forms that a member may use, and how the ones that stand in a text are found. */
export type Shorts = { all: ShortForm[]; find: FindShort };

/** An unknown word that stays one: a name, a code, a foreign word. */
const STAYS_UNKNOWN = 3;
const WRONG_MARKS = 2.5;
const KEYS = 1;
/** What was typed with marks and could be a syllable is hardly a slip, only a word that the corpus lacks. */
const LOOKS_RIGHT = 5;
/** A word that the corpus knows is seldom a slip of another one. */
const KNOWN_SLIP = 3.5;
/** Still less where its writer leaves no marks out. */
const KNOWN_MARKED_SLIP = 8;
/** Nats that a mark left out costs who types marks. */
const MARKS = 1;
/** A short form of one or two letters may be what a slip left of a longer word. */
const SHORT_SLIP = 1;
const SHORTEST = 2;
/** A mark that went with its letter. */
const MARK_LOST = 1;
const SYLLABLE = /^(?:ngh?|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?$/;
/** A code or an abbreviation: it has no vowel, so only another short form can be told to be meant. */
const CODE = /^[^aeiouy]+$/;
const MOST = 24;
/** What a word may have slipped from that is a word itself. */
const MOST_OF_KNOWN = 8;
/** To look for slips was a fifth of an answer; so many words keep theirs, unless they are longer than a word is. */
const SLIPS_KEPT = 4_000;
const LONGEST_KEPT = 24;
/** A word that belongs to the short form before it. */
const NOTHING: Candidate = { read: [], words: [], cost: 0 };

/** Prepares the reading of typed words: marks typed on purpose stay where the corpus knows the word. */
export function createCandidates(
  bigrams: Bigrams,
  shorts: Shorts | null,
): (words: Syllable[]) => Candidate[][] {
  const { vocabulary, count } = bigrams;
  const forms = knownForms(bigrams);
  const shortForms = shortsByPlain(shorts?.all ?? []);
  const likelySlips = createSlips((plain) => forms.has(plain) || shortForms.has(plain));
  const slips = new LRUCache<string, Candidate[]>({ max: SLIPS_KEPT });
  const read = new Map<number, Syllable>();
  const syllable = (word: number): Syllable => {
    const known = read.get(word);
    if (known) return known;
    const made = { marked: vocabulary.text(word), plain: vocabulary.text(vocabulary.plain(word)) };
    read.set(word, made);
    return made;
  };
  const meant = (word: number, cost: number): Candidate => ({ read: [syllable(word)], words: [word], cost });
  const writtenOut = (full: Syllable[], cost: number): Candidate => ({
    read: full,
    words: full.map(({ marked }) => known(marked)),
    cost,
  });

  return (words) => {
    const left = -Math.log(leftOut(words));
    const [seen, seenShort] = [new Map<string, Candidate[]>(), new Map<string, Candidate[]>()];
    let coveredTo = 0;
    return words.map((typed, i) => {
      if (i < coveredTo) return [NOTHING];
      const short = shorts?.find(words, i);
      if (short) {
        coveredTo = i + short.words.length;
        const others =
          short.words.length === 1 ? once(typed, seenShort, (word) => behindShort(word, left)) : [];
        return [writtenOut(short.full, 0), ...others];
      }
      return once(typed, seen, (word) => columnOf(word, left));
    });
  };

  function known(marked: string): number {
    const word = vocabulary.find(marked);
    return word !== -1 && count(word) > 0 ? word : -1;
  }

  function columnOf(typed: Syllable, left: number): Candidate[] {
    const word = known(typed.marked);
    const itself: Candidate = { read: [typed], words: [word], cost: 0 };
    if (/\d/.test(typed.marked) && !/^[a-z]+[1-9]+$/.test(typed.marked)) return [itself];
    if (typed.marked !== typed.plain)
      return word !== -1 ? [itself, ...slipsOfKnown(typed, left)] : [unknown(typed), ...guesses(typed)];
    const own = [
      ...(forms.get(typed.plain) ?? []).map((form) => meant(form, form === word ? 0 : left)),
      ...shortsWithMarks(typed, left),
    ];
    if (own.length === 0) return [unknown(typed), ...guesses(typed)];
    return [
      ...own,
      ...(word === -1 ? [{ ...itself, cost: STAYS_UNKNOWN }] : []),
      ...slipsOfKnown(typed, left),
    ];
  }

  function unknown(typed: Syllable): Candidate {
    return { read: [typed], words: [-1], cost: STAYS_UNKNOWN };
  }

  /** What a short form may stand for beside what it is short for: a word without its marks ("nha"), or what a slip left of one ("h"). */
  function behindShort(typed: Syllable, left: number): Candidate[] {
    if (typed.marked !== typed.plain) return [];
    const own = [
      ...(forms.get(typed.plain) ?? []).map((form) => meant(form, left)),
      ...shortsWithMarks(typed, left),
    ];
    return typed.plain.length > SHORTEST ? own : [...own, ...slipped(typed, SHORT_SLIP, false)];
  }

  /** Short forms that are written with marks ("hông") where the marks were left out. */
  function shortsWithMarks(typed: Syllable, left: number): Candidate[] {
    return (shortForms.get(typed.plain) ?? []).flatMap(({ words: [short], full, only }) =>
      only || short?.marked === typed.marked ? [] : [writtenOut(full, left)],
    );
  }

  function slipsOfKnown(typed: Syllable, left: number): Candidate[] {
    return shorts ? slipped(typed, left > MARKS ? KNOWN_MARKED_SLIP : KNOWN_SLIP, false) : [];
  }

  /** Words that a word which nobody wrote before may stand for. */
  function guesses(typed: Syllable): Candidate[] {
    if (CODE.test(typed.plain)) return shorts ? slipped(typed, 0, true) : [];
    const keyed = fromKeys(typed.marked);
    const exact = keyed === null ? -1 : known(keyed);
    if (exact !== -1) return [meant(exact, KEYS)];
    const extra = typed.marked !== typed.plain && SYLLABLE.test(typed.plain) ? LOOKS_RIGHT : 0;
    const others = [
      ...offered(typed, typed.plain, WRONG_MARKS + extra, 3),
      ...(keyed === null ? [] : offered(typed, fold(keyed), KEYS + 1 + extra, 3)),
    ];
    return best([...others, ...slipped(typed, extra, true)]);
  }

  /** The words one slip of the fingers away; a short form is among them where the typed word is long enough to tell. */
  function slipped(typed: Syllable, extra: number, isUnknown: boolean): Candidate[] {
    const key = `${typed.marked} ${extra} ${isUnknown}`;
    const made = slips.get(key) ?? lookUpSlips(typed, extra, isUnknown);
    if (typed.marked.length <= LONGEST_KEPT) slips.set(key, made);
    return made;
  }

  function lookUpSlips(typed: Syllable, extra: number, isUnknown: boolean): Candidate[] {
    const found = likelySlips(typed.plain).flatMap(({ plain, cost }) => [
      ...offered(typed, plain, cost + extra, shorts ? MARK_LOST : 3),
      ...(isUnknown ? shortsLike(typed, plain, cost + extra) : []),
    ]);
    return best(found, isUnknown ? MOST : MOST_OF_KNOWN);
  }

  function offered(typed: Syllable, plain: string, cost: number, missing: number): Candidate[] {
    return (forms.get(plain) ?? []).map((form) =>
      meant(form, cost + markCost(typed, vocabulary.text(form), missing)),
    );
  }

  function shortsLike(typed: Syllable, plain: string, cost: number): Candidate[] {
    return (shortForms.get(plain) ?? []).flatMap(({ words: [short], full, only }) =>
      only || !short ? [] : [writtenOut(full, cost + markCost(typed, short.marked, MARK_LOST))],
    );
  }

  /** The likeliest of what was found, each reading once. */
  function best(found: Candidate[], most = MOST): Candidate[] {
    const cheapest = new Map<string, Candidate>();
    for (const candidate of found) {
      const key =
        candidate.words.length === 1
          ? `${candidate.words[0]}`
          : candidate.read.map((w) => w.marked).join(" ");
      if (candidate.cost < (cheapest.get(key)?.cost ?? Number.POSITIVE_INFINITY))
        cheapest.set(key, candidate);
    }
    const value = ({ words, cost }: Candidate) => cost - bigrams.alone(words[0] ?? -1);
    return [...cheapest.values()].sort((a, b) => value(a) - value(b)).slice(0, most);
  }
}

/** Works a word out once, however often it is typed. */
function once(
  typed: Syllable,
  seen: Map<string, Candidate[]>,
  make: (typed: Syllable) => Candidate[],
): Candidate[] {
  const made = seen.get(typed.marked) ?? make(typed);
  seen.set(typed.marked, made);
  return made;
}

/** The words that the texts hold, by how they are written without marks. */
function knownForms({ vocabulary, count }: Bigrams): Map<string, number[]> {
  const forms = new Map<string, number[]>();
  for (let word = 1; word < vocabulary.size(); word++) {
    if (count(word) === 0 || /\d/.test(vocabulary.text(word))) continue;
    const plain = vocabulary.text(vocabulary.plain(word));
    const known = forms.get(plain);
    if (known) known.push(word);
    else forms.set(plain, [word]);
  }
  return forms;
}

/** Short forms of one word by how they are written without marks. */
function shortsByPlain(all: ShortForm[]): Map<string, ShortForm[]> {
  const found = new Map<string, ShortForm[]>();
  for (const form of all) {
    const [first, more] = form.words;
    if (first && !more) found.set(first.plain, [...(found.get(first.plain) ?? []), form]);
  }
  return found;
}
