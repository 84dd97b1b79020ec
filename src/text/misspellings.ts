const ALPHABET = "abcdefghijklmnopqrstuvwxyz";
const ROWS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/** A bare word one slip of the fingers away, and how unlikely the slip is (in nats). */
export type Slip = { plain: string; cost: number };

const SWAPPED = 3.5;
const LEFT_OUT = 4;
const ADDED = 3.5;
const NEIGHBOUR = 3.5;
const OTHER = 6;
/** Longer words are names or foreign; every syllable of Vietnamese is shorter. */
const LONGEST = 8;

const neighbours = new Map(
  [...ALPHABET].map((letter) => [
    letter,
    [...ALPHABET].filter((other) => areNeighbours(letter, other)).join(""),
  ]),
);

function areNeighbours(a: string, b: string): boolean {
  const [rowA, rowB] = [a, b].map((letter) => ROWS.findIndex((row) => row.includes(letter))) as [
    number,
    number,
  ];
  const [placeA, placeB] = [
    (ROWS[rowA] ?? "").indexOf(a) + rowA / 2,
    (ROWS[rowB] ?? "").indexOf(b) + rowB / 2,
  ];
  return a !== b && Math.abs(rowA - rowB) <= 1 && Math.abs(placeA - placeB) <= 1;
}

/** Typed words whose slips are remembered. */
const REMEMBERED = 5_000;

/** The slips of a bare word that are words; remembered, for a few of some three hundred spellings are, and people type the same ones. */
export function createSlips(isWord: (plain: string) => boolean): (plain: string) => Slip[] {
  const found = new Map<string, Slip[]>();
  return (plain) => {
    const known = found.get(plain);
    if (known) return known;
    const likely = slips(plain).filter((slip) => isWord(slip.plain));
    if (found.size >= REMEMBERED) found.clear();
    found.set(plain, likely);
    return likely;
  };
}

/** Every word that is one swap, one letter more or less, or one wrong letter away from a bare word. */
export function slips(plain: string): Slip[] {
  if (plain.length === 0 || plain.length > LONGEST) return [];
  const found: Slip[] = [];
  for (let i = 0; i <= plain.length; i++) {
    const [head, tail] = [plain.slice(0, i), plain.slice(i)];
    if (tail.length >= 2) found.push({ plain: head + tail[1] + tail[0] + tail.slice(2), cost: SWAPPED });
    if (tail !== "" && plain.length > 2)
      found.push({ plain: head + tail.slice(1), cost: tail[0] === plain[i - 1] ? ADDED - 1 : ADDED });
    for (const letter of ALPHABET) {
      found.push({ plain: head + letter + tail, cost: LEFT_OUT });
      if (tail !== "" && letter !== tail[0] && plain.length > 1) {
        const isNear = neighbours.get(tail[0] as string)?.includes(letter);
        found.push({ plain: head + letter + tail.slice(1), cost: isNear ? NEIGHBOUR : OTHER });
      }
    }
  }
  return found;
}
