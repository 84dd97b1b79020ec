import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const LONG = 20_000;
const MAX_MS = 50;
/** A busy machine makes a quick pattern slow now and then, and a slow one always. */
const TRIES = 8;
const HOPELESS_MS = 500;

/** What bounds the text of a pattern that is slow on longer ones, in characters. */
const BOUNDED: Record<string, { length: number; because: string }> = {
  "src/answering/understand.ts": { length: 2_000, because: "a message is understood up to there" },
  "src/answering/as-of.ts": { length: 2_000, because: "a message is understood up to there" },
  "src/knowledge/legal-structure.ts": { length: 400, because: "longer lines are no titles" },
  "src/reading/xlsx-format.ts": { length: 400, because: "the digits of one number" },
  "src/text/telex.ts": { length: 8, because: "longer words are not typed keys" },
  "src/conversation/commands.ts": { length: 80, because: "longer messages are no commands" },
  "src/channels": { length: 2_000, because: "addresses from settings" },
};

type Pattern = { file: string; line: number; regex: RegExp };

function patternsOf(file: string): Pattern[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(ROOT, file), "utf8"),
    ts.ScriptTarget.Latest,
    true,
  );
  const found: Pattern[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const [, body = "", flags = ""] = /^\/(.*)\/([a-z]*)$/s.exec(node.getText()) ?? [];
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      found.push({ file, line, regex: new RegExp(body, flags) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** What a pattern is made of, repeated: that is what makes it try again and again. */
function piecesOf({ source }: RegExp): string[] {
  const plain = source
    .replace(/\\[pP]\{[^}]*\}/g, "a1")
    .replaceAll("\\d", "1")
    .replaceAll("\\w", "a")
    .replace(/\\[sbBnrt]/g, " ")
    .replace(/[\\^$.*+?()[\]{}|]/g, "");
  const words = (source.match(/\p{L}{2,}/gu) ?? []).slice(0, 6);
  return [...new Set([...plain].slice(0, 12)), ...words, ...words.map((word) => `${word} `)].concat([
    "a ",
    "1 ",
    "1.",
    "1/",
    "<a",
    "\n",
    " \n",
    "aA1 -",
    "- ",
  ]);
}

function hostile(piece: string, length: number): string {
  return `${piece.repeat(Math.ceil(length / piece.length)).slice(0, length)}\u0000!`;
}

function lengthFor(file: string): number {
  return Object.entries(BOUNDED).find(([start]) => file.startsWith(start))?.[1].length ?? LONG;
}

function slowest({ file, regex }: Pattern): number {
  return Math.max(
    ...piecesOf(regex).map((piece) => {
      const text = hostile(piece, lengthFor(file));
      let best = Number.POSITIVE_INFINITY;
      for (let n = 0; n < TRIES && best > MAX_MS && (n === 0 || best < HOPELESS_MS); n++) {
        const began = performance.now();
        text.replace(regex, "");
        best = Math.min(best, performance.now() - began);
      }
      return best;
    }),
  );
}

test("no pattern takes long on a text made to slow it down", { timeout: 120_000 }, () => {
  const files = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => `src/${file}`);
  const patterns = files.flatMap(patternsOf);
  expect(patterns.length).toBeGreaterThan(400);
  const slow = patterns
    .map((pattern) => ({ ...pattern, ms: slowest(pattern) }))
    .filter(({ ms }) => ms > MAX_MS)
    .map(({ file, line, ms }) => `${file}:${line} ${Math.round(ms)} ms`);
  expect(slow).toEqual([]);
});

test("a pattern that tries again from every place is caught", { timeout: 120_000 }, () => {
  expect(slowest({ file: "src/x.ts", line: 1, regex: /\s+$/ })).toBeGreaterThan(MAX_MS);
});
