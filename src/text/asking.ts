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
