import { contextOf, type Line } from "./clauses.ts";
import { type Figure, isComparable, supports } from "./figure.ts";

/** Where a figure stands: its line, and what is said around it there. */
type Place = { line: Line; context: Set<string> };

/**
 * Whether a sentence puts a figure of its passages where another one belongs: "Tổ hợp tác: 5 tỷ" out of
 * "Hợp tác xã: 5 tỷ" and "Tổ hợp tác: 500 triệu".
 */
export function isMisplaced(sentence: Line, figure: Figure, given: Line[]): boolean {
  const own = contextOf(sentence, figure);
  const holding = placesOf(given, (other) => supports(other, figure));
  const rivals = placesOf(given, (other) => isComparable(other, figure) && !supports(other, figure));
  if (rivals.length === 0) return false;
  const common = new Set(
    given
      .filter(({ figures }) => !figures.some((other) => isComparable(other, figure)))
      .flatMap(({ features }) => [...features]),
  );
  const namesRival = rivals.some(({ line }) =>
    [...line.subject].some(
      (word) => own.has(word) && !common.has(word) && !holding.some(({ context }) => context.has(word)),
    ),
  );
  return namesRival || best(rivals, own) > best(holding, own) || (isNamed(rivals, own) && !mayBeNamed(holding, own));
}

/** Whether the whole subject of some place is named: "hợp tác xã", but not "liên hiệp hợp tác xã". */
function isNamed(places: Place[], own: Set<string>): boolean {
  return places.some(({ line }) => line.isLabelled && line.subject.size > 0 && [...line.subject].every((word) => own.has(word)));
}

/** Whether a figure is told more often than any one place of its passages tells it. */
export function isRepeated(sentence: Line, figure: Figure, given: Line[]): boolean {
  const count = (line: Line) => line.figures.filter(({ canonical }) => canonical === figure.canonical).length;
  const claimed = count(sentence);
  return claimed > 1 && !given.some((line) => count(line) >= claimed);
}

function mayBeNamed(places: Place[], own: Set<string>): boolean {
  return isNamed(places, own) || places.some(({ line }) => !line.isLabelled);
}

function placesOf(lines: Line[], wanted: (figure: Figure) => boolean): Place[] {
  return lines.flatMap((line) =>
    line.figures.filter(wanted).map((figure) => ({ line, context: contextOf(line, figure) })),
  );
}

function best(places: Place[], own: Set<string>): number {
  return Math.max(0, ...places.map(({ context }) => [...own].filter((word) => context.has(word)).length));
}
