import { describe, expect, it } from "vitest";
import type { EditionFile } from "../../src/knowledge/edition.ts";
import { fileChanges } from "../../src/knowledge/file-changes.ts";

const file = (path: string, text: string, document: string | null = path): EditionFile => ({
  path,
  text,
  textHash: text,
  originalHash: text,
  name: path,
  sidecar: null,
  document,
  clauses: 1,
  since: 1,
});

const outline = (base: EditionFile[], files: EditionFile[]) =>
  fileChanges(base, files).map(({ kind, path, name }) => [kind, path, name]);

describe("the files of an edition against its base", () => {
  it("that are the same are no change", () => {
    expect(outline([file("a", "1")], [file("a", "1")])).toEqual([]);
  });

  it("are added, replaced or removed", () => {
    const base = [file("a", "1"), file("b", "1"), file("topics.yaml", "1", null)];
    const files = [file("a", "2"), file("c", "1"), file("topics.yaml", "1", null)];
    expect(outline(base, files)).toEqual([
      ["replaced", "a", "a"],
      ["added", "c", "c"],
      ["removed", "b", "b"],
    ]);
  });

  it("replace the document with their number under any path, and are undone at the path of the base", () => {
    expect(outline([file("a", "1", "5/QĐ")], [file("new", "1", "5/QĐ")])).toEqual([["replaced", "a", "new"]]);
  });

  it("without a number are known by their path alone", () => {
    expect(outline([file("a", "1", null)], [file("b", "1", null)])).toEqual([
      ["added", "b", "b"],
      ["removed", "a", "a"],
    ]);
  });
});
