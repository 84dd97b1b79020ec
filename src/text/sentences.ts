/** A full stop after these, or after a number that opens a line, ends no sentence: "TP. Cần Thơ", "1. Đơn". */
const NO_END = String.raw`(?<!(?<!\p{L})(?:TP|TX|TT|Tp|Tx|Tt|Q|P|H|X|Ths|TS|PGS|GS|Mr|Ms)\.)(?<!^\s*\d{1,3}\.)`;
const END = new RegExp(String.raw`(?<=[.!?…])${NO_END}\s+(?=[\p{Lu}\d"“(])|(?<=;)\s+(?=\p{Lu})|\n+`, "mu");

/** Splits text at sentence ends; "1.5", "NĐ-CP." inside a number or a name do not end one. */
export function sentences(text: string): string[] {
  return text
    .split(END)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
}

/**
 * Cuts a text into parts of at most `limit` UTF-16 units (at least 2), at the best place below it:
 * an empty line, a line end, a sentence end, a space, and only then anywhere between two characters.
 */
export function cutAtSentences(text: string, limit: number): string[] {
  if (limit < 2) throw new RangeError("a part must have room for one character");
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > limit) {
    const at = bestCut(rest, limit);
    parts.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  if (rest || parts.length === 0) parts.push(rest);
  return parts;
}

const PLACES = [/\n\n/g, /\n/g, /[.!?…](?=\s)/g, /\s/g];

/** The unit after the limit is looked at too, since a sentence or a word may end exactly there. */
function bestCut(text: string, limit: number): number {
  const head = text.slice(0, limit + 1);
  for (const place of PLACES) {
    const ends = [...head.matchAll(place)].map((match) => match.index + match[0].trimEnd().length);
    const last = ends.at(-1);
    if (last !== undefined && last <= limit && last > limit / 2) return last;
  }
  const splitsPair = /[\uD800-\uDBFF]$/.test(head.slice(0, limit));
  return splitsPair ? limit - 1 : limit;
}
