import { describe, expect, it } from "vitest";
import { select } from "../../src/answering/select.ts";
import { toPassages } from "../../src/knowledge/validity.ts";
import { createAnalyse } from "../../src/retrieval/query.ts";
import { createFindConcepts } from "../../src/text/concepts.ts";
import { parse } from "../knowledge/documents.ts";

const none = createFindConcepts([]);
const reading = { analyse: createAnalyse((text) => text, none, none), telling: () => 1 };
const partsOf = (body: string, question: string) => {
  const [passage] = toPassages([parse(body)]);
  return select(passage as NonNullable<typeof passage>, question, reading).parts;
};

describe("the parts of a clause", () => {
  it("that are cases are told for the case that was asked about, with what belongs to no case", () => {
    const cases =
      "## Mức vay\nMức vay như sau.\n- Hợp tác xã: 5 tỷ đồng.\n- Tổ hợp tác: 500 triệu đồng.\n- Các mức này áp dụng từ năm nay.";
    expect(partsOf(cases, "tổ vay bao nhiêu")).toEqual([
      "Tổ hợp tác: 500 triệu đồng.",
      "Các mức này áp dụng từ năm nay.",
    ]);
  });

  it("are all told when the chosen ones lack the kind of thing that was asked for", () => {
    const cases =
      "## Hỗ trợ lương\nHỗ trợ lương như sau.\n- Lao động trẻ: người tốt nghiệp đại học.\n- Thời gian hỗ trợ: tối đa 3 năm.";
    expect(partsOf(cases, "lao động trẻ được mấy năm")).toHaveLength(2);
  });

  it("that make one list are told whole, whichever of its words the question happens to hold", () => {
    const list = "## Hồ sơ\nHồ sơ gồm các giấy tờ sau.\n- Giấy đề nghị.\n- Điều lệ.\n- Danh sách thành viên.";
    expect(partsOf(list, "đề nghị cho biết hồ sơ")).toHaveLength(3);
  });
});
