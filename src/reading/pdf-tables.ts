import { clean } from "./lines.ts";
import { type Piece, toLines } from "./pdf-lines.ts";
import type { Box } from "./pdf-page.ts";
import { type Cell, toGrid } from "./table.ts";

/** A table that is drawn with rules, and where it stands. */
export type Ruled = { box: Box; rows: string[][]; pieces: Set<Piece> };

type Edges = { across: Box[]; down: Box[] };

const THIN = 2.5;
const TOUCH = 3;
const SHORTEST = 6;
const MOST_EDGES = 4_000;

/** Finds the tables of a page by the lines that are drawn around their cells; one without lines is read as plain text. */
export function ruledTables(boxes: Box[], pieces: Piece[]): Ruled[] {
  const edges = edgesOf(boxes);
  if (edges.across.length + edges.down.length > MOST_EDGES) return [];
  return components(edges).flatMap((component) => tableOf(component, pieces) ?? []);
}

/** A box that is drawn around a cell has four edges; a thin one is an edge itself. */
function edgesOf(boxes: Box[]): Edges {
  const edges: Edges = { across: [], down: [] };
  for (const [left, bottom, right, top] of boxes) {
    const [width, height] = [right - left, top - bottom];
    if (height <= THIN && width >= SHORTEST) edges.across.push([left, bottom, right, top]);
    else if (width <= THIN && height >= SHORTEST) edges.down.push([left, bottom, right, top]);
    else if (width >= SHORTEST && height >= SHORTEST) {
      edges.across.push([left, bottom, right, bottom], [left, top, right, top]);
      edges.down.push([left, bottom, left, top], [right, bottom, right, top]);
    }
  }
  return edges;
}

function components({ across, down }: Edges): Edges[] {
  const waiting = new Set<Box>([...across, ...down]);
  const isAcross = new Set(across);
  const found: Edges[] = [];
  for (const first of waiting) {
    waiting.delete(first);
    const reached = [first];
    for (const edge of reached)
      for (const other of waiting)
        if (touches(edge, other)) {
          waiting.delete(other);
          reached.push(other);
        }
    found.push({
      across: reached.filter((edge) => isAcross.has(edge)),
      down: reached.filter((edge) => !isAcross.has(edge)),
    });
  }
  return found;
}

function touches(a: Box, b: Box): boolean {
  return a[0] <= b[2] + TOUCH && b[0] <= a[2] + TOUCH && a[1] <= b[3] + TOUCH && b[1] <= a[3] + TOUCH;
}

function tableOf({ across, down }: Edges, pieces: Piece[]): Ruled | null {
  const xs = distinct(down.map(([left, , right]) => (left + right) / 2));
  const ys = distinct(across.map(([, bottom, , top]) => (bottom + top) / 2)).reverse();
  const box: Box = [xs[0] ?? 0, ys.at(-1) ?? 0, xs.at(-1) ?? 0, ys[0] ?? 0];
  if (xs.length < 3 || ys.length < 2) return null;
  const inside = pieces.filter((piece) => isInside(piece, box));
  const cells = toCells(xs, ys, { across, down }, inside);
  const rows = toGrid(cells);
  return rows.some((row) => row.length > 1) ? { box, rows, pieces: new Set(inside) } : null;
}

function distinct(values: number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.filter((value, i) => i === 0 || value - (sorted[i - 1] ?? 0) > THIN);
}

function isInside(piece: Piece, [left, bottom, right, top]: Box): boolean {
  const middle = piece.y + piece.size / 3;
  return piece.x >= left - TOUCH && piece.x <= right && middle >= bottom && middle <= top;
}

/** Where no line parts two places they are one cell. */
function toCells(xs: number[], ys: number[], edges: Edges, pieces: Piece[]): Cell[][] {
  const taken = new Set<string>();
  return ys.slice(1).map((_, row) => {
    const cells: Cell[] = [];
    for (let column = 0; column < xs.length - 1; column += 1) {
      if (taken.has(`${row} ${column}`)) continue;
      let [columns, rows] = [1, 1];
      while (
        column + columns < xs.length - 1 &&
        !isParted(edges.down, xs[column + columns], middle(ys, row), 0)
      )
        columns += 1;
      while (row + rows < ys.length - 1 && !isParted(edges.across, ys[row + rows], middle(xs, column), 1))
        rows += 1;
      for (let y = 0; y < rows; y += 1)
        for (let x = 0; x < columns; x += 1) taken.add(`${row + y} ${column + x}`);
      const box: Box = [xs[column] ?? 0, ys[row + rows] ?? 0, xs[column + columns] ?? 0, ys[row] ?? 0];
      cells.push({ text: wordsIn(box, pieces), columns, rows });
    }
    return cells;
  });
}

function middle(values: number[], at: number): number {
  return ((values[at] ?? 0) + (values[at + 1] ?? 0)) / 2;
}

/** Whether an edge lies at `place` (x of one that goes down, y of one that goes across) and passes `along`. */
function isParted(edges: Box[], place: number | undefined, along: number, axis: 0 | 1): boolean {
  const other = axis === 0 ? 1 : 0;
  return edges.some(
    (edge) =>
      Math.abs((edge[axis] + (edge[axis + 2] ?? 0)) / 2 - (place ?? 0)) <= THIN &&
      along >= (edge[other] ?? 0) - TOUCH &&
      along <= (edge[other + 2] ?? 0) + TOUCH,
  );
}

function wordsIn(box: Box, pieces: Piece[]): string {
  const own = pieces.filter((piece) => isCentred(piece, box));
  return clean(
    toLines(own)
      .map(({ text }) => text)
      .join(" "),
  );
}

function isCentred(piece: Piece, [left, bottom, right, top]: Box): boolean {
  const [x, y] = [piece.x + Math.min(piece.width, 8) / 2, piece.y + piece.size / 3];
  return x >= left && x < right && y >= bottom && y < top;
}
