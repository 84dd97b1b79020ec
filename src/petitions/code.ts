/** No 0/O, 1/I/L: a code is read out on the phone and copied by hand. */
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

const PREFIX = /(?<![\p{L}\p{N}])KN[\s:._–—−-]*/u;
const SIX_CHARACTERS = /^[A-Z0-9](?:[\s._–—−-]?[A-Z0-9]){5}(?![\p{L}\p{N}])/u;
const TOO_FEW_OR_MANY = /^[A-Z0-9]{4,9}(?![\p{L}\p{N}])/u;

/** Finds the code in what a member typed, in any case, with or without the dash and spaces, and words around it. */
export function readCode(text: string): CodeReading {
  const upper = text.normalize("NFC").toUpperCase();
  const prefix = PREFIX.exec(upper);
  if (!prefix) return { kind: "none" };
  const rest = upper.slice(prefix.index + prefix[0].length);
  const six = SIX_CHARACTERS.exec(rest);
  if (!six) return { kind: TOO_FEW_OR_MANY.test(rest) ? "mistyped" : "none" };
  const typed = six[0].replace(/[^A-Z0-9]/g, "");
  const isCode = [...typed].every((character) => ALPHABET.includes(character));
  return isCode && checkCharacter(typed.slice(0, -1)) === typed.at(-1)
    ? { kind: "code", code: `KN-${typed}` }
    : { kind: "mistyped" };
}

/**
 * Luhn mod N as it is commonly written (ISO/IEC 7812-1 annex B, carried to base 31): every second value is doubled and
 * its two digits are added. In an odd base that misses two kinds of error, a doubled character taken for the one 15 places
 * on and "2Z" for "Z2"; such a code reads as unknown instead of mistyped.
 */
function checkCharacter(body: string): string {
  const n = ALPHABET.length;
  const sum = [...body].reverse().reduce((total, character, i) => {
    const value = ALPHABET.indexOf(character) * (i % 2 === 0 ? 2 : 1);
    return total + Math.floor(value / n) + (value % n);
  }, 0);
  return ALPHABET[(n - (sum % n)) % n] ?? "";
}
