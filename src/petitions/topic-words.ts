import type { TopicId } from "../knowledge/document.ts";
import { syllables } from "../text/syllables.ts";

/** The topics that the words of a text point to, each once for every word or name found. */
export type FindTopicWords = (text: string) => { topic: TopicId; isName: boolean }[];

type Word = { topic: TopicId; marked: string; plain: string; isName: boolean };

/**
 * Looks for words that point to a topic. In a text without marks only names of several syllables count, since "lo" may as
 * well be "lộ" or "lo".
 */
export function createFindTopicWords(
  words: Partial<Record<TopicId, string[]>>,
  expand: (text: string) => string,
): FindTopicWords {
  const known = (Object.keys(words) as TopicId[]).flatMap((topic) =>
    (words[topic] ?? []).map((word): Word => ({ topic, ...spelt(expand(word)) })),
  );
  return (text) => {
    const { marked, plain } = spelt(text);
    const hasMarks = marked !== plain;
    const found = known.filter((word) =>
      hasMarks ? marked.includes(word.marked) : word.isName && plain.includes(word.plain),
    );
    return found.map(({ topic, isName }) => ({ topic, isName }));
  };
}

/** Its syllables with a space on either side of each, so that no word is found inside another. */
function spelt(text: string) {
  const read = syllables(text);
  return {
    marked: ` ${read.map(({ marked }) => marked).join(" ")} `,
    plain: ` ${read.map(({ plain }) => plain).join(" ")} `,
    isName: read.length > 1,
  };
}
