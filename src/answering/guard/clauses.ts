import { normalize } from "../../text/normalize.ts";
import { sentences } from "../../text/sentences.ts";
import { type Figure, isComparable } from "./figure.ts";
import { figuresIn } from "./figures.ts";
import { inOneWriting } from "./writing.ts";

/** A piece of a sentence between commas and joining words, with its words and figures. */
export type Piece = { words: string[]; figures: Figure[]; text: string; start: number; after: string };

/** A sentence or bullet of a text, taken apart for comparing. `subject` is what it speaks of, labelled when a colon follows it: "Tổ hợp tác: …". */
export type Line = {
  text: string;
  figures: Figure[];
  pieces: Piece[];
  subject: Set<string>;
  isLabelled: boolean;
  features: Set<string>;
};

const JOINING = "và|hoặc|còn|nhưng|riêng|thay vì|thay cho|so với";
const CUT = new RegExp(`([,;:()"“”]|(?<= )(?:${JOINING})(?= ))`, "u");
const SEPARATOR = new RegExp(`^(?:[,;:()"“”]|${JOINING})$`, "u");

/** Words that say nothing of what a sentence is about. */
const COMMON = new Set(
  (
    "là thì mà và hoặc của cho theo với từ đến tới trong khi nếu các những này đó cũng vẫn đã sẽ đang được bị có không phải về ở tại vào ra lên " +
    "do bởi để nhằm cần như sau hay rất cả mỗi một số nào gì ai bà con dạ ạ mức hiện nay chỉ còn thuộc bằng trên dưới khoảng tối đa thiểu ít nhất quá trước ngày năm tháng"
  ).split(" "),
);

/** The lines of a text, each in one writing. */
export function linesOf(text: string): Line[] {
  return sentences(normalize(text)).map(toLine);
}

function toLine(sentence: string): Line {
  const text = inOneWriting(sentence);
  const figures = figuresIn(text);
  const pieces = joinLists(cut(text, figures));
  const features = new Set([
    ...pieces.flatMap(({ words }) => featuresOf(words)),
    ...figures.map(({ canonical }) => canonical),
  ]);
  return { text, figures, pieces, ...subjectOf(pieces), features };
}

/** Words that tell something, alone and as neighbours, so that "tổ hợp tác" and "hợp tác xã" are told apart. */
export function featuresOf(words: string[]): string[] {
  const telling = words.map((word) => (COMMON.has(word) ? null : word));
  return telling.flatMap((word, i) => {
    const next = telling[i + 1];
    if (word === null) return [];
    return next ? [word, `${word} ${next}`] : [word];
  });
}

/** The words of a text in one writing; figures, blanked out, are none. */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{M}]+/gu) ?? [];
}

function cut(text: string, figures: Figure[]): Piece[] {
  const blank = figures.reduce(
    (rest, { start, end }) => rest.slice(0, start) + "\uFFFC".repeat(end - start) + rest.slice(end),
    text,
  );
  const pieces: Piece[] = [];
  let start = 0;
  for (const part of blank.split(CUT)) {
    const last = pieces.at(-1);
    if (SEPARATOR.test(part)) {
      if (last) last.after = part;
    } else if (part.trim() !== "") {
      const within = figures.filter((figure) => figure.start >= start && figure.end <= start + part.length);
      pieces.push({ words: wordsOf(part), figures: within, text: part, start, after: "" });
    }
    start += part.length;
  }
  return pieces;
}

/** "tối đa 300 triệu, 500 triệu hoặc 5 tỷ tùy người vay" is one piece: a figure after one of its kind shares its words. */
function joinLists(pieces: Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last && goesOn(last, piece)) joined[joined.length - 1] = together(last, piece);
    else joined.push(piece);
  }
  return joined;
}

function goesOn(last: Piece, piece: Piece): boolean {
  const [before, after] = [last.figures.at(-1), piece.figures[0]];
  const touch = /\uFFFC *$/u.test(last.text) && /^ *\uFFFC/u.test(piece.text);
  return (
    touch &&
    last.after !== ";" &&
    last.after !== ":" &&
    before !== undefined &&
    after !== undefined &&
    isComparable(before, after)
  );
}

function together(last: Piece, piece: Piece): Piece {
  const gap = " ".repeat(piece.start - last.start - last.text.length);
  return {
    ...last,
    text: last.text + gap + piece.text,
    words: [...last.words, ...piece.words],
    figures: [...last.figures, ...piece.figures],
    after: piece.after,
  };
}

/** Where the subject of a sentence without a colon ends. */
const PREDICATE = new Set(
  "được phải có là cần không chưa chỉ nay thuộc hưởng vay nộp gồm bị do đã sẽ đang tối ít từ theo".split(" "),
);
const LONGEST_SUBJECT = 10;

function subjectOf(pieces: Piece[]): Pick<Line, "subject" | "isLabelled"> {
  const colon = pieces.findIndex(({ after }) => after === ":");
  const label = pieces.slice(0, colon + 1);
  if (label.length > 0) {
    const figures = label.flatMap((piece) => piece.figures.map(({ canonical }) => canonical));
    return {
      subject: new Set([...label.flatMap(({ words }) => featuresOf(words)), ...figures]),
      isLabelled: true,
    };
  }
  const first = pieces.find(({ words, figures }) => featuresOf(words).length > 0 || figures.some(isNamed));
  const words = first?.words ?? [];
  const end = words.findIndex((word, i) => i > 0 && PREDICATE.has(word));
  const telling = featuresOf(words.slice(0, end === -1 ? words.length : end).slice(0, LONGEST_SUBJECT));
  const named = first?.figures.filter((figure, i) => i === 0 && isNamed(figure)) ?? [];
  return { subject: new Set([...telling, ...named.map(({ canonical }) => canonical)]), isLabelled: false };
}

function isNamed({ kind }: Figure): boolean {
  return kind === "named";
}

/**
 * What is said around one figure of a line: up to the next figure of its kind, and the subject in front of a colon.
 * Words between two figures of a kind may belong to either; read "forward", they belong to the one that follows.
 */
export function contextOf(line: Line, figure: Figure, reading: "either" | "forward" = "either"): Set<string> {
  const at = line.pieces.findIndex(({ figures }) => figures.includes(figure));
  const isRival = ({ figures }: Piece) => figures.some((other) => isComparable(other, figure));
  const isLast = !line.pieces.slice(at + 1).some(isRival);
  const around = line.pieces.filter(
    (_, i) =>
      i === at || ((i < at || isLast || reading === "either") && reaches(line.pieces, at, i, isRival)),
  );
  const words = around.flatMap((piece) => featuresOf(piece.words));
  const others = around.flatMap(({ figures }) => figures.filter((other) => !isComparable(other, figure)));
  return new Set([
    ...words,
    ...others.map(({ canonical }) => canonical),
    ...(line.isLabelled ? line.subject : []),
  ]);
}

/** A piece belongs to a figure when no rival figure and no semicolon stands between; what ends in a colon looks forward. */
function reaches(pieces: Piece[], from: number, to: number, isRival: (piece: Piece) => boolean): boolean {
  const between = pieces.slice(Math.min(from, to), Math.max(from, to));
  if (between.some(({ after }) => after === ";")) return false;
  if (to > from && pieces[to]?.after === ":") return false;
  return !(to < from ? pieces.slice(to, from) : pieces.slice(from + 1, to + 1)).some(isRival);
}
