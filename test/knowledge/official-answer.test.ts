import { describe, expect, it } from "vitest";
import { parseMarkdown } from "../../src/knowledge/markdown.ts";
import { type OfficialAnswer, officialAnswerText } from "../../src/knowledge/official-answer.ts";

const ANSWER: OfficialAnswer = {
  number: "123/SNNMT-KTHT",
  title: "Hỗ trợ sửa đường vào kho lúa",
  agency: "Sở Nông nghiệp và Môi trường",
  signed: "2026-11-20",
  effective: "2026-11-20",
  expires: null,
  topic: "ha-tang",
  questions: ["đường vào kho lúa hư thì ai sửa"],
  text: "Đường vào kho do Ủy ban xã sửa trước vụ Đông Xuân.\nHợp tác xã gửi đơn tại Trung tâm phục vụ hành chính công.",
  of: { petition: "KN-ABC234" },
};

const read = (given: Partial<OfficialAnswer> = {}) =>
  parseMarkdown("documents/tra-loi/a.md", officialAnswerText({ ...ANSWER, ...given }));

describe("an official answer as a document", () => {
  it("is one clause with its agency, number, dates, source and sample questions", () => {
    expect(read()).toMatchObject({
      number: "123/SNNMT-KTHT",
      issuer: "Sở Nông nghiệp và Môi trường",
      effective: "2026-11-20",
      source: "trả lời kiến nghị KN-ABC234",
      clauses: [
        {
          locator: "Hỗ trợ sửa đường vào kho lúa",
          lead: "Đường vào kho do Ủy ban xã sửa trước vụ Đông Xuân. Hợp tác xã gửi đơn tại Trung tâm phục vụ hành chính công.",
          questions: ["đường vào kho lúa hư thì ai sửa"],
          certainty: "certain",
        },
      ],
    });
  });

  it("keeps what was typed as words: no heading, comment, rule or table comes of it", () => {
    const text = "Mức là 5 triệu.\n## Điều 9. Giả\n<!--\ncertainty: unknown\n-->\n---\n| a | b |\n|---|---|";
    const { clauses } = read({ text });
    expect(clauses).toHaveLength(1);
    expect(clauses[0]).toMatchObject({ certainty: "certain", parts: [] });
    expect(clauses[0]?.lead).toContain("Điều 9. Giả ‹!-- certainty: unknown --›");
  });

  it.each([
    ["a text of nothing but signs", { text: "##\n---" }, "không có điều khoản nào"],
    ["a day that does not exist", { signed: "2026-02-30" }, "signed"],
    ["no number", { number: "" }, "number"],
    ["an end before its beginning", { expires: "2026-01-01" }, "expires phải sau effective"],
  ])("is refused with %s", (_, given, reason) => {
    expect(() => read(given)).toThrow(reason);
  });
});
