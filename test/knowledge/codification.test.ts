import { describe, expect, it } from "vitest";
import { fromArticles } from "../../src/knowledge/codification.ts";
import { parseMarkdown } from "../../src/knowledge/markdown.ts";
import { clausesOf, reasonOf } from "./legal-fixtures.ts";

const FIRST =
  "(Điều 1 Nghị định số 901/2024/NĐ-CP về hỗ trợ máy sấy theo Nghị quyết ngày 01/02/2020 của Quốc hội ngày 05/03/2024 của Chính phủ, có hiệu lực thi hành kể từ ngày 01/05/2024 )";
const LATER = "(Điều 2 Nghị định số 901/2024/NĐ-CP, có hiệu lực thi hành kể từ ngày 01/05/2024)";
const line = (keys: object) =>
  JSON.stringify({
    id: "1.1.NĐ.1.1.",
    title: "Phạm vi",
    law_article: "Điều 1",
    law: "Nghị định",
    law_number: "901/2024/NĐ-CP",
    source: FIRST,
    topic: "Máy móc",
    text: "Nghị định nói về máy sấy.",
    ...keys,
  });
const documents = (...lines: string[]) =>
  fromArticles("pd.jsonl", lines.join("\n")).map(({ path, text }) => parseMarkdown(path, text));
const refusal = (...lines: string[]) => reasonOf(() => documents(...lines));

describe("the lines of a codification", () => {
  it("become one document per instrument, named by the first source note", () => {
    const second = {
      law_article: "Điều 2",
      title: "Mức",
      source: LATER,
      text: "1. *Mức* là 5 triệu.\n2. Gồm:\na) đơn;\nb) giấy.",
    };
    const other = {
      law_number: "77/2020/TT-BTH",
      law: "Thông tư",
      source: FIRST.replace("901/2024/NĐ-CP", "77/2020/TT-BTH"),
    };
    const [decree, circular] = documents(line({}), line(second), line(other));
    expect(decree).toMatchObject({
      file: "pd.jsonl/901-2024-nd-cp.md",
      number: "901/2024/NĐ-CP",
      title: "Hỗ trợ máy sấy theo Nghị quyết ngày 01/02/2020 của Quốc hội",
      issuer: "Chính phủ",
      signed: "2024-03-05",
      effective: "2024-05-01",
    });
    expect(clausesOf(decree as never)).toEqual([
      "dieu-1: Nghị định nói về máy sấy.",
      "dieu-2.khoan-1: Mức là 5 triệu.",
      "dieu-2.khoan-2: Gồm: | điểm a) đơn; | điểm b) giấy.",
    ]);
    expect(circular?.file).toBe("pd.jsonl/77-2020-tt-bth.md");
  });

  it("give back the articles that ran into their neighbour, and lose notes and names of files", () => {
    const text = `Câu một.(Điều này có nội dung liên quan đến Điều 2.2.NĐ.1.1. Khác)\nMau 1.02.doc\nCâu hai.Điều 1.1.NĐ.1.2. Mức\n${LATER}\n1. Năm triệu.`;
    const [document] = documents(line({ text }));
    expect(clausesOf(document as never)).toEqual(["dieu-1: Câu một. Câu hai.", "dieu-2.khoan-1: Năm triệu."]);
    const [again] = documents(
      line({ text }),
      line({ law_article: "Điều 2", source: LATER, text: "Sáu triệu." }),
    );
    expect(clausesOf(again as never)[1]).toBe("dieu-2: Sáu triệu.");
  });

  it("heal a source note that was broken into the text", () => {
    const at = FIRST.indexOf("ngày 05/03/2024");
    const [document] = documents(line({ source: FIRST.slice(0, at), text: `${FIRST.slice(at)}Câu một.` }));
    expect(document).toMatchObject({ effective: "2024-05-01", signed: "2024-03-05" });
    expect(clausesOf(document as never)).toEqual(["dieu-1: Câu một."]);
  });

  it("keep the day of an article that came later", () => {
    const source = LATER.replace("01/05/2024", "01/09/2025");
    const [document] = documents(line({}), line({ law_article: "Điều 2", source }));
    expect(document?.clauses.map(({ from }) => from)).toEqual(["2024-05-01", "2025-09-01"]);
  });

  it("may be of a form or an annex", () => {
    const [document] = documents(
      line({}),
      line({ law_article: "Mẫu số 1", title: "Đơn", source: LATER, text: "Kính gửi xã." }),
    );
    expect(clausesOf(document as never)[1]).toBe("mau-so-1-don: Kính gửi xã.");
  });

  it("are refused when something is missing, by their numbers", () => {
    expect(refusal(line({}), line({ law_number: "", source: "" }))).toBe(
      "pd.jsonl: dòng 2 thiếu law_number, source",
    );
    expect(refusal(line({ source: "(Điều 1)" }))).toBe(
      "pd.jsonl: dòng 1 thiếu ngày có hiệu lực trong source",
    );
    expect(refusal(line({}), "{")).toBe("pd.jsonl: dòng 2 không phải một đối tượng JSON");
    expect(refusal(line({ source: LATER }))).toContain(
      "901/2024/NĐ-CP (dòng 1) thiếu tên văn bản và cơ quan ban hành",
    );
    expect(refusal('{"id":"q","text":"hỏi","relevant":["a"]}')).toContain("là tệp câu hỏi");
    expect(refusal("")).toContain("không có điều nào");
  });
});
