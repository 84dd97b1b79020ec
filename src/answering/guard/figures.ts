import type { Figure } from "./figure.ts";
import { quantitiesOf } from "./quantities.ts";
import { referencesOf } from "./references.ts";
import { inOneWriting } from "./writing.ts";

/** Every figure of a text, in order: numbers with their units, shares, dates, legal numbers, phone numbers and links. */
export function figuresOf(text: string): Figure[] {
  return figuresIn(inOneWriting(text));
}

/** The figures of a text that is in one writing already. */
export function figuresIn(written: string): Figure[] {
  const { found, rest } = referencesOf(written);
  return quantitiesOf(rest, found);
}
