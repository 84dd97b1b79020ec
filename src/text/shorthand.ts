import { syllables } from "./syllables.ts";

/** A short or Southern form and what it stands for; `only` tells beside which neighbour it has that meaning. */
export type Shorthand = {
  short: string;
  full: string;
  only?: "before-number" | "after-number" | "not-after-number" | undefined;
};

/** Rewrites a member's shorthand into full words: "htx vay dc nhiu" → "hợp tác xã vay được bao nhiêu". */
export type Expand = (text: string) => string;

type Form = { words: string[]; full: string; only: Shorthand["only"] };

/** Prepares the rewriting; longer forms win over shorter ones ("lhhtx" before "htx", "bữa nay" before "bữa"). */
export function createExpand(shorthand: Shorthand[]): Expand {
  const forms = new Map<string, Form[]>();
  for (const { short, full, only } of shorthand) {
    const words = syllables(short).map((word) => word.marked);
    const first = words[0];
    if (first) forms.set(first, [...(forms.get(first) ?? []), { words, full, only }]);
  }
  for (const own of forms.values()) own.sort((a, b) => b.words.length - a.words.length);

  return (text) => {
    const words = syllables(text).map((word) => word.marked);
    const written: string[] = [];
    for (let i = 0; i < words.length; ) {
      const form = forms.get(words[i] ?? "")?.find((one) => stands(one, words, i));
      written.push(form ? form.full : (words[i] ?? ""));
      i += form ? form.words.length : 1;
    }
    return written.join(" ");
  };
}

function stands({ words: form, only }: Form, words: string[], at: number): boolean {
  if (!form.every((word, k) => words[at + k] === word)) return false;
  const afterNumber = isNumber(words[at - 1]);
  if (only === "before-number") return isNumber(words[at + form.length]);
  if (only === "after-number") return afterNumber;
  return only !== "not-after-number" || !afterNumber;
}

function isNumber(word: string | undefined): boolean {
  return word !== undefined && /^\d/.test(word);
}
