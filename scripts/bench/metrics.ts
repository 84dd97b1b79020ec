/** Quality over a set of questions, each between 0 and 1. */
export type Quality = { ndcg10: number; recall1: number; recall5: number; recall10: number; mrr10: number };

/**
 * Mean quality of rankings with binary relevance. nDCG@10 after Järvelin & Kekäläinen (2002), the ideal ranking holding
 * all relevant ids first; recall@k is the share of a question's relevant ids among the first k.
 */
export function quality(rankings: { found: string[]; relevant: string[] }[]): Quality {
  const mean = (of: (found: string[], relevant: Set<string>) => number) =>
    rankings.reduce((sum, { found, relevant }) => sum + of(found, new Set(relevant)), 0) /
    Math.max(1, rankings.length);
  return {
    ndcg10: mean((found, relevant) => ndcg(found, relevant, 10)),
    recall1: mean((found, relevant) => recall(found, relevant, 1)),
    recall5: mean((found, relevant) => recall(found, relevant, 5)),
    recall10: mean((found, relevant) => recall(found, relevant, 10)),
    mrr10: mean(reciprocalRank),
  };
}

function ndcg(found: string[], relevant: Set<string>, k: number): number {
  const gain = (place: number) => 1 / Math.log2(place + 2);
  const got = distinct(found, k).reduce((sum, id, place) => sum + (relevant.has(id) ? gain(place) : 0), 0);
  let ideal = 0;
  for (let place = 0; place < Math.min(k, relevant.size); place++) ideal += gain(place);
  return ideal === 0 ? 0 : got / ideal;
}

function recall(found: string[], relevant: Set<string>, k: number): number {
  if (relevant.size === 0) return 0;
  return distinct(found, k).filter((id) => relevant.has(id)).length / relevant.size;
}

function reciprocalRank(found: string[], relevant: Set<string>): number {
  const place = distinct(found, 10).findIndex((id) => relevant.has(id));
  return place === -1 ? 0 : 1 / (place + 1);
}

/** An id that a system lists twice counts once. */
function distinct(found: string[], k: number): string[] {
  return [...new Set(found)].slice(0, k);
}

/** The value below which this share of the numbers lies (nearest rank). */
export function percentile(numbers: number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
