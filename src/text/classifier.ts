import { atOnce, type Steps } from "./steps.ts";

/** A labelled text, as the features that were seen in it. */
export type Example<Label extends string> = { label: Label; features: string[] };

/** How likely each label is for these features; sums to 1. */
export type Classify<Label extends string> = (features: string[]) => Record<Label, number>;

/** What was learnt, as plain data: the number of each feature, and for each number a row with one weight per label. */
export type Weights<Label extends string> = {
  labels: readonly Label[];
  features: Map<string, number>;
  weights: Float64Array;
};

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
  return createClassify(atOnce(classifierSteps(labels, examples)));
}

/** Learns the same, one epoch a step. */
export function* classifierSteps<Label extends string>(
  labels: readonly Label[],
  examples: Example<Label>[],
): Steps<Weights<Label>> {
  const numbers = new Map<string, number>();
  const numbered = new Map(examples.map((example) => [example, distinct(example.features, numbers)]));
  const weights = new Float64Array(numbers.size * labels.length);
  const counts = labels.map((label) => examples.filter((example) => example.label === label).length);
  const importance = counts.map((count) => Math.sqrt(Math.max(...counts) / Math.max(1, count)));
  const order = interleaved(labels, examples);
  const chances = new Float64Array(labels.length);

  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const rate = RATE / (1 + epoch / 5);
    const keep = 1 - rate * DECAY;
    yield;
    for (const example of order) {
      const truth = labels.indexOf(example.label);
      const seen = numbered.get(example) as Int32Array;
      const step = (rate * (importance[truth] ?? 1)) / Math.sqrt(seen.length || 1);
      judge(seen, weights, chances);
      for (const feature of seen) {
        for (let k = 0, at = feature * labels.length; k < labels.length; k++, at++)
          weights[at] =
            (weights[at] as number) * keep + step * ((k === truth ? 1 : 0) - (chances[k] as number));
      }
    }
  }

  return { labels, features: numbers, weights };
}

/** Judges by what was learnt. */
export function createClassify<Label extends string>({
  labels,
  features: numbers,
  weights,
}: Weights<Label>): Classify<Label> {
  return (features) => {
    const known = [...new Set(features)].flatMap((feature) => numbers.get(feature) ?? []);
    const own = new Float64Array(labels.length);
    judge(known, weights, own);
    return Object.fromEntries(labels.map((label, k) => [label, own[k] ?? 0])) as Record<Label, number>;
  };
}

/** The numbers of an example's features, each once; a new feature gets the next number. */
function distinct(features: string[], numbers: Map<string, number>): Int32Array {
  return Int32Array.from(new Set(features), (feature) => {
    const known = numbers.get(feature) ?? numbers.size;
    if (known === numbers.size) numbers.set(feature, known);
    return known;
  });
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

/** Writes the chance of each label for these features (softmax of the summed rows). */
function judge(features: ArrayLike<number>, weights: Float64Array, chances: Float64Array): void {
  const labels = chances.length;
  chances.fill(0);
  for (let i = 0; i < features.length; i++) {
    for (let k = 0, at = (features[i] as number) * labels; k < labels; k++, at++)
      chances[k] = (chances[k] as number) + (weights[at] as number);
  }
  const top = Math.max(...chances);
  let total = 0;
  for (let k = 0; k < labels; k++) {
    chances[k] = Math.exp((chances[k] as number) - top);
    total += chances[k] as number;
  }
  for (let k = 0; k < labels; k++) chances[k] = (chances[k] as number) / total;
}
