/** Syllables that ask ("bao nhiêu", "đúng hay sai") say nothing of what is asked about. */
const ASKING = "nào gì sao không đúng hay sai bao nhiêu mấy thế ai đâu hả hông nhỉ";
/** Syllables that only join, point, or stand in every legal sentence. */
const JOINING =
  "khi như là thì có được phải bị và hoặc các những của theo quy định trong sau đây dưới cho về với một ở tại đối này đó nếu mà ra khoản điều luật";

/** Found on two sets of legal questions; rare in laws, the asking syllables would otherwise decide a ranking. */
const WEIGHTS = new Map([
  ...ASKING.split(" ").map((word) => [word, 0.3] as const),
  ...JOINING.split(" ").map((word) => [word, 0.5] as const),
]);

/** How much a syllable of a question counts, 0 to 1; marks decide, so "hay" counts less and "hãy" does not. */
export function questionWeight(marked: string): number {
  return WEIGHTS.get(marked) ?? 1;
}

/** Where a sentence goes over from what it tells to what it asks. */
const TURN = /[,;:.?!\n]+|(?<!\p{L})(?:vậy|thì|nhưng|mà)(?!\p{L})/u;
/** Shorter pieces ("phải không", "ở đâu vậy") ask nothing without what stands before them. */
const FEWEST_WORDS = 4;

/** The end of a question, from the last turn on: what it asks, without what it tells or takes for granted before. */
export function askingEnd(text: string): string {
  const pieces = text
    .normalize("NFC")
    .split(TURN)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== "");
  let end = "";
  for (const piece of pieces.reverse()) {
    end = end === "" ? piece : `${piece} ${end}`;
    if (end.split(/\s+/).length >= FEWEST_WORDS) break;
  }
  return end;
}
