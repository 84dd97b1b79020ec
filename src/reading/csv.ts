/** The records of a CSV text. `brokenAt` is the row (heading = 1) whose quote never closes: it and all that follows cannot be read. */
export type Csv = { rows: string[][]; brokenAt: number | null };

const DELIMITERS = [",", ";", "\t"];
const LINE_END = /\r\n|\n|\r/y;

/**
 * Reads CSV as RFC 4180 describes it, with the separator that the heading uses (comma, semicolon or tab). A record is
 * one row of a spreadsheet, however many lines its quoted cells span; an empty line is a row without cells.
 */
export function parseCsv(text: string): Csv {
  const body = text.replace(/^\uFEFF/, "");
  const delimiter = delimiterOf(body);
  const rows: string[][] = [];
  let at = 0;
  while (at < body.length) {
    const record = readRecord(body, at, delimiter);
    if (record === null) return { rows, brokenAt: rows.length + 1 };
    rows.push(record.cells);
    at = record.end;
  }
  return { rows, brokenAt: null };
}

/** The separator that stands most often in the first record, outside of quotes. */
function delimiterOf(text: string): string {
  const counts = DELIMITERS.map((each) => readRecord(text, 0, each)?.cells.length ?? 0);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
}

type Record = { cells: string[]; end: number };
type Cell = { value: string; end: number };

function readRecord(text: string, start: number, delimiter: string): Record | null {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    const cell = readCell(text, at, delimiter);
    if (cell === null) return null;
    cells.push(cell.value);
    if (text[cell.end] !== delimiter)
      return { cells: isBlank(cells) ? [] : cells, end: nextLine(text, cell.end) };
    at = cell.end + 1;
  }
}

function readCell(text: string, start: number, delimiter: string): Cell | null {
  if (text[start] !== '"') return readPlain(text, start, delimiter);
  const quoted = readQuoted(text, start);
  if (quoted === null) return null;
  const rest = readPlain(text, quoted.end, delimiter);
  return { value: quoted.value + rest.value, end: rest.end };
}

function readPlain(text: string, start: number, delimiter: string): Cell {
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== "\n" && text[end] !== "\r") end += 1;
  return { value: text.slice(start, end), end };
}

/** A doubled quote inside of quotes is one quote. */
function readQuoted(text: string, start: number): Cell | null {
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return null;
    if (text[quote + 1] !== '"')
      return { value: text.slice(start + 1, quote).replaceAll('""', '"'), end: quote + 1 };
    from = quote + 2;
  }
}

function nextLine(text: string, end: number): number {
  LINE_END.lastIndex = end;
  return end + (LINE_END.exec(text)?.[0].length ?? 0);
}

function isBlank(cells: string[]): boolean {
  return cells.length === 1 && cells[0] === "";
}
