import { describe, expect, it } from "vitest";
import { askingEnd } from "../../src/text/asking.ts";

describe("the end of a question", () => {
  it.each([
    [
      "Đăng ký tổ hợp tác không mất lệ phí, vậy khắc con dấu tốn bao nhiêu tiền?",
      "khắc con dấu tốn bao nhiêu tiền",
    ],
    ["htx lỗ hoài thì muốn dẹp phải bao nhiêu người chịu", "muốn dẹp phải bao nhiêu người chịu"],
    ["vay tối đa bao nhiêu", "vay tối đa bao nhiêu"],
    ["nghe nói được 5 tỷ, phải không?", "nghe nói được 5 tỷ phải không"],
    ["mã số vùng trồng nộp ở đâu vậy", "mã số vùng trồng nộp ở đâu"],
  ])("of %j is %j", (question, end) => {
    expect(askingEnd(question)).toBe(end);
  });

  it("of nothing is nothing", () => {
    expect([askingEnd(""), askingEnd("  ?! ")]).toEqual(["", ""]);
  });
});
