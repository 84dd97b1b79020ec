import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeCode, readCode } from "../../src/petitions/code.ts";

const ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/** Codes made with every run of random numbers. */
const codes = fc
  .array(fc.integer({ min: 0, max: 30 }), { minLength: 5, maxLength: 5 })
  .map((numbers) => makeCode(() => numbers.shift() ?? 0));
const someCodes = fc.sample(codes, { numRuns: 40, seed: 1 });

/** Of KN-abcdef, the check character is f; a, c and e are doubled. */
const isDoubled = (at: number) => at === 3 || at === 5 || at === 7;
const are15Apart = (one: string, other: string) => {
  const [a, b] = [ALPHABET.indexOf(one), ALPHABET.indexOf(other)].sort((x, y) => x - y) as [number, number];
  return a > 0 && b - a === 15;
};

const withCharacter = (code: string, at: number, character: string) =>
  `${code.slice(0, at)}${character}${code.slice(at + 1)}`;

describe("a petition code", () => {
  it("is KN- and six characters that cannot be mistaken for one another", () => {
    fc.assert(fc.property(codes, (code) => void expect(code).toMatch(/^KN-[2-9A-HJKMNP-Z]{6}$/)));
  });

  it("reads back", () => {
    fc.assert(fc.property(codes, (code) => void expect(readCode(code)).toEqual({ kind: "code", code })));
  });

  it("with any one character wrong is mistyped, but for a doubled one 15 places off", () => {
    let unseen = 0;
    let tried = 0;
    for (const code of someCodes) {
      for (let at = 3; at < code.length; at++) {
        for (const character of "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
          if (character === code[at]) continue;
          const typed = withCharacter(code, at, character);
          const isUnseen = isDoubled(at) && are15Apart(character, code[at] ?? "");
          tried += 1;
          unseen += isUnseen ? 1 : 0;
          expect(readCode(typed), `${code} → ${typed}`).toEqual(
            isUnseen ? { kind: "code", code: typed } : { kind: "mistyped" },
          );
        }
      }
    }
    expect(unseen / tried).toBeLessThan(0.02);
  });

  it("with any two neighbours swapped is mistyped", () => {
    fc.assert(
      fc.property(codes, fc.integer({ min: 3, max: 7 }), (code, at) => {
        const [first = "", second = ""] = [code[at], code[at + 1]];
        const typed = `${code.slice(0, at)}${second}${first}${code.slice(at + 2)}`;
        const isUnseen = first === second || [first, second].sort().join("") === "2Z";
        expect(readCode(typed)).toEqual(isUnseen ? { kind: "code", code: typed } : { kind: "mistyped" });
      }),
      { numRuns: 1000 },
    );
  });

  it("with a character too few or too many is mistyped", () => {
    fc.assert(
      fc.property(codes, fc.integer({ min: 3, max: 8 }), fc.constantFrom(...ALPHABET), (code, at, extra) => {
        expect(readCode(code.slice(0, at) + code.slice(at + 1))).toEqual({ kind: "mistyped" });
        expect(readCode(code.slice(0, at) + extra + code.slice(at))).toEqual({ kind: "mistyped" });
      }),
    );
  });

  it("cannot be guessed from the one before: every draw decides one character", () => {
    const drawn: number[] = [];
    makeCode((n) => {
      drawn.push(n);
      return 0;
    });
    expect(drawn).toEqual([31, 31, 31, 31, 31]);
  });
});

describe("readCode", () => {
  const code = makeCode(() => 7);
  const body = code.slice(3);

  it.each([
    code,
    code.toLowerCase(),
    `kn${body}`,
    `KN ${body}`,
    `kn – ${body}`,
    `KN—${body}`,
    `KN: ${body}`,
    `KN-${body.slice(0, 3)} ${body.slice(3)}`,
    `KN-${[...body].join(" ")}`,
    `mã ${code} là gì`,
    `${code} giúp tôi`,
    `${code} ok em`,
    `${code}.`,
    `(${code})`,
    `hồ sơ ${code}, gửi hôm qua`,
  ])("finds the code in '%s'", (text) => {
    expect(readCode(text)).toEqual({ kind: "code", code });
  });

  it.each(["", "kiến nghị", "KN-", "KN-AB", "đường dây KN", "ABKN-234567", "123456"])(
    "finds none in '%s'",
    (text) => {
      expect(readCode(text)).toEqual({ kind: "none" });
    },
  );

  it("takes any text without failing, a hundred thousand characters too", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        (text) => void expect(() => readCode(`KN-${text}`)).not.toThrow(),
      ),
    );
    const started = performance.now();
    for (const text of ["KN-".repeat(33_000), `KN${" ".repeat(100_000)}`, `KN-${"A ".repeat(50_000)}`])
      readCode(text);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
