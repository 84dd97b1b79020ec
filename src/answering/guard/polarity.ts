import { isBoundAlike } from "./bounds.ts";
import { featuresOf, type Line, linesOf, type Piece, wordsOf } from "./clauses.ts";
import { supports } from "./figure.ts";
import { exceptionsAgree, oppositesAgree } from "./opposites.ts";

/** What a sentence may not do to its passages, and null when it does none of it. */
export type PolarityFault = "bound" | "negation" | "duty" | "opposite" | "exception" | null;

/** Whether a sentence says yes where its passages say yes: the bounds of figures, negations, duties and exceptions agree. */
export function polarityFault(sentence: string, passages: string[]): PolarityFault {
  const given = passages.flatMap(linesOf);
  const faults = linesOf(sentence).map((line) => lineFault(line, given));
  return faults.find((fault) => fault !== null) ?? null;
}

/** The same for a sentence and passages that are taken apart already. */
export function lineFault(line: Line, given: Line[]): PolarityFault {
  if (line.figures.some((figure) => !isBoundAlike(line, figure, given))) return "bound";
  const near = linesBehind(line, given);
  if (!negationsAgree(line, near)) return "negation";
  if (!dutiesAgree(line, near)) return "duty";
  if (!exceptionsAgree(line, near)) return "exception";
  return oppositesAgree(line, near, given) ? null : "opposite";
}

/** For each piece of a sentence the lines it comes from: those with its figures first, then those with most of its words. */
export function linesBehind(line: Line, given: Line[]): Line[] {
  const behind = new Set<Line>();
  for (const piece of line.pieces) {
    const scored = given.map((one) => ({ one, score: likeness(piece, line, one) }));
    const top = Math.max(0, ...scored.map(({ score }) => score));
    for (const { one, score } of scored) if (top > 0 && score > top - 1e-9) behind.add(one);
  }
  return [...behind];
}

/** Shared words of the piece count whole, those of its sentence and the likeness of length break ties. */
function likeness(piece: Piece, line: Line, other: Line): number {
  const own = featuresOf(piece.words);
  const words = own.filter((word) => other.features.has(word)).length;
  const figures = piece.figures.filter((figure) =>
    other.figures.some((given) => supports(given, figure)),
  ).length;
  if (words + figures === 0) return 0;
  const shared = [...line.features].filter((word) => other.features.has(word)).length;
  return words + 3 * figures + shared / (line.features.size + other.features.size + 1);
}

const NOT = new Set(["không", "chưa", "chẳng", "khỏi", "cấm", "đừng", "chả", "hông"]);
/** Words that are negated often and tell nothing by themselves. */
const WEAK = new Set(
  "được phải có là cần bị còn thể đã sẽ nên thì của và hoặc cho với từ các những này theo đủ bắt buộc".split(
    " ",
  ),
);
/** How many telling words a negation reaches, and how far. */
const REACH = 3;
const FAR = 7;

type Negation = { weak: string[]; strong: string[] };

/** Negations with the words right behind them; those that are part of a bound ("không quá") belong to the figures. */
function negationsOf(line: Line): Negation[] {
  return line.pieces.flatMap((piece) => {
    const words = withoutSetPhrases(piece.text);
    return words.flatMap((word, at) => {
      if (!NOT.has(word)) return [];
      const rest = words.slice(at + 1, at + 1 + FAR);
      const end = rest.findIndex((next) => NOT.has(next));
      const scope = end === -1 ? rest : rest.slice(0, end);
      const strong = scope.filter((each) => !WEAK.has(each)).slice(0, REACH);
      return [{ weak: scope.filter((each) => WEAK.has(each)), strong }];
    });
  });
}

const SET_PHRASES =
  /(?<!\p{L})(?:không (?:được )?(?:vượt )?quá|không (?:dưới|hơn|muộn hơn|ít hơn|thấp hơn|nhỏ hơn|nhiều hơn|lớn hơn|cao hơn)|chưa (?:đến|tới|đủ|quá)|không kể|không bao gồm|không tính|không chỉ|không những)(?!\p{L})/gu;

function withoutSetPhrases(text: string): string[] {
  return wordsOf(text.replace(SET_PHRASES, " "));
}

function negationsAgree(line: Line, near: Line[]): boolean {
  const claimed = negationsOf(line);
  const given = near.flatMap(negationsOf);
  if (near.some((other) => isNearlySame(line, other) && negationsOf(other).length !== claimed.length))
    return false;
  const isGrounded = claimed.every((one) => given.some((other) => meet(one, other)));
  return isGrounded && given.every((one) => isKept(one, line, near, claimed));
}

/** Between two sentences of nearly the same words, one negation more or less is a flip. */
function isNearlySame(line: Line, other: Line): boolean {
  const shared = [...line.features].filter((word) => other.features.has(word)).length;
  return shared >= NEARLY * Math.max(line.features.size, other.features.size);
}

const NEARLY = 0.75;

function meet(one: Negation, other: Negation): boolean {
  if (one.strong.some((word) => other.strong.includes(word))) return true;
  const isBare = one.strong.length === 0 || other.strong.length === 0;
  return (
    isBare &&
    (one.weak.some((word) => other.weak.includes(word)) || one.weak.length + one.strong.length === 0)
  );
}

/** A negation of the passage is kept when the sentence leaves its words out, or negates them too. */
function isKept(given: Negation, line: Line, near: Line[], claimed: Negation[]): boolean {
  const own = line.pieces.flatMap(({ words }) => words);
  const telling = given.strong.filter((word) => !standsUnnegated(word, near));
  const told = telling.filter((word) => own.includes(word));
  if (told.length === 0 || told.length * 2 < telling.length) return true;
  return claimed.some((one) => one.strong.some((word) => telling.includes(word)));
}

function standsUnnegated(word: string, lines: Line[]): boolean {
  const negated = lines.flatMap(negationsOf).filter(({ strong }) => strong.includes(word)).length;
  const all = lines
    .flatMap(({ pieces }) => pieces.flatMap(({ words }) => words))
    .filter((each) => each === word).length;
  return all > negated;
}

const MUST =
  /(?<!(?:không|chưa|khỏi|chẳng) (?:buộc |bắt )?)(?<!\p{L})(?:phải(?! (?:là|không|chăng))|bắt buộc|buộc|có (?:trách nhiệm|nghĩa vụ))(?!\p{L})/u;
const MAY = /(?<!(?:không|chưa|khỏi|chẳng) )(?<!\p{L})(?:được|có thể|có quyền|tùy ý|tự nguyện)(?!\p{L})/u;

const NEED_NOT = /(?<!\p{L})(?:không|khỏi|chẳng) (?:bị )?(?:phải|cần|bắt buộc|buộc)(?!\p{L})/u;

/** A duty may not become a right, nor a right a duty: neither for the sentence nor for one of its verbs. */
function dutiesAgree(line: Line, near: Line[]): boolean {
  const [must, may] = [near.some(({ text }) => MUST.test(text)), near.some(({ text }) => MAY.test(text))];
  if (MUST.test(line.text) && !must && near.some(({ text }) => NEED_NOT.test(text))) return false;
  if (must || may) {
    if (MUST.test(line.text) && !must) return false;
    if (MAY.test(line.text) && !MUST.test(line.text) && must && !may) return false;
  }
  const given = near.flatMap(modalsOf);
  return modalsOf(line).every(({ verb, isDuty }) => {
    const same = given.filter((one) => one.verb === verb);
    return same.length === 0 || same.some((one) => one.isDuty === isDuty);
  });
}

const MODAL = new Set(["được", "phải", "bắt", "buộc", "cần", "có", "thể"]);
const DUTY = new Set(["phải", "buộc"]);

/** The verbs behind "phải" and "được"; a negated one is no duty and no right, and is looked at elsewhere. */
function modalsOf(line: Line): { verb: string; isDuty: boolean }[] {
  return line.pieces.flatMap(({ words }) =>
    words.flatMap((word, at) => {
      if (
        (word !== "được" && word !== "phải") ||
        MODAL.has(words[at - 1] ?? "") ||
        NOT.has(words[at - 1] ?? "")
      )
        return [];
      const length = words.slice(at).findIndex((next) => !MODAL.has(next));
      const verb = length === -1 ? undefined : words[at + length];
      return verb ? [{ verb, isDuty: words.slice(at, at + length).some((each) => DUTY.has(each)) }] : [];
    }),
  );
}
