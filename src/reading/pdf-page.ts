import { OPS } from "./pdf-operators.ts";

/** Left, top, right, bottom, in points; the page's own system, with y upwards. */
export type Box = [number, number, number, number];
/** What is drawn on a page: boxes that are filled or stroked; how many letters; and how many characters of it no reader sees. */
export type Drawn = { boxes: Box[]; letters: number; hidden: number };
export type Operators = { fnArray: ArrayLike<number>; argsArray: ArrayLike<unknown> };

type Matrix = [number, number, number, number, number, number];
type State = { matrix: Matrix; fill: string; alpha: number; mode: number; fontSize: number };
type Text = { matrix: Matrix; line: Matrix; leading: number };
type Ground = { box: Box; colour: string };

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
const PAPER = "#ffffff";
const INVISIBLE_MODES = new Set([3, 7]);
const SMALLEST_POINTS = 2;
const MOST_BOXES = 20_000;

/** Replays a page's drawing as far as it tells where words stand, in what colour, and on what. `isVisible` asks for a layer. */
export function readDrawing(operators: Operators, page: Box, isVisible: (layer: unknown) => boolean): Drawn {
  let state: State = { matrix: IDENTITY, fill: "#000000", alpha: 1, mode: 0, fontSize: 0 };
  let text: Text = { matrix: IDENTITY, line: IDENTITY, leading: 0 };
  const saved: State[] = [];
  const layers: boolean[] = [];
  const grounds: Ground[] = [];
  const boxes: Box[] = [];
  let [letters, hidden] = [0, 0];
  const move = (x: number, y: number) => {
    const line = multiply(text.line, [1, 0, 0, 1, x, y]);
    text = { ...text, line, matrix: line };
  };
  for (let i = 0; i < operators.fnArray.length; i += 1) {
    const operator = operators.fnArray[i] ?? 0;
    const args = (operators.argsArray[i] ?? []) as unknown[];
    const number = (at: number) => Number(args[at]);
    if (operator === OPS.save || operator === OPS.paintFormXObjectBegin) saved.push(state);
    if (operator === OPS.restore || operator === OPS.paintFormXObjectEnd) state = saved.pop() ?? state;
    if (operator === OPS.transform) state = { ...state, matrix: multiply(state.matrix, toMatrix(args)) };
    if (operator === OPS.paintFormXObjectBegin && args[0])
      state = { ...state, matrix: multiply(state.matrix, toMatrix(args[0])) };
    if (operator === OPS.setFillRGBColor) state = { ...state, fill: String(args[0]).toLowerCase() };
    if (operator === OPS.setFillColorN || operator === OPS.setFillTransparent)
      state = { ...state, fill: "pattern" };
    if (operator === OPS.setTextRenderingMode) state = { ...state, mode: number(0) };
    if (operator === OPS.setFont) state = { ...state, fontSize: number(1) };
    if (operator === OPS.setGState) state = { ...state, alpha: alphaOf(args[0], state.alpha) };
    if (operator === OPS.beginText) text = { ...text, matrix: IDENTITY, line: IDENTITY };
    if (operator === OPS.setTextMatrix) {
      const matrix = toMatrix(args.length === 1 ? args[0] : args);
      text = { ...text, matrix, line: matrix };
    }
    if (operator === OPS.setLeading) text = { ...text, leading: number(0) };
    if (operator === OPS.moveText) move(number(0), number(1));
    if (operator === OPS.setLeadingMoveText) {
      text = { ...text, leading: number(1) };
      move(number(0), number(1));
    }
    if (operator === OPS.nextLine) move(0, text.leading);
    if (operator === OPS.beginMarkedContent) layers.push(true);
    if (operator === OPS.beginMarkedContentProps) layers.push(args[0] !== "OC" || isVisible(args[1]));
    if (operator === OPS.endMarkedContent) layers.pop();
    if (operator === OPS.constructPath) {
      const box = boxOf(args[2], state.matrix);
      if (box && boxes.length < MOST_BOXES && isPainting(number(0))) boxes.push(box);
      if (box && isFilling(number(0)) && grounds.length < MOST_BOXES)
        grounds.push({ box, colour: state.fill });
    }
    if (operator === OPS.showText) {
      const shown = textOf(args[0]);
      letters += lettersIn(shown);
      const words = shown.replace(/\s/g, "").length;
      if (words > 0 && (layers.includes(false) || isUnseen(state, text, page, grounds))) hidden += words;
    }
  }
  return { boxes, letters, hidden };
}

function isUnseen(state: State, text: Text, page: Box, grounds: Ground[]): boolean {
  const matrix = multiply(state.matrix, text.matrix);
  const [x, y] = [matrix[4], matrix[5]];
  const size = Math.abs(state.fontSize) * Math.hypot(matrix[2], matrix[3]);
  if (INVISIBLE_MODES.has(state.mode) || state.alpha < 0.05 || size < SMALLEST_POINTS) return true;
  if (!isWithin(x, y, page)) return true;
  // Words are looked up a little inside of their first letter, so that one on the edge of its ground counts as on it.
  const ground = grounds.findLast(({ box }) => isWithin(x + size / 4, y + size / 4, box))?.colour ?? PAPER;
  return state.mode === 0 && isNear(state.fill, ground);
}

function isWithin(x: number, y: number, [left, top, right, bottom]: Box): boolean {
  return x >= left - 1 && x <= right + 1 && y >= top - 1 && y <= bottom + 1;
}

/** Colours that no eye tells apart. */
function isNear(a: string, b: string): boolean {
  const [first, second] = [channels(a), channels(b)];
  return (
    first !== null && second !== null && first.every((value, i) => Math.abs(value - (second[i] ?? 0)) <= 12)
  );
}

function channels(colour: string): number[] | null {
  const found = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/.exec(colour);
  return found ? found.slice(1).map((part) => Number.parseInt(part, 16)) : null;
}

function textOf(glyphs: unknown): string {
  if (!Array.isArray(glyphs)) return "";
  return glyphs.map((glyph) => (glyph as { unicode?: string } | null)?.unicode ?? "").join("");
}

/** Without marks and with ligatures in their letters, so that two ways to write the same words count alike. */
export function lettersIn(text: string): number {
  return text.normalize("NFKD").match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}

function alphaOf(settings: unknown, before: number): number {
  const found = (settings as [string, unknown][] | undefined)?.findLast(([key]) => key === "ca");
  return found ? Number(found[1]) : before;
}

const FILLING: ReadonlySet<number> = new Set([
  OPS.fill,
  OPS.eoFill,
  OPS.fillStroke,
  OPS.eoFillStroke,
  OPS.closeFillStroke,
  OPS.closeEOFillStroke,
]);

function isFilling(operator: number): boolean {
  return FILLING.has(operator);
}

function isPainting(operator: number): boolean {
  return isFilling(operator) || operator === OPS.stroke || operator === OPS.closeStroke;
}

function boxOf(bounds: unknown, matrix: Matrix): Box | null {
  const [x0, y0, x1, y1] = Array.from((bounds ?? []) as ArrayLike<number>);
  if (x0 === undefined || y0 === undefined || x1 === undefined || y1 === undefined) return null;
  const [ax, ay] = apply(matrix, x0, y0);
  const [bx, by] = apply(matrix, x1, y1);
  return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
}

function apply([a, b, c, d, e, f]: Matrix, x: number, y: number): [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d] = inner;
  const [e, f] = apply(outer, inner[4], inner[5]);
  return [
    outer[0] * a + outer[2] * b,
    outer[1] * a + outer[3] * b,
    outer[0] * c + outer[2] * d,
    outer[1] * c + outer[3] * d,
    e,
    f,
  ];
}

function toMatrix(value: unknown): Matrix {
  const numbers = Array.from(value as ArrayLike<number>).map(Number);
  return numbers.length >= 6 ? (numbers.slice(0, 6) as Matrix) : IDENTITY;
}
