import { balance, turn } from "./legal-quotes.ts";
import { shapeOf } from "./legal-shape.ts";
import type { Piece } from "./legal-structure.ts";

type Quoted = Extract<Piece, { kind: "quoted" }>;

const OPENING = /^[“"„«]\s*/;
const AFTER = /^\s*(?:[.;,]\s*)?$/;

/**
 * The new wordings that an amendment quotes, as people are told them: without the marks around each, and with the heading of
 * the quoted article behind the words that announce it ("Sửa đổi Điều 5 như sau: Điều 5. Mức hỗ trợ").
 */
export function unquoted(pieces: Piece[]): Piece[] {
  const read: Piece[] = [];
  let wording: Quoted[] = [];
  let open = 0;
  for (const piece of pieces) {
    if (piece.kind !== "quoted" || (open <= 0 && OPENING.test(piece.text))) {
      addWording(read, wording);
      [wording, open] = [[], 0];
    }
    if (piece.kind === "quoted") {
      wording.push(piece);
      open += balance(piece.text);
    } else read.push(piece);
  }
  addWording(read, wording);
  return read;
}

function addWording(read: Piece[], wording: Quoted[]): void {
  const texts = withoutMarks(wording.map(({ text }) => text));
  for (const [i, piece] of wording.entries()) addLine(read, { ...piece, text: texts[i] ?? "" });
}

/** A wording that only begins with a quoted word ("“Máy sấy” là máy") keeps its marks, and so do those within. */
function withoutMarks(texts: string[]): string[] {
  const text = texts.join("\n");
  if (!OPENING.test(text)) return texts;
  const end = endOfMarks(text);
  if (end !== null && !AFTER.test(text.slice(end + 1))) return texts;
  return text
    .slice(0, end ?? text.length)
    .replace(OPENING, "")
    .split("\n");
}

/** Where the mark that stands first is closed, or null where it never is. */
function endOfMarks(text: string): number | null {
  let open = 0;
  for (let i = 0; i < text.length; i += 1) {
    open += turn(text, i);
    if (open <= 0) return i;
  }
  return null;
}

function addLine(read: Piece[], line: Quoted): void {
  const above = read.at(-1);
  const isHeading = shapeOf(line.text).kind === "heading";
  if (isHeading && above && "text" in above && above.text.endsWith(":"))
    read[read.length - 1] = { ...above, text: `${above.text} ${line.text}` };
  else if (line.text !== "") read.push(line);
}
