import { Unreadable } from "./unreadable.ts";

/** A cell as its file has it; one that spans several columns or rows stands once. */
export type Cell = { text: string; columns: number; rows: number };

const WIDEST = 1_000;
const MOST_CELLS = 300_000;

/**
 * The cells as a rectangle. A cell over several rows or columns is repeated in each, so that every row can be read by itself;
 * one over the whole width is a line of its own and stands once. Rows and columns without a word are left out.
 */
export function toGrid(rows: Cell[][]): string[][] {
  const width = Math.min(WIDEST, Math.max(0, ...rows.slice(0, 10_000).map((row) => sum(row))));
  const grid: (string | undefined)[][] = rows.map(() => []);
  let filled = 0;
  for (const [y, row] of rows.entries()) {
    let x = 0;
    for (const cell of row) {
      while (grid[y]?.[x] !== undefined) x += 1;
      const columns = Math.max(1, Math.min(cell.columns, WIDEST - x));
      const isWhole = columns > 1 && columns >= width;
      for (let dy = 0; dy < Math.max(1, cell.rows) && y + dy < rows.length; dy += 1) {
        filled += columns;
        if (filled > MOST_CELLS) throw new Unreadable("tệp có bảng quá lớn; hãy tách thành nhiều bảng");
        for (let dx = 0; dx < columns; dx += 1)
          (grid[y + dy] as string[])[x + dx] = isWhole && dx > 0 ? "" : cell.text;
      }
      x += columns;
    }
  }
  return withoutEmpty(grid);
}

function sum(row: Cell[]): number {
  return row.reduce((total, { columns }) => total + Math.max(1, columns), 0);
}

/** Also fills the holes that short rows leave. */
export function withoutEmpty(grid: (string | undefined)[][]): string[][] {
  const used = new Set<number>();
  for (const row of grid) for (const [x, cell] of row.entries()) if (cell) used.add(x);
  const columns = [...used].sort((a, b) => a - b);
  return grid.filter((row) => row.some((cell) => cell)).map((row) => columns.map((x) => row[x] ?? ""));
}
