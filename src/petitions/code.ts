/** No 0/O, 1/I/L: a code is read out on the phone and copied by hand. 31 is prime, so the check catches every swap. */
const ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const RANDOM_LENGTH = 5;

/** What a piece of text is, read as a petition code. */
export type CodeReading =
  | { kind: "code"; code: string }
  /** Looks like a code, but its check character says that it was mistyped. */
  | { kind: "mistyped" }
  | { kind: "none" };

/** A new code, `KN-` and six characters; `randomBelow(n)` gives an even integer in [0, n) that nobody can guess. */
export function makeCode(randomBelow: (n: number) => number): string {
  const body = Array.from({ length: RANDOM_LENGTH }, () => ALPHABET[randomBelow(ALPHABET.length)]).join("");
  return `KN-${body}${checkCharacter(body)}`;
}

/** Finds the code in what a member typed, in any case, with or without the dash and spaces. */
export function readCode(text: string): CodeReading {
  const match = /\bKN[\s–—-]*((?:[A-Z0-9][\s-]?){6,8})(?![A-Z0-9])/iu.exec(text.toUpperCase());
  if (!match) return { kind: "none" };
  const typed = (match[1] ?? "").replace(/[\s-]/g, "");
  const isCode = typed.length === 6 && [...typed].every((c) => ALPHABET.includes(c));
  return isCode && checkCharacter(typed.slice(0, -1)) === typed.at(-1)
    ? { kind: "code", code: `KN-${typed}` }
    : { kind: "mistyped" };
}

/** Luhn mod N (ISO/IEC 7812-1 annex B, generalised to base 31): catches one wrong character and swapped neighbours. */
function checkCharacter(body: string): string {
  const n = ALPHABET.length;
  let sum = 0;
  [...body].reverse().forEach((character, i) => {
    const value = ALPHABET.indexOf(character) * (i % 2 === 0 ? 2 : 1);
    sum += Math.floor(value / n) + (value % n);
  });
  return ALPHABET[(n - (sum % n)) % n] ?? "";
}
