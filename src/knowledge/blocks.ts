/**
 * A piece of a file as its parser saw it, in reading order. `page` counts from 1 where the format has pages, else it is null;
 * in a workbook it counts the sheets. `level` is the depth of a heading (1 to 6), `depth` that of a list item (0 is outermost).
 */
export type Block = { page: number | null } & (
  | { kind: "heading"; level: number; text: string }
  | { kind: "paragraph"; text: string }
  | { kind: "item"; depth: number; text: string }
  | { kind: "table"; rows: string[][] }
);
