import fc from "fast-check";

const LETTERS = [
  ..."aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ",
];

/** Words of Vietnamese letters with the signs that stand between them. */
export const vietnamese = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...LETTERS, ...LETTERS.map((letter) => letter.toUpperCase())) },
      { weight: 2, arbitrary: fc.constantFrom(" ", "\n", ", ", ". ", "; ", "? ", "\t") },
      { weight: 1, arbitrary: fc.constantFrom("0", "7", "%", "-", "/") },
    ),
    { maxLength: 120 },
  )
  .map((pieces) => pieces.join(""));

/** Anything that can stand in a JavaScript string, halves of characters included. */
export const anyText = fc.oneof(
  vietnamese,
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.string({ unit: "grapheme", maxLength: 80 }),
  fc
    .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0xd800, max: 0xdfff })), {
      maxLength: 40,
    })
    .map((units) => String.fromCharCode(...units)),
);
