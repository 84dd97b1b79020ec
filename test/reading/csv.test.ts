import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCsv } from "../../src/reading/csv.ts";

const rows = (text: string) => parseCsv(text).rows;

describe("a CSV text", () => {
  it.each([
    ["commas", "a,b\n1,2\n"],
    ["semicolons, as spreadsheets in Vietnam write them", "a;b\n1;2\n"],
    ["tabs", "a\tb\n1\t2"],
    ["a byte order mark", "\uFEFFa,b\r\n1,2\r\n"],
    ["the line ends of old machines", "a,b\r1,2\r"],
    ["quotes around everything", '"a","b"\n"1","2"\n'],
  ])("is read with %s", (_what, text) => {
    expect(rows(text)).toEqual([
      ["a", "b"],
      ["1", "2"],
    ]);
  });

  it("keeps separators, quotes and line breaks inside of quotes", () => {
    expect(rows('noi_dung;loai\n"Xin ""kho"";\nvà sân, phơi";kien-nghi\n')).toEqual([
      ["noi_dung", "loai"],
      ['Xin "kho";\nvà sân, phơi', "kien-nghi"],
    ]);
  });

  it("takes the separator from the heading, whatever the rows hold", () => {
    expect(rows("noi_dung;loai\na, b, c, d;x\n")[1]).toEqual(["a, b, c, d", "x"]);
  });

  it("counts a record with line breaks as one row and an empty line as a row", () => {
    expect(rows('a,b\n"1\n2\n3",x\n\n4,y\n')).toEqual([["a", "b"], ["1\n2\n3", "x"], [], ["4", "y"]]);
  });

  it("leaves a quote in the middle of a cell alone", () => {
    expect(rows('a,b\nmáy 5" cũ,x\n')[1]).toEqual(['máy 5" cũ', "x"]);
  });

  it("says in which row a quote never closes and keeps the rows above", () => {
    expect(parseCsv('a,b\n1,2\n"3,4\n5,6\n')).toEqual({
      rows: [
        ["a", "b"],
        ["1", "2"],
      ],
      brokenAt: 3,
    });
  });

  it("gives back what any spreadsheet wrote", () => {
    const cells = fc.array(fc.array(fc.string({ unit: "binary" }), { minLength: 3, maxLength: 3 }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(cells, fc.constantFrom(",", ";", "\t"), (table, separator) => {
        const given = [["một", "hai", "ba"], ...table];
        const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
        const text = given.map((row) => row.map(quoted).join(separator)).join("\r\n");
        expect(rows(text)).toEqual(given);
      }),
    );
  });
});
