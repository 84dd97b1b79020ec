import { describe, expect, it } from "vitest";
import { changesBetween, clauseText, overtaken } from "../../src/knowledge/changes.ts";
import { toPassages } from "../../src/knowledge/validity.ts";
import { parse } from "./documents.ts";

const BODY =
  "## Điều 5. Mức hỗ trợ\n1. Mức hỗ trợ là 111 triệu đồng.\n2. Hồ sơ gồm:\n   a) đơn;\n   b) giấy.";
const A = { number: "10/2024/NĐ-CP", effective: "2024-01-01" };

const passages = (body: string, keys: Record<string, string> = A) => toPassages([parse(body, keys)]);
const seen = (before: string, after: string) =>
  changesBetween(passages(before), passages(after)).map(({ id, kind, what }) => [
    id.split("#")[1],
    kind,
    what,
  ]);

describe("changes between two states of the corpus", () => {
  it("are none when nothing changed", () => {
    expect(seen(BODY, BODY)).toEqual([]);
  });

  it("name one khoản when one khoản was reworded", () => {
    expect(seen(BODY, BODY.replace("111", "222"))).toEqual([["dieu-5.khoan-1", "changed", ["text"]]]);
  });

  it("name a khoản whose point was reworded", () => {
    expect(seen(BODY, BODY.replace("b) giấy", "b) giấy tờ"))).toEqual([
      ["dieu-5.khoan-2", "changed", ["text"]],
    ]);
  });

  it("list what was added in its place and what was removed at the end", () => {
    const after = `${BODY.split("\n2.")[0]}\n3. Thời hạn là 5 ngày.`;
    expect(seen(BODY, after)).toEqual([
      ["dieu-5.khoan-3", "added", []],
      ["dieu-5.khoan-2", "removed", []],
    ]);
  });

  it("tell a new day, another certainty and new sample questions apart from new words", () => {
    const meta = (yaml: string) => BODY.replace("đồng.\n2.", `đồng.\n   <!--\n   ${yaml}\n   -->\n2.`);
    expect(seen(BODY, meta("to: 2027-01-01"))[0]?.[2]).toEqual(["validity"]);
    expect(seen(BODY, meta("certainty: to-verify\n   verifiedBy: Sở"))[0]?.[2]).toEqual(["certainty"]);
    expect(seen(BODY, meta("questions: [mức nào vậy]"))[0]?.[2]).toEqual(["questions"]);
  });

  it("show a clause that another document ended, with the day and the document", () => {
    const old = parse(BODY, A);
    const amending = parse("## Điều 1. Sửa đổi\nMức hỗ trợ là 222 triệu đồng.", {
      number: "20/2025/NĐ-CP",
      effective: "2026-01-01",
      amends: `[{ document: ${A.number}, clause: Điều 5, effect: replaces, from: 2026-01-01 }]`,
    });
    const [added, ...ended] = changesBetween(toPassages([old]), toPassages([amending, old]));
    expect(added).toMatchObject({ kind: "added", document: "20/2025/NĐ-CP" });
    expect(ended.map(({ after }) => after)).toEqual([
      expect.objectContaining({ to: "2026-01-01", supersededBy: "20/2025/NĐ-CP" }),
      expect.objectContaining({ to: "2026-01-01", supersededBy: "20/2025/NĐ-CP" }),
    ]);
  });
});

describe("clauses that earlier answers may no longer rest on", () => {
  it("are those reworded, ended or gone, not those with a new sample question or a new neighbour", () => {
    const before = passages(`${BODY}\n3. Cũ.`);
    const after = passages(
      `${BODY.replace("111", "222").replace("2. Hồ sơ gồm:", "2. Hồ sơ gồm:\n   <!--\n   questions: [hồ sơ gồm gì]\n   -->")}\n4. Mới.`,
    );
    expect(overtaken(changesBetween(before, after)).map((id) => id.split("#")[1])).toEqual([
      "dieu-5.khoan-1",
      "dieu-5.khoan-3",
    ]);
  });
});

describe("the text of a clause", () => {
  it("holds its lead and its points with their letters", () => {
    expect(clauseText(passages(BODY)[1] as never)).toBe("Hồ sơ gồm:\nđiểm a) đơn;\nđiểm b) giấy.");
  });
});
