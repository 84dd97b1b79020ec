import { syllables } from "../text/syllables.ts";

/** What grouping reads of an open petition; `area` is its commune of today, or null. */
export type Groupable = { id: number; content: string; topic: string; area: string | null };

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

type Vector = Map<string, number>;
type Cluster = { members: { petition: Groupable; vector: Vector }[]; sum: Vector; length: number };

/** Among 149 opinions about different things four pairs are this alike. The same words about another commune may well be another matter, so they must be more alike. */
const ALIKE = 0.3;
const ALIKE_ELSEWHERE = 0.42;
const SMALLEST = 2;
/** A pair counts less than its words, since people put the same words in another order. */
const PAIR = 0.5;
/** A word that one petition alone has must not outweigh all that it shares with others. */
const RAREST = 2.5;

/**
 * Suggests groups within each topic: syllables and pairs without marks, rare ones weighing more, each petition joining
 * the nearest middle of a group in the order of the ids. The largest group comes first.
 */
export function suggestGroups(petitions: readonly Groupable[]): SuggestedGroup[] {
  const topics = [...new Set(petitions.map(({ topic }) => topic))];
  return topics
    .map((id) => petitions.filter(({ topic }) => topic === id))
    .flatMap(clustersOf)
    .filter(({ members }) => members.length >= SMALLEST)
    .map(toSuggestion)
    .sort((a, b) => b.petitions.length - a.petitions.length || (a.petitions[0] ?? 0) - (b.petitions[0] ?? 0));
}

function clustersOf(petitions: readonly Groupable[]): Cluster[] {
  const counted = [...petitions]
    .sort((a, b) => a.id - b.id)
    .map((petition) => ({
      petition,
      counts: countTerms(petition.content),
    }));
  const rarity = rarityOf(counted.map(({ counts }) => counts));
  const clusters: Cluster[] = [];
  for (const { petition, counts } of counted) {
    const vector = normalised(new Map([...counts].map(([term, n]) => [term, n * rarity(term)])));
    const nearest = nearestOf(petition, vector, clusters);
    if (nearest) join(nearest, petition, vector);
    else clusters.push({ members: [{ petition, vector }], sum: new Map(vector), length: lengthOf(vector) });
  }
  return clusters;
}

/** Numbers tell petitions apart that ask for the same ("ấp 3", "ấp 5"), so they are left out. */
function countTerms(content: string): Vector {
  const counts: Vector = new Map();
  const words = syllables(content).map(({ plain }) => plain);
  const add = (term: string, weight: number) => counts.set(term, (counts.get(term) ?? 0) + weight);
  words.forEach((word, i) => {
    if (/\d/.test(word)) return;
    add(word, 1);
    const next = words[i + 1];
    if (next && !/\d/.test(next)) add(`${word} ${next}`, PAIR);
  });
  return counts;
}

function rarityOf(all: Vector[]): (term: string) => number {
  const seen = new Map<string, number>();
  for (const counts of all) for (const term of counts.keys()) seen.set(term, (seen.get(term) ?? 0) + 1);
  return (term) => Math.min(RAREST, Math.log(1 + all.length / (seen.get(term) ?? 1)));
}

function nearestOf(petition: Groupable, vector: Vector, clusters: Cluster[]): Cluster | null {
  let best: { cluster: Cluster; likeness: number } | null = null;
  for (const cluster of clusters) {
    const likeness = cosine(vector, cluster);
    if (likeness >= neededFor(petition, cluster) && likeness > (best?.likeness ?? 0))
      best = { cluster, likeness };
  }
  return best?.cluster ?? null;
}

function neededFor({ area }: Groupable, { members }: Cluster): number {
  const isElsewhere = members.every(({ petition }) => petition.area !== null && petition.area !== area);
  return area !== null && isElsewhere ? ALIKE_ELSEWHERE : ALIKE;
}

function join(cluster: Cluster, petition: Groupable, vector: Vector): void {
  cluster.members.push({ petition, vector });
  for (const [term, weight] of vector) cluster.sum.set(term, (cluster.sum.get(term) ?? 0) + weight);
  cluster.length = lengthOf(cluster.sum);
}

function toSuggestion(cluster: Cluster): SuggestedGroup {
  const { members } = cluster;
  const likenesses = members.map(({ vector }) => cosine(vector, cluster));
  const middle = members[likenesses.indexOf(Math.max(...likenesses))];
  const areas = new Set(members.map(({ petition }) => petition.area));
  return {
    topic: members[0]?.petition.topic ?? "",
    area: areas.size === 1 ? (members[0]?.petition.area ?? null) : null,
    petitions: members.map(({ petition }) => petition.id),
    example: middle?.petition.content ?? "",
    likeness: likenesses.reduce((a, b) => a + b, 0) / members.length,
  };
}

function cosine(unit: Vector, { sum, length }: Cluster): number {
  let product = 0;
  for (const [term, weight] of unit) product += weight * (sum.get(term) ?? 0);
  return product / (length || 1);
}

function normalised(vector: Vector): Vector {
  const length = lengthOf(vector) || 1;
  return new Map([...vector].map(([term, weight]) => [term, weight / length]));
}

function lengthOf(vector: Vector): number {
  let squares = 0;
  for (const weight of vector.values()) squares += weight * weight;
  return Math.sqrt(squares);
}
