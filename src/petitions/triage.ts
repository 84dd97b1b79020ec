import type { OpinionSamples, Topic } from "../knowledge/catalog.ts";
import type { TopicId } from "../knowledge/document.ts";
import { type Classify, classifierSteps, createClassify, type Example } from "../text/classifier.ts";
import { atOnce, type Steps } from "../text/steps.ts";
import { syllables } from "../text/syllables.ts";
import { STANCES, type Stance } from "./petition.ts";
import { readStance } from "./stance.ts";
import { createFindTopicWords, type FindTopicWords } from "./topic-words.ts";

/** A first guess at what a petition is and what it is about; staff confirm or correct it. */
export type Triage = (content: string) => { stance: Stance; topic: TopicId };

/** A petition that a person set right. */
export type Corrected = { content: string; topic: string; stance: string };

/** What a guess is made from. `corrected` begins with the newest. */
export type TriageKnowledge = {
  topics: readonly Topic[];
  expand: (text: string) => string;
  opinions?: OpinionSamples;
  corrected?: readonly Corrected[];
};

const STANCE_IDS = Object.keys(STANCES) as Stance[];
const NO_SAMPLES: OpinionSamples = { words: {}, samples: [] };
/** One correction must outweigh the words which led to the wrong guess. */
const CORRECTION_COUNTS = 2;
const SAMPLES_A_STEP = 100;
const BUT = ["nhung", "song", "nhien"];

type Labelled<Label extends string> = { label: Label; text: string };

/** Learns stance and topic from the samples in the knowledge and from what staff set right. */
export function createTriage(knowledge: TriageKnowledge): Triage {
  return atOnce(triageSteps(knowledge));
}

/** The same, step by step. */
export function* triageSteps(knowledge: TriageKnowledge): Steps<Triage> {
  const { expand, opinions = NO_SAMPLES } = knowledge;
  const find = createFindTopicWords(opinions.words, expand);
  const topicFeatures = (text: string) => featuresOfTopic(expand(text), find);
  const stanceFeatures = (text: string) => featuresOfStance(text, expand);
  const ids = knowledge.topics.map(({ id }) => id);
  const classifyTopic = yield* learnSteps(ids, topicSamples(knowledge), topicFeatures);
  const classifyStance = yield* learnSteps(STANCE_IDS, stanceSamples(knowledge), stanceFeatures);
  return (content) => ({
    topic: likeliest(ids, classifyTopic(topicFeatures(content))) ?? "khac",
    // A few corrections alone would be no match for the rules.
    stance:
      (opinions.samples.length > 0 && likeliest(STANCE_IDS, classifyStance(stanceFeatures(content)))) ||
      readStance(content, expand),
  });
}

function* learnSteps<Label extends string>(
  labels: readonly Label[],
  samples: Labelled<Label>[],
  featuresOf: (text: string) => string[],
): Steps<Classify<Label>> {
  const examples: Example<Label>[] = [];
  for (const [i, { label, text }] of samples.entries()) {
    examples.push({ label, features: featuresOf(text) });
    if (i % SAMPLES_A_STEP === 0) yield;
  }
  return createClassify(yield* classifierSteps(labels, examples));
}

function topicSamples({ topics, opinions, corrected = [] }: TriageKnowledge): Labelled<TopicId>[] {
  return [
    ...topics.flatMap(({ id, name, description, phrases }) =>
      [name, description, ...phrases].map((text) => ({ label: id, text })),
    ),
    ...(opinions?.samples ?? []).map(({ topic, text }) => ({ label: topic, text })),
    ...taught(
      topics.map(({ id }) => id),
      corrected.map(({ content, topic }) => ({ label: topic, text: content })),
    ),
  ].filter(({ label }) => topics.some(({ id }) => id === label));
}

function stanceSamples({ opinions, corrected = [] }: TriageKnowledge): Labelled<Stance>[] {
  return [
    ...(opinions?.samples ?? []).map(({ stance, text }) => ({ label: stance, text })),
    ...taught(
      STANCE_IDS,
      corrected.map(({ content, stance }) => ({ label: stance, text: content })),
    ),
  ];
}

function taught<Label extends string>(labels: readonly Label[], given: Labelled<string>[]) {
  const known = given.filter((one): one is Labelled<Label> => labels.some((label) => label === one.label));
  return known.flatMap((one) => Array.from({ length: CORRECTION_COUNTS }, () => one));
}

function likeliest<Label extends string>(labels: readonly Label[], chances: Record<Label, number>) {
  return labels.reduce<Label | undefined>(
    (best, label) => (best === undefined || chances[label] > chances[best] ? label : best),
    undefined,
  );
}

function featuresOfTopic(text: string, find: FindTopicWords): string[] {
  return [...wordsOf(text), ...find(text).map(({ topic, isName }) => `${isName ? "name" : "word"}:${topic}`)];
}

/** The rules' own reading is one feature among the words, and counts as much as it has proved right. */
function featuresOfStance(text: string, expand: (text: string) => string): string[] {
  const expanded = expand(text);
  const plain = syllables(expanded).map((word) => word.plain);
  const but = plain.findIndex((word) => BUT.includes(word));
  return [
    ...wordsOf(expanded),
    `^${plain[0]}`,
    `^${plain[0]} ${plain[1]}`,
    `rules:${readStance(text, expand)}`,
    ...(but > 0 ? ["but", ...plain.slice(but).map((word) => `but:${word}`)] : []),
  ];
}

/** Words count with and without marks, so that "cá" and "cà" differ where the member wrote them apart. */
function wordsOf(text: string): string[] {
  const words = syllables(text);
  const plain = words.map((word) => word.plain);
  return [
    "*",
    ...plain,
    ...words.filter((word) => word.marked !== word.plain).map((word) => word.marked),
    ...plain.slice(1).map((word, i) => `${plain[i]} ${word}`),
  ];
}
