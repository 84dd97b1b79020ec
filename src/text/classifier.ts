/** A labelled text, as the features that were seen in it. */
export type Example<Label extends string> = { label: Label; features: string[] };

/** How likely each label is for these features; sums to 1. */
export type Classify<Label extends string> = (features: string[]) => Record<Label, number>;

const EPOCHS = 15;
const RATE = 0.5;
const DECAY = 1e-4;

/**
 * Multinomial logistic regression by gradient steps in a fixed order, so the same examples always give the same result.
 * Rare labels count more, since thousands of sample questions would otherwise outweigh everything else.
 */
export function trainClassifier<Label extends string>(
  labels: readonly Label[],
  examples: Example<Label>[],
): Classify<Label> {
  const weights = new Map<string, Float64Array>();
  const rowOf = (feature: string) => {
    let row = weights.get(feature);
    if (!row) {
      row = new Float64Array(labels.length);
      weights.set(feature, row);
    }
    return row;
  };
  const counts = labels.map((label) => examples.filter((example) => example.label === label).length);
  const importance = counts.map((count) => Math.sqrt(Math.max(...counts) / Math.max(1, count)));
  const order = interleaved(labels, examples);

  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const rate = RATE / (1 + epoch / 5);
    for (const { label, features } of order) {
      const truth = labels.indexOf(label);
      const seen = [...new Set(features)];
      const step = (rate * (importance[truth] ?? 1)) / Math.sqrt(seen.length || 1);
      const chances = softmax(sum(seen.map(rowOf), labels.length));
      for (const feature of seen) {
        const row = rowOf(feature);
        chances.forEach((chance, k) => {
          row[k] = (row[k] ?? 0) * (1 - rate * DECAY) + step * ((k === truth ? 1 : 0) - chance);
        });
      }
    }
  }

  return (features) => {
    const known = [...new Set(features)].flatMap((feature) => weights.get(feature) ?? []);
    const chances = softmax(sum(known, labels.length));
    return Object.fromEntries(labels.map((label, k) => [label, chances[k] ?? 0])) as Record<Label, number>;
  };
}

/** Takes turns between the labels, so that no label has the last word of an epoch. */
function interleaved<Label extends string>(
  labels: readonly Label[],
  examples: Example<Label>[],
): Example<Label>[] {
  return labels
    .flatMap((label) => {
      const own = examples.filter((example) => example.label === label);
      return own.map((example, i) => ({ example, at: (i + 0.5) / own.length }));
    })
    .sort((a, b) => a.at - b.at)
    .map(({ example }) => example);
}

function sum(rows: Float64Array[], length: number): number[] {
  const total = new Array<number>(length).fill(0);
  for (const row of rows) for (let k = 0; k < length; k++) total[k] = (total[k] ?? 0) + (row[k] ?? 0);
  return total;
}

function softmax(scores: number[]): number[] {
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / total);
}
