import { isCollection, isSeq, parseDocument } from "yaml";

/** Values of one row by their keys, "review.days" for a value inside another; null takes a value away. */
export type RowValues = Record<string, unknown>;

/** A plain text stands for a row that has no keys. */
export type RowEdit =
  | { kind: "add"; row: RowValues | string }
  | { kind: "change"; at: number; row: RowValues | string }
  | { kind: "remove"; at: number };

/**
 * Changes one row of the list that stands at `path` of a YAML text; comments and everything else stay as they were written.
 * `at` counts from 0. With `one` the place holds a single row and no list.
 */
export function editRows(text: string, path: string[], edit: RowEdit, one = false): string {
  const document = parseDocument(text, { schema: "core", stringKeys: true });
  const place = edit.kind === "add" || one ? path : [...path, edit.at];
  if (edit.kind === "remove") document.deleteIn(place);
  else if (edit.kind === "add") {
    const list = document.getIn(path);
    const last: unknown = isSeq(list) ? list.items.at(-1) : null;
    const made = document.createNode(typeof edit.row === "string" ? edit.row : kept(edit.row), {
      flow: isCollection(last) && last.flow === true,
    });
    if (isSeq(list)) list.add(made);
    else if (path.length > 0) document.setIn(path, document.createNode([made]));
    else document.contents = document.createNode([made]) as never;
  } else if (typeof edit.row === "string") document.setIn(place, edit.row);
  else {
    if (document.contents === null) document.contents = document.createNode({}) as never;
    for (const [key, value] of Object.entries(edit.row))
      setValue(document, [...place, ...key.split(".")], value);
  }
  return document.toString({ lineWidth: 0 });
}

/** Sets one value, in the style of the one that stood there; one that is the same already is not touched. */
function setValue(
  document: ReturnType<typeof parseDocument>,
  place: (string | number)[],
  value: unknown,
): void {
  const before: unknown = document.getIn(place);
  const plain: unknown = isCollection(before) ? before.toJS(document) : before;
  if (JSON.stringify(plain ?? null) === JSON.stringify(value)) return;
  if (value === null) {
    if (before !== undefined) document.deleteIn(place);
  } else if (Array.isArray(value))
    document.setIn(
      place,
      document.createNode(value, { flow: !isCollection(before) || before.flow === true }),
    );
  else document.setIn(place, value);
}

/** Without what is taken away; a new row has no value inside another one. */
function kept(row: RowValues): object {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}
