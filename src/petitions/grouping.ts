import { atOnce, type Steps } from "../text/steps.ts";
import { type Groupable, type Vector, vectorSteps } from "./likeness.ts";
import { linkSteps } from "./linkage.ts";

export type { Groupable } from "./likeness.ts";

/** Petitions that seem to ask for the same; a person confirms. */
export type SuggestedGroup = {
  topic: string;
  /** The commune when all come from one, else null. */
  area: string | null;
  petitions: number[];
  /** The words of the petition nearest to the middle of the group: a title to start from. */
  example: string;
  /** Mean likeness of the members to the middle, 0 to 1. */
  likeness: number;
};

/**
 * Mean likeness of all pairs between two groups that makes one of them. The same words about another commune may well be
 * another matter, so they must be more alike.
 */
const ALIKE = { here: 0.14, elsewhere: 0.35 };
const SMALLEST = 2;
const VOICES_A_STEP = 500;

/** Petitions with the same words count as one while groups are sought. */
type Voice = { petitions: Groupable[]; vector: Vector };

/**
 * Suggests groups within each topic: syllables and pairs without marks and without the words of asking, rare ones weighing
 * more; the two groups that are most alike become one, for as long as some are alike enough. The largest group comes first.
 */
export function suggestGroups(petitions: readonly Groupable[]): SuggestedGroup[] {
  return atOnce(suggestionSteps(petitions));
}

/** The same, step by step. */
export function* suggestionSteps(petitions: readonly Groupable[]): Steps<SuggestedGroup[]> {
  const byTopic = new Map<string, Groupable[]>();
  for (const petition of petitions) {
    const own = byTopic.get(petition.topic);
    if (own) own.push(petition);
    else byTopic.set(petition.topic, [petition]);
  }
  const found: SuggestedGroup[] = [];
  for (const own of byTopic.values()) {
    for (const voices of yield* groupSteps(own)) {
      if (sizeOf(voices) < SMALLEST) continue;
      found.push(toSuggestion(voices));
      yield;
    }
  }
  return found.sort(
    (a, b) => b.petitions.length - a.petitions.length || (a.petitions[0] ?? 0) - (b.petitions[0] ?? 0),
  );
}

function* groupSteps(petitions: Groupable[]): Steps<Voice[][]> {
  const voices = yield* voiceSteps([...petitions].sort((a, b) => a.id - b.id));
  const things = voices.map(({ petitions: own, vector }) => ({
    vector,
    weight: own.length,
    area: own[0]?.area ?? null,
  }));
  yield;
  const linked = yield* linkSteps(things, ALIKE);
  return linked.map((group) => group.flatMap((at) => voices[at] ?? []));
}

function* voiceSteps(petitions: Groupable[]): Steps<Voice[]> {
  const vectors = yield* vectorSteps(petitions.map(({ content }) => content));
  const voices = new Map<string, Voice>();
  for (const [i, vector] of vectors.entries()) {
    if (i % VOICES_A_STEP === 0) yield;
    const petition = petitions[i];
    if (!petition || vector.terms.length === 0) continue;
    const key = `${petition.area}\n${vector.terms.join()}`;
    const voice = voices.get(key);
    if (voice) voice.petitions.push(petition);
    else voices.set(key, { petitions: [petition], vector });
  }
  return [...voices.values()];
}

function sizeOf(voices: Voice[]): number {
  return voices.reduce((sum, { petitions }) => sum + petitions.length, 0);
}

function toSuggestion(voices: Voice[]): SuggestedGroup {
  const middle = new Map<number, number>();
  for (const { petitions, vector } of voices)
    vector.terms.forEach((term, k) => {
      middle.set(term, (middle.get(term) ?? 0) + (vector.weights[k] ?? 0) * petitions.length);
    });
  const length = Math.sqrt([...middle.values()].reduce((sum, weight) => sum + weight * weight, 0)) || 1;
  const likenesses = voices.map(({ vector: { terms, weights } }) => {
    const product = terms.reduce((sum, term, k) => sum + (weights[k] ?? 0) * (middle.get(term) ?? 0), 0);
    return product / length;
  });
  const nearest = voices[likenesses.indexOf(Math.max(...likenesses))]?.petitions[0];
  const members = voices.flatMap(({ petitions }) => petitions).sort((a, b) => a.id - b.id);
  const areas = new Set(members.map(({ area }) => area));
  const total = voices.reduce((sum, { petitions }, i) => sum + (likenesses[i] ?? 0) * petitions.length, 0);
  return {
    topic: members[0]?.topic ?? "",
    area: areas.size === 1 ? (members[0]?.area ?? null) : null,
    petitions: members.map(({ id }) => id),
    example: nearest?.content ?? "",
    likeness: Math.min(1, total / (members.length || 1)),
  };
}
