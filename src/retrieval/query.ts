import type { FindConcepts } from "../text/concepts.ts";
import { type Syllable, syllables, terms } from "../text/syllables.ts";
import type { WeightedTerm } from "./bm25.ts";

/** A text ready for ranking: its syllables, its weighted terms, and the concepts that it names. */
export type Analysed = {
  words: Syllable[];
  terms: WeightedTerm[];
  concepts: Set<number>;
  /** The concepts that a syllable belongs to. */
  covers: Map<string, number[]>;
  /** The named concepts: a syllable of "Vĩnh Long" is held only by what holds the whole name. */
  names: Map<string, number>;
  /** Syllables that only set the scene, and stand for nothing else in the text. */
  setting: Set<string>;
};

/** One way of reading text, shared by what is indexed and what is asked. */
export type Analyse = (text: string) => Analysed;

const CONCEPT_WEIGHT = 1.2;

/** Prepares the reading of text; `expand` writes shorthand out, the others know phrases that mean the same or only set the scene, and which of them are names. */
export function createAnalyse(
  expand: (text: string) => string,
  findConcepts: FindConcepts,
  findSetting: FindConcepts,
  isName: (concept: number) => boolean = () => false,
): Analyse {
  return (text) => {
    const words = syllables(expand(text));
    const found = findConcepts(words);
    const concepts = new Set(found.map((concept) => concept.group));
    const covers = new Map<string, number[]>();
    for (const { group, start, end } of found) {
      for (const word of words.slice(start, end))
        covers.set(word.plain, [...(covers.get(word.plain) ?? []), group]);
    }
    const names = new Map<string, number>();
    for (const [plain, groups] of covers) {
      const name = groups.find(isName);
      if (name !== undefined && groups.length === 1) names.set(plain, name);
    }
    const scene = new Set(findSetting(words).flatMap(({ start, end }) => words.slice(start, end)));
    return {
      words,
      concepts,
      covers,
      names,
      setting: withoutThose(scene, words),
      terms: [
        ...terms(words),
        ...[...concepts].map((group) => ({ text: `§${group}`, weight: CONCEPT_WEIGHT })),
      ],
    };
  };
}

function withoutThose(scene: Set<Syllable>, words: Syllable[]): Set<string> {
  const others = new Set(words.filter((word) => !scene.has(word)).map((word) => word.plain));
  return new Set([...scene].map((word) => word.plain).filter((plain) => !others.has(plain)));
}
