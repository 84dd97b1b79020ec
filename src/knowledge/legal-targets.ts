/** What an amending sentence names: "Điều 5 khoản 2", a document's number if it says one, and how the rest of it reads. */
export type Targets = { clauses: string[]; rest: string };

type Level = "điều" | "khoản" | "điểm";
type Step = { level: Level; values: string[] };

const STEP = /^(?:các )?(điều|khoản|điểm)\s+/iu;
const VALUE: Record<Level, RegExp> = {
  điều: /^\d{1,4}[a-zđ]?(?![\p{L}\d])/u,
  khoản: /^\d{1,3}[a-zđ]?(?![\p{L}\d])/u,
  điểm: /^[a-zđ]\d{0,2}(?![\p{L}\d)])/u,
};
const BETWEEN = /^\s*(?:,|;|và)?\s*/u;
const MOST = 40;

/**
 * Reads the clauses at the start of a text, inner step first as laws write them: "điểm a, b khoản 2 Điều 5 và Điều 7".
 * `inside` is the Điều that the sentence stands in when it names none. Null when the steps do not tell one clause each.
 */
export function readTargets(text: string, inside: string | null): Targets | null {
  const { steps, rest } = readSteps(text.slice(0, 1000));
  if (steps.length === 0) return null;
  const clauses: string[] = [];
  let inner: Step[] = [];
  for (const step of steps) {
    if (step.level !== "điều") {
      inner.push(step);
      continue;
    }
    const named = below(inner, step.values);
    if (!named) return null;
    clauses.push(...named);
    inner = [];
  }
  if (inner.length > 0) {
    const named = inside && clauses.length === 0 ? below(inner, [inside]) : null;
    if (!named) return null;
    clauses.push(...named);
  }
  return { clauses, rest };
}

function readSteps(text: string): { steps: Step[]; rest: string } {
  const steps: Step[] = [];
  let rest = text;
  for (let i = 0; i < MOST; i++) {
    const next = steps.length === 0 ? rest : rest.replace(BETWEEN, "");
    const word = STEP.exec(next);
    const level = word?.[1]?.toLowerCase() as Level | undefined;
    if (!word || !level) break;
    const { values, rest: after } = readValues(next.slice(word[0].length), VALUE[level]);
    if (values.length === 0) break;
    steps.push({ level, values });
    rest = after;
  }
  return { steps, rest };
}

/** "1, 2 và 3"; a letter that begins a word ("và bãi bỏ") is no point. */
function readValues(text: string, pattern: RegExp): { values: string[]; rest: string } {
  const values: string[] = [];
  let rest = text;
  for (let i = 0; i < MOST; i++) {
    const next = i === 0 ? rest : rest.replace(BETWEEN, "");
    if (i > 0 && next.length === rest.trimStart().length) break;
    const value = pattern.exec(next)?.[0];
    if (!value) break;
    values.push(value);
    rest = next.slice(value.length);
  }
  return { values, rest };
}

/** The clauses of one group of steps below its articles; null when they could be read in two ways. */
function below(inner: Step[], articles: string[]): string[] | null {
  if (inner.length === 0) return articles.map((article) => `Điều ${article}`);
  const [article, another] = articles;
  if (!article || another) return null;
  const found: string[] = [];
  let points: string[] = [];
  for (const { level, values } of inner) {
    if (level === "điểm") points.push(...values);
    else if (points.length === 0) found.push(...values.map((clause) => `Điều ${article} khoản ${clause}`));
    else if (values.length > 1) return null;
    else {
      found.push(...points.map((point) => `Điều ${article} khoản ${values[0]} điểm ${point}`));
      points = [];
    }
  }
  return [...found, ...points.map((point) => `Điều ${article} điểm ${point}`)];
}
