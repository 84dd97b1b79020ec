import { contextOf, type Line } from "./clauses.ts";
import { type Figure, isComparable, supports } from "./figure.ts";

/** Where a figure stands: its line, and what is said around it there. */
type Place = { line: Line; figure: Figure; context: Set<string> };

/**
 * Whether a sentence puts a figure of its passages where another one belongs: "Tổ hợp tác: 5 tỷ" out of
 * "Hợp tác xã: 5 tỷ" and "Tổ hợp tác: 500 triệu".
 */
export function isMisplaced(sentence: Line, figure: Figure, given: Line[]): boolean {
  const holding = placesOf(given, (other) => supports(other, figure));
  const rivals = placesOf(given, (other) => isComparable(other, figure) && !supports(other, figure));
  const own = claimedContext(sentence, figure, [...holding, ...rivals]);
  if (belongsElsewhere(own, holding, given)) return true;
  return (
    rivals.length > 0 &&
    (namesRival(own, holding, rivals, commonIn(given, figure)) ||
      isNearer(rivals, holding, own) ||
      namesNobody(sentence, figure, own, holding, rivals))
  );
}

/** Whether the whole label of a line without the figure is named, and that of no line with it. */
function belongsElsewhere(own: Set<string>, holding: Place[], given: Line[]): boolean {
  const lines = new Set(holding.map(({ line }) => line));
  const others = given.filter((line) => !lines.has(line));
  return (
    others.some((line) => isNamed(line, own)) &&
    [...lines].every((line) => line.isLabelled && !isNamed(line, own))
  );
}

/** Whether the whole subject of a labelled line is named: "hợp tác xã", but not "liên hiệp hợp tác xã". */
function isNamed({ isLabelled, subject }: Line, own: Set<string>): boolean {
  return isLabelled && subject.size > 0 && [...subject].every((word) => own.has(word));
}

/** Where every subject has a line of its own, a figure whose own words name none belongs to the subject of its sentence. */
function claimedContext(sentence: Line, figure: Figure, places: Place[]): Set<string> {
  const own = contextOf(sentence, figure, "forward");
  const isNamedHere = places.some(({ line }) => [...line.subject].some((word) => own.has(word)));
  return isNamedHere || !places.every(isLabelled) ? own : new Set([...own, ...sentence.subject]);
}

/** Whether the words of a claim fit a rival better; when they fit alike, a figure that belongs to the claim decides. */
function isNearer(rivals: Place[], holding: Place[], own: Set<string>): boolean {
  const [rival, held] = [best(rivals, own), best(holding, own)];
  if (rival !== held) return rival > held;
  const leftOut = (places: Place[]) =>
    Math.min(...places.filter((place) => shared(place, own) === held).map((place) => omitted(place, own)));
  return leftOut(rivals) < leftOut(holding);
}

/** How many numbers of a place the claim leaves out: the "1,5 lần" of "1,5 lần lương tối thiểu là 6.210.000 đồng". */
function omitted({ context }: Place, own: Set<string>): number {
  return [...context].filter((word) => /^(?:quantity|range) /.test(word) && !own.has(word)).length;
}

/** What stands on lines without a rival figure belongs to all of them. */
function commonIn(given: Line[], figure: Figure): Set<string> {
  const free = given.filter(({ figures }) => !figures.some((other) => isComparable(other, figure)));
  return new Set(free.flatMap(({ features }) => [...features]));
}

function namesRival(own: Set<string>, holding: Place[], rivals: Place[], common: Set<string>): boolean {
  const isForeign = (word: string) =>
    own.has(word) && !common.has(word) && !holding.some(({ context }) => context.has(word));
  return rivals.some(({ line }) => [...line.subject].some(isForeign));
}

function isLabelled({ line }: Place): boolean {
  return line.isLabelled;
}

/** Where each subject has its own figure, one of them told alone and of nobody would be taken for the reader's. */
function namesNobody(
  sentence: Line,
  figure: Figure,
  own: Set<string>,
  holding: Place[],
  rivals: Place[],
): boolean {
  if (figure.unit === "") return false;
  const owners = holding.filter(isLabelled).map(({ line }) => line.subject);
  const others = rivals.filter(isLabelled).map(({ line }) => line.subject);
  const tellsRival = sentence.figures.some((other) =>
    rivals.some((rival) => rival.figure.canonical === other.canonical),
  );
  const isLabel = owners.some((owner) => owner.has(figure.canonical));
  if (owners.length === 0 || others.length === 0 || tellsRival || isLabel) return false;
  return !owners.some((owner) => {
    const telling = [...owner].filter((word) => !others.every((other) => other.has(word)));
    return telling.length === 0 || telling.some((word) => own.has(word));
  });
}

/** Whether a figure is told more often than any one place of its passages tells it. */
export function isRepeated(sentence: Line, figure: Figure, given: Line[]): boolean {
  const count = (line: Line) => line.figures.filter(({ canonical }) => canonical === figure.canonical).length;
  const claimed = count(sentence);
  return claimed > 1 && !given.some((line) => count(line) >= claimed);
}

function placesOf(lines: Line[], wanted: (figure: Figure) => boolean): Place[] {
  return lines.flatMap((line) =>
    line.figures.filter(wanted).map((figure) => ({ line, figure, context: contextOf(line, figure) })),
  );
}

function best(places: Place[], own: Set<string>): number {
  return Math.max(0, ...places.map((place) => shared(place, own)));
}

function shared({ context }: Place, own: Set<string>): number {
  return [...own].filter((word) => context.has(word)).length;
}

/** Whether two figures of a kind that stand in one piece have changed places: "692 … 976" out of "976 … 692". */
export function isReordered(sentence: Line, given: Line[]): boolean {
  return sentence.pieces.some(({ figures }) =>
    figures.some((second, i) =>
      figures.slice(0, i).some((first) => isComparable(first, second) && isTurned(first, second, given)),
    ),
  );
}

function isTurned(first: Figure, second: Figure, given: Line[]): boolean {
  const orders = given.flatMap(({ figures }) => {
    const [a, b] = [first, second].map((figure) => figures.findIndex((other) => supports(other, figure)));
    return a === undefined || b === undefined || a === -1 || b === -1 || a === b ? [] : [a < b];
  });
  return orders.length > 0 && !orders.includes(true);
}
