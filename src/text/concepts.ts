import { type Syllable, syllables } from "./syllables.ts";

/** A phrase of a synonym group found in a text: the group, and the syllables from `start` up to `end`. */
export type Concept = { group: number; start: number; end: number };

/** Finds the phrases of the synonym groups in a text, the longest at each place and none inside another; "lương vùng 3" holds "lương vùng" and "vùng 3". */
export type FindConcepts = (words: Syllable[]) => Concept[];

/**
 * Prepares the search for groups of phrases that mean the same ("vay tín chấp", "vay không thế chấp"). Marks are folded
 * unless `by` says that they tell words apart: "vay" is no "vậy".
 */
export function createFindConcepts(groups: string[][], by: keyof Syllable = "plain"): FindConcepts {
  const byFirst = new Map<string, { words: string[]; group: number }[]>();
  groups.forEach((phrases, group) => {
    for (const phrase of phrases) {
      const words = syllables(phrase).map((word) => word[by]);
      const first = words[0];
      if (first) byFirst.set(first, [...(byFirst.get(first) ?? []), { words, group }]);
    }
  });
  for (const forms of byFirst.values()) forms.sort((a, b) => b.words.length - a.words.length);

  return (words) => {
    const found: Concept[] = [];
    let last = 0;
    for (let i = 0; i < words.length; i++) {
      const form = byFirst
        .get(words[i]?.[by] ?? "")
        ?.find(({ words: form }) => form.every((word, k) => words[i + k]?.[by] === word));
      const end = i + (form?.words.length ?? 0);
      if (form && end > last) {
        found.push({ group: form.group, start: i, end });
        last = end;
      }
    }
    return found;
  };
}
