/** Marks removed and lower-cased: "Hợp tác xã" → "hop tac xa". As long as the text in NFC, so offsets carry over. */
export function fold(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[^\p{ASCII}]/gu, foldCharacter)
    .toLowerCase();
}

const folded = new Map<string, string>();

function foldCharacter(character: string): string {
  let plain = folded.get(character);
  if (plain === undefined) {
    plain = withoutMarks(character);
    folded.set(character, plain);
  }
  return plain;
}

/** A letter that would grow or vanish (a Khmer vowel sign, a Korean syllable) stays as it is. */
function withoutMarks(character: string): string {
  const lower = character.toLowerCase();
  const plain = lower === "đ" ? "d" : lower.normalize("NFD").replace(/\p{M}/gu, "");
  return plain.length === character.length ? plain : character;
}

/** A name that is safe in an id or a file name: "156/2025/NĐ-CP" → "156-2025-nd-cp". */
export function slug(text: string): string {
  return fold(text)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
