import { type Syllable, syllables } from "./syllables.ts";

/** A short or Southern form and what it stands for; `only` tells beside which neighbour it has that meaning. */
export type Shorthand = {
  short: string;
  full: string;
  only?: "before-number" | "after-number" | "not-after-number" | undefined;
};

/** Rewrites a member's shorthand into full words: "htx vay dc nhiu" → "hợp tác xã vay được bao nhiêu". */
export type Expand = (text: string) => string;

/** A short form: the words that it is written with, and the words that it stands for. */
export type ShortForm = { words: Syllable[]; full: Syllable[]; only: Shorthand["only"] };

/** Finds the longest short form that begins at a word of a text and may stand there. */
export type FindShort = (words: Syllable[], at: number) => ShortForm | undefined;

/** Prepares the rewriting; longer forms win over shorter ones ("lhhtx" before "htx", "bữa nay" before "bữa"). */
export function createExpand(shorthand: Shorthand[]): Expand {
  const find = createFindShort(shortForms(shorthand));
  return (text) =>
    writeOut(syllables(text), find)
      .map(({ marked }) => marked)
      .join(" ");
}

/** A word as a text is read, and the first and the last of the words that it came from. */
export type Written = { marked: string; from: number; to: number };

/** Words with every short form written out. */
export function writeOut(words: Syllable[], find: FindShort): Written[] {
  const written: Written[] = [];
  for (let i = 0; i < words.length; ) {
    const form = find(words, i);
    const [from, to] = [i, i + (form?.words.length ?? 1) - 1];
    for (const { marked } of form?.full ?? [words[i] as Syllable]) written.push({ marked, from, to });
    i = to + 1;
  }
  return written;
}

export function shortForms(shorthand: Shorthand[]): ShortForm[] {
  return shorthand.map(({ short, full, only }) => ({
    words: syllables(short),
    full: syllables(full),
    only,
  }));
}

export function createFindShort(all: ShortForm[]): FindShort {
  const byFirst = new Map<string, ShortForm[]>();
  for (const form of all) {
    const first = form.words[0]?.marked;
    if (first) byFirst.set(first, [...(byFirst.get(first) ?? []), form]);
  }
  for (const own of byFirst.values()) own.sort((a, b) => b.words.length - a.words.length);
  return (words, at) => byFirst.get(words[at]?.marked ?? "")?.find((form) => stands(form, words, at));
}

function stands({ words: form, only }: ShortForm, words: Syllable[], at: number): boolean {
  if (!form.every((word, k) => words[at + k]?.marked === word.marked)) return false;
  const afterNumber = isNumber(words[at - 1]);
  if (only === "before-number") return isNumber(words[at + form.length]);
  if (only === "after-number") return afterNumber;
  return only !== "not-after-number" || !afterNumber;
}

function isNumber(word: Syllable | undefined): boolean {
  return word !== undefined && /^\d/.test(word.marked);
}
