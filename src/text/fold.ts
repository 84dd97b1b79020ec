/** Marks removed and lower-cased: "Hợp tác xã" → "hop tac xa". Length is kept for NFC text, so offsets carry over. */
export function fold(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{ASCII}]/gu, foldCharacter);
}

const folded = new Map<string, string>();

function foldCharacter(character: string): string {
  let plain = folded.get(character);
  if (plain === undefined) {
    plain = character === "đ" ? "d" : character.normalize("NFD").replace(/\p{M}/gu, "");
    folded.set(character, plain);
  }
  return plain;
}

/** A name that is safe in an id or a file name: "156/2025/NĐ-CP" → "156-2025-nd-cp". */
export function slug(text: string): string {
  return fold(text)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}
