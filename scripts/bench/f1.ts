/** One label as it should be and as it was guessed. */
export type Judged = { truth: string; guess: string };

export type LabelScore = { label: string; count: number; precision: number; recall: number; f1: number };

/** Scores of each label that occurs as a truth, in the order of their first occurrence. */
export function scoresByLabel(judged: readonly Judged[]): LabelScore[] {
  const labels = [...new Set(judged.map(({ truth }) => truth))];
  return labels.map((label) => {
    const count = judged.filter(({ truth }) => truth === label).length;
    const guessed = judged.filter(({ guess }) => guess === label).length;
    const right = judged.filter(({ truth, guess }) => truth === label && guess === label).length;
    const precision = guessed === 0 ? 0 : right / guessed;
    const recall = right / count;
    const f1 = right === 0 ? 0 : (2 * precision * recall) / (precision + recall);
    return { label, count, precision, recall, f1 };
  });
}

/** The mean of the F1 of all labels, so that a rare label counts as much as a common one. */
export function macroF1(judged: readonly Judged[]): number {
  const scores = scoresByLabel(judged);
  return scores.reduce((sum, { f1 }) => sum + f1, 0) / (scores.length || 1);
}

/** How often each truth was taken for each other label, most often first. */
export function confusions(judged: readonly Judged[]): { truth: string; guess: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { truth, guess } of judged)
    if (truth !== guess) counts.set(`${truth} ${guess}`, (counts.get(`${truth} ${guess}`) ?? 0) + 1);
  return [...counts]
    .map(([pair, count]) => {
      const [truth = "", guess = ""] = pair.split(" ");
      return { truth, guess, count };
    })
    .sort((a, b) => b.count - a.count);
}
