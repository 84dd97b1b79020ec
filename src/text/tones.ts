/**
 * Tone marks on the open vowel pairs oa, oe, uy are written in two ways: "hoà" and "hòa".
 * The pairs below move them to the older place, so that both ways compare equal.
 */
const PAIRS = new Map(
  [
    ["òa", "oà"],
    ["óa", "oá"],
    ["ỏa", "oả"],
    ["õa", "oã"],
    ["ọa", "oạ"],
    ["òe", "oè"],
    ["óe", "oé"],
    ["ỏe", "oẻ"],
    ["õe", "oẽ"],
    ["ọe", "oẹ"],
    ["ùy", "uỳ"],
    ["úy", "uý"],
    ["ủy", "uỷ"],
    ["ũy", "uỹ"],
    ["ụy", "uỵ"],
  ].map(([older, newer]) => [newer, older] as [string, string]),
);
const NEWER = /(?<!q)(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\p{L})/giu;

/** Text with every tone in one agreed place; case of the letters is kept. */
export function placeTones(text: string): string {
  return text.replace(NEWER, (pair) => {
    const older = PAIRS.get(pair.toLowerCase()) ?? pair;
    return pair === pair.toLowerCase()
      ? older
      : [...older].map((letter, i) => matchCase(letter, pair[i])).join("");
  });
}

function matchCase(letter: string, like: string | undefined): string {
  return like && like !== like.toLowerCase() ? letter.toUpperCase() : letter;
}
