import { describe, expect, it } from "vitest";
import { withNaturalQuestions } from "../../src/knowledge/natural-questions.ts";
import { toPassages } from "../../src/knowledge/validity.ts";
import { parse } from "./documents.ts";

const A = { number: "10/2024/NĐ-CP", title: "Hỗ trợ máy sấy", effective: "2024-01-01" };
const OLD = "## Điều 5. Mức hỗ trợ\n1. Mức hỗ trợ là 111 triệu đồng.\n2. Hồ sơ nộp tại xã.";

const asked = (...documents: ReturnType<typeof parse>[]) =>
  Object.fromEntries(
    withNaturalQuestions(toPassages(documents), documents).map(({ id, questions }) => [id, questions]),
  );

describe("clauses that nobody wrote sample questions for", () => {
  it("are asked by their heading and their first sentence, alone and with the title of the document", () => {
    expect(asked(parse(OLD, A))["10-2024-nd-cp#dieu-5.khoan-2"]).toEqual([
      "Mức hỗ trợ",
      "Hồ sơ nộp tại xã.",
      "Mức hỗ trợ Hỗ trợ máy sấy",
      "Hồ sơ nộp tại xã. Hỗ trợ máy sấy",
    ]);
  });

  it("keep the questions that were written for them, and have none when they are known gaps", () => {
    const written =
      "## Điều 1. Mức\n<!--\nquestions: [mức nào]\n-->\nMức là 5 đồng.\n## Điều 2. Thiếu\n<!--\ncertainty: unknown\nverifiedBy: Sở\n-->\nChưa biết.";
    expect(asked(parse(written, A))).toEqual({
      "10-2024-nd-cp#dieu-1": ["mức nào"],
      "10-2024-nd-cp#dieu-2": [],
    });
  });

  it("are also asked what the clause was asked that they took the place of", () => {
    const amends = `[{ document: ${A.number}, clause: Điều 5 khoản 1, by: Điều 1, effect: replaces, from: 2026-01-01 }]`;
    const amending = parse(
      "## Điều 1. Sửa đổi Điều 5\nMức hỗ trợ là 222 triệu đồng.\n## Điều 2. Hiệu lực\nTừ ngày ký.",
      {
        number: "20/2025/NĐ-CP",
        effective: "2026-01-01",
        amends,
      },
    );
    const questions = asked(amending, parse(OLD, A));
    expect(questions["20-2025-nd-cp#dieu-1"]).toEqual(
      expect.arrayContaining(["Mức hỗ trợ Hỗ trợ máy sấy", "Mức hỗ trợ là 222 triệu đồng."]),
    );
    expect(questions["20-2025-nd-cp#dieu-2"]).not.toContain("Mức hỗ trợ");
  });

  it("inherit from a whole document's replacement nothing, since nobody says which clause took which place", () => {
    const amending = parse("## Điều 1. Mức\nMức là 222 triệu đồng.", {
      number: "20/2025/NĐ-CP",
      effective: "2026-01-01",
      amends: `[{ document: ${A.number}, effect: replaces, from: 2026-01-01 }]`,
    });
    expect(asked(amending, parse(OLD, A))["20-2025-nd-cp#dieu-1"]).not.toContain("Mức hỗ trợ");
  });
});
