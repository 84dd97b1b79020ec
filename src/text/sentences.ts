const END = /(?<=[.!?…;])\s+(?=[\p{Lu}\d"“(])|\n+/u;

/** Splits text at sentence ends; "1.5", "NĐ-CP." inside a number or a name do not end one. */
export function sentences(text: string): string[] {
  return text
    .split(END)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
}

/**
 * Cuts a text into parts of at most `limit` UTF-16 units, at the best place below it:
 * an empty line, a line end, a sentence end, a space, and only then anywhere between two characters.
 */
export function cutAtSentences(text: string, limit: number): string[] {
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

function bestCut(text: string, limit: number): number {
  const head = text.slice(0, limit);
  for (const place of PLACES) {
    const ends = [...head.matchAll(place)].map((match) => match.index + match[0].length);
    const last = ends.at(-1);
    if (last !== undefined && last > limit / 2) return last;
  }
  const splitsPair = /[\uD800-\uDBFF]$/.test(head);
  return splitsPair ? limit - 1 : limit;
}
