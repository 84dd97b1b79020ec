import { describe, expect, it } from "vitest";
import { checkCatalogFile } from "../../src/knowledge/corpus.ts";
import { rowFaults, rowsOf, SECTIONS, type SectionName } from "../../src/knowledge/directory.ts";
import { editRows } from "../../src/knowledge/edit-rows.ts";
import { ownFiles } from "../support/corpus.ts";

const HOLIDAYS = `# Days off.
- { date: 2026-01-01, name: Tết Dương lịch } # sure
- { date: 2026-04-26, name: Giỗ Tổ, certainty: to-verify }
`;
const SETTINGS = `# Terms.
review: { days: 5, basis: "mốc của kênh" }
remindDays: 2 # before
`;

describe("editing a row", () => {
  it("changes its values alone; comments and the other rows stay as they were written", () => {
    const edited = editRows(HOLIDAYS, [], {
      kind: "change",
      at: 1,
      row: { date: "2026-04-27", name: "Giỗ Tổ", certainty: null, compensates: "2026-04-26" },
    });
    expect(edited).toBe(`# Days off.
- { date: 2026-01-01, name: Tết Dương lịch } # sure
- { date: 2026-04-27, name: Giỗ Tổ, compensates: 2026-04-26 }
`);
  });

  it("adds a row in the style of the last, and to an empty file", () => {
    const row = { date: "2026-09-02", name: "Quốc khánh: 2/9 #1", compensates: null };
    expect(editRows(HOLIDAYS, [], { kind: "add", row })).toBe(
      `${HOLIDAYS}- { date: 2026-09-02, name: "Quốc khánh: 2/9 #1" }\n`,
    );
    expect(rowsOf(SECTIONS.holidays, editRows("", [], { kind: "add", row }))).toEqual([
      { date: "2026-09-02", name: "Quốc khánh: 2/9 #1" },
    ]);
  });

  it("takes a row away", () => {
    expect(editRows(HOLIDAYS, [], { kind: "remove", at: 1 })).toBe(
      HOLIDAYS.split("\n").slice(0, 2).join("\n").concat("\n"),
    );
  });

  it("reaches values inside another one, and keeps a number a number", () => {
    const row = { "review.days": 7, "review.basis": "mốc của kênh", remindDays: 2 };
    expect(editRows(SETTINGS, [], { kind: "change", at: 0, row }, true)).toBe(SETTINGS.replace("5", "7"));
  });

  it("writes a text that looks like something else so that it stays a text", () => {
    for (const name of ["2026", "true", "null", "- a", "*neo", "# b", "a: b", "{x", "“y”"]) {
      const edited = editRows(HOLIDAYS, [], { kind: "change", at: 0, row: { name } });
      expect(rowsOf(SECTIONS.holidays, edited)[0]?.name).toBe(name);
      checkCatalogFile({ path: "holidays.yaml", text: edited });
    }
  });
});

describe("the lists of the knowledge folder", () => {
  it.each(Object.keys(SECTIONS) as SectionName[])(
    "%s are read, are valid row by row, and stay the same when saved unchanged",
    async (name) => {
      const section = SECTIONS[name];
      const { text = "" } = (await ownFiles()).find(({ path }) => path === section.file) ?? {};
      const rows = rowsOf(section, text);
      expect(rows.length).toBeGreaterThan(0);
      for (const [at, row] of rows.entries()) expect(rowFaults(section, rows, at, row)).toEqual([]);
      const first = rows[0] ?? {};
      const row = section.shape === "words" ? String(first.word) : first;
      const saved = editRows(
        text,
        [...section.path],
        { kind: "change", at: 0, row },
        section.shape === "one",
      );
      expect(rowsOf(section, saved)).toEqual(rows);
      checkCatalogFile({ path: section.file, text: saved });
    },
  );

  it("name what is wrong with a row in Vietnamese, and refuse a second row of the same name", () => {
    const rows = rowsOf(SECTIONS.holidays, HOLIDAYS);
    expect(rowFaults(SECTIONS.holidays, rows, null, { date: "2026-13-01", name: "x" })).toEqual([
      { key: "date", message: "là ngày không có thật" },
    ]);
    expect(rowFaults(SECTIONS.holidays, rows, null, { date: "2026-01-01", name: "x" })[0]?.message).toContain(
      "đã có dòng",
    );
    expect(rowFaults(SECTIONS.holidays, rows, 0, { date: "2026-01-01", name: "x" })).toEqual([]);
  });
});
