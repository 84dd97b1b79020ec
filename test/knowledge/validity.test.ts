import { describe, expect, it } from "vitest";
import { type Passage, toPassages, validityAt } from "../../src/knowledge/validity.ts";
import { parse } from "./documents.ts";

const A = { number: "10/2024/NĐ-CP", effective: "2024-01-01" };
const B = { number: "20/2025/NĐ-CP", effective: "2026-01-01" };
const C = { number: "30/2025/NĐ-CP", effective: "2025-06-01" };

const OLD = [
  "## Chương II. Hỗ trợ",
  "### Điều 5. Mức hỗ trợ",
  "1. Mức hỗ trợ là 111 triệu đồng.",
  "2. Hồ sơ gồm:",
  "   a) đơn;",
  "   đ) giấy.",
  "### Điều 50. Tổ chức thực hiện",
  "Ủy ban xã thực hiện.",
  "## Mức cũ",
  "Mức cũ là 99 triệu đồng.",
].join("\n");
const NEW = "## Điều 1. Sửa đổi\nMức hỗ trợ là 222 triệu đồng.";

type Change = { clause?: string; effect?: string; from?: string };
const old = () => parse(OLD, A);
const changing = (keys: Record<string, string>, ...changes: Change[]) =>
  parse(NEW, {
    ...keys,
    amends: `[${changes
      .map(
        ({ clause, effect = "amends", from = keys.effective ?? "" }) =>
          `{ document: ${A.number}, ${clause ? `clause: "${clause}", ` : ""}effect: ${effect}, from: ${from} }`,
      )
      .join(", ")}]`,
  });

/** The clauses of the old decree that no longer apply on a day. */
function endedOn(day: string, ...documents: ReturnType<typeof parse>[]): string[] {
  return toPassages(documents)
    .filter((passage) => passage.document === A.number && validityAt(passage, day) === "ended")
    .map(({ locator }) => locator);
}

const passage = (passages: Passage[], id: string) => {
  const found = passages.find((one) => one.id === `10-2024-nd-cp#${id}`);
  if (!found) throw new Error(`no ${id} among ${passages.map((one) => one.id)}`);
  return found;
};

describe("validityAt", () => {
  it("counts the first day in and the last day out", () => {
    const span = { from: "2024-01-01", to: "2026-01-01" };
    expect(
      ["2023-12-31", "2024-01-01", "2025-12-31", "2026-01-01"].map((day) => validityAt(span, day)),
    ).toEqual(["not-yet", "in-force", "in-force", "ended"]);
    expect(validityAt({ from: "2024-01-01", to: null }, "9999-12-31")).toBe("in-force");
  });
});

describe("an amendment", () => {
  it.each(["amends", "replaces", "annuls"])(
    "that %s a clause ends it from its day on, and names its document",
    (effect) => {
      const documents = [old(), changing(B, { clause: "Điều 5", effect })];
      expect(endedOn("2025-12-31", ...documents)).toEqual([]);
      expect(endedOn("2026-01-01", ...documents)).toEqual(["Điều 5 khoản 1", "Điều 5 khoản 2"]);
      expect(passage(toPassages(documents), "dieu-5.khoan-1")).toMatchObject({
        to: "2026-01-01",
        supersededBy: B.number,
      });
    },
  );

  it("of Điều 5 leaves Điều 50 alone, and one of a khoản leaves the other khoản alone", () => {
    expect(endedOn("2026-06-01", old(), changing(B, { clause: "Điều 5 khoản 2" }))).toEqual([
      "Điều 5 khoản 2",
    ]);
    expect(endedOn("2026-06-01", old(), changing(B, { clause: "khoản 2 Điều 5" }))).toEqual([
      "Điều 5 khoản 2",
    ]);
    expect(endedOn("2026-06-01", old(), changing(B, { clause: "Điều 50" }))).toEqual(["Điều 50"]);
    expect(endedOn("2026-06-01", old(), changing(B, { clause: "Khoản 2" }))).toEqual([]);
    expect(endedOn("2026-06-01", old(), changing(B, { clause: "Điều 500" }))).toEqual([]);
  });

  it("of a chapter ends the articles in it, and one of a named section ends just that", () => {
    expect(endedOn("2026-06-01", old(), changing(B, { clause: "Chương II" }))).toEqual([
      "Điều 5 khoản 1",
      "Điều 5 khoản 2",
      "Điều 50",
    ]);
    expect(endedOn("2026-06-01", old(), changing(B, { clause: "Mức cũ" }))).toEqual(["Mức cũ"]);
    expect(endedOn("2026-06-01", old(), changing(B, { clause: "Mức" }))).toEqual([]);
  });

  it("of the whole document ends it when it replaces or annuls, and not when it amends", () => {
    expect(endedOn("2026-06-01", old(), changing(B, { effect: "replaces" }))).toHaveLength(4);
    expect(endedOn("2026-06-01", old(), changing(B, { effect: "annuls" }))).toHaveLength(4);
    expect(endedOn("2026-06-01", old(), changing(B, { effect: "amends" }))).toEqual([]);
  });

  it("of the whole document gives its name to a clause whose own end falls on its day", () => {
    const ending = parse("## Mức cũ\n<!-- to: 2026-01-01 -->\nMức cũ là 99 triệu đồng.", A);
    const [cut] = toPassages([ending, changing(B, { effect: "amends" })]);
    expect(cut).toMatchObject({ to: "2026-01-01", supersededBy: B.number });
  });

  it("that comes earliest wins, in whatever order the files are read", () => {
    const b = changing(B, { clause: "Điều 5" });
    const c = changing(C, { clause: "Điều 5 khoản 1" });
    for (const documents of [
      [old(), b, c],
      [c, b, old()],
      [b, old(), c],
    ]) {
      const passages = toPassages(documents);
      expect(passage(passages, "dieu-5.khoan-1")).toMatchObject({ to: "2025-06-01", supersededBy: C.number });
      expect(passage(passages, "dieu-5.khoan-2")).toMatchObject({ to: "2026-01-01", supersededBy: B.number });
    }
  });

  it("after the document's own end changes nothing, and one before it cuts it short", () => {
    const lapsing = parse(OLD, { ...A, expires: "2025-09-01" });
    const passages = toPassages([
      lapsing,
      changing(B, { clause: "Điều 5" }),
      changing(C, { clause: "Điều 50" }),
    ]);
    expect(passage(passages, "dieu-5.khoan-1")).toMatchObject({ to: "2025-09-01", supersededBy: null });
    expect(passage(passages, "dieu-50")).toMatchObject({ to: "2025-06-01", supersededBy: C.number });
  });

  it("does not end the new wording that the same document prints from that day", () => {
    const both = parse("## Điều 5. Cũ\n111 triệu.\n## Điều 5. Mới\n<!-- from: 2026-01-01 -->\n222 triệu.", A);
    const [first, second] = toPassages([both, changing(B, { clause: "Điều 5" })]);
    expect(first).toMatchObject({ to: "2026-01-01", supersededBy: B.number });
    expect(second).toMatchObject({ from: "2026-01-01", to: null, supersededBy: null });
  });

  it("of a point leaves the rest of its clause standing without it", () => {
    const passages = toPassages([old(), changing(B, { clause: "Điều 5 khoản 2 điểm a" })]);
    expect(passage(passages, "dieu-5.khoan-2")).toMatchObject({ to: "2026-01-01", supersededBy: B.number });
    const rest = passage(passages, "dieu-5.khoan-2@2026-01-01");
    expect(rest).toMatchObject({
      from: "2026-01-01",
      to: null,
      supersededBy: null,
      locator: "Điều 5 khoản 2",
    });
    expect(rest.parts.map((part) => part.locator)).toEqual(["điểm đ"]);
    expect(new Set(passages.map((one) => one.id)).size).toBe(passages.length);
  });

  it("of every point ends the clause when nothing is left of it", () => {
    const changes = ["a", "đ"].map((point) => ({ clause: `Điều 5 khoản 2 điểm ${point}` }));
    expect(
      endedOn("2026-06-01", old(), changing(B, ...changes)).filter((locator) => locator === "Điều 5 khoản 2")
        .length,
    ).toBeGreaterThan(0);
    const standing = toPassages([old(), changing(B, ...changes)]).filter(
      (one) => validityAt(one, "2026-06-01") === "in-force",
    );
    expect(standing.map((one) => one.locator)).not.toContain("Điều 5 khoản 2");
  });

  it("of a document that the corpus does not hold changes nothing", () => {
    const stranger = parse(NEW, {
      ...B,
      amends: "[{ document: 99/1999/NĐ-CP, effect: replaces, from: 2026-01-01 }]",
    });
    expect(endedOn("2030-01-01", old(), stranger)).toEqual([]);
  });

  it("is found however the number is written", () => {
    const other = parse(NEW, {
      ...B,
      amends: "[{ document: 10/2024/nđ-cp, effect: replaces, from: 2026-01-01 }]",
    });
    expect(endedOn("2026-01-01", old(), other)).toHaveLength(4);
  });
});
