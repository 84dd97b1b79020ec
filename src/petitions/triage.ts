import type { Topic } from "../knowledge/catalog.ts";
import type { TopicId } from "../knowledge/document.ts";
import { trainClassifier } from "../text/classifier.ts";
import { syllables } from "../text/syllables.ts";
import type { Stance } from "./petition.ts";
import { readStance } from "./stance.ts";

/** A first guess at what a petition is and what it is about; staff confirm or correct it. */
export type Triage = (content: string) => { stance: Stance; topic: TopicId };

/** A petition whose topic a person set right. */
export type Corrected = { content: string; topic: string };

/** Learns the topics from their sample phrases and from what staff set right. */
export function createTriage(
  topics: Topic[],
  expand: (text: string) => string,
  corrected: readonly Corrected[] = [],
): Triage {
  const ids = topics.map((topic) => topic.id);
  const learned = corrected.flatMap(({ content, topic }) => {
    const id = ids.find((one) => one === topic);
    return id ? [{ label: id, features: features(expand(content)) }] : [];
  });
  const classify = trainClassifier(ids, [
    ...topics.flatMap(({ id, name, description, phrases }) =>
      [name, description, ...phrases].map((text) => ({ label: id, features: features(expand(text)) })),
    ),
    ...learned,
  ]);
  return (content) => {
    const chances = classify(features(expand(content)));
    const topic = ids.reduce((best, id) => (chances[id] > chances[best] ? id : best), ids[0] ?? "khac");
    return { stance: readStance(content, expand), topic };
  };
}

/** Words count with and without marks, so that "cá" and "cà" differ where the member wrote them apart. */
function features(text: string): string[] {
  const words = syllables(text);
  const plain = words.map((word) => word.plain);
  return [
    "*",
    ...plain,
    ...words.filter((word) => word.marked !== word.plain).map((word) => word.marked),
    ...plain.slice(1).map((word, i) => `${plain[i]} ${word}`),
  ];
}
