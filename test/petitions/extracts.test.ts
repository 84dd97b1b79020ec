import { describe, expect, it } from "vitest";
import { chooseExtracts } from "../../src/petitions/extracts.ts";
import { registerRow } from "../support/register-rows.ts";

const texts = (rows: ReturnType<typeof registerRow>[], count = 3) =>
  chooseExtracts(rows, count).map(({ text }) => text);

describe("the extracts", () => {
  const row = (noi_dung: string, loai = "kien-nghi") => registerRow({ noi_dung, loai });

  it("say different things in the members' own words", () => {
    const chosen = texts([
      row("Xin nạo vét kênh trục để có nước làm vụ đông xuân."),
      row("Xin nạo vét kênh trục để có nước làm vụ hè thu."),
      row("Đề nghị sửa cây cầu vô vùng nguyên liệu, xe tải không qua được."),
    ]);
    expect(chosen).toEqual([
      "Đề nghị sửa cây cầu vô vùng nguyên liệu, xe tải không qua được.",
      "Xin nạo vét kênh trục để có nước làm vụ đông xuân.",
    ]);
  });

  it("are the same for the same rows in any order", () => {
    const rows = [
      "Xin vay vốn mua vật tư đầu vụ.",
      "Đường vô đồng bể nát, chở lúa dập hết.",
      "Mong mở lớp kế toán tại xã.",
    ].map((text) => row(text));
    expect(texts([...rows].reverse(), 2)).toEqual(texts(rows, 2));
  });

  it("take what asks before what agrees", () => {
    const agreement = row("Bà con rất đồng tình với chủ trương hỗ trợ hợp tác xã.", "dong-thuan");
    const request = row("Xin hỗ trợ xây nhà kho.");
    expect(texts([agreement, request], 1)).toEqual([request.noi_dung]);
  });

  it("leave out telephone numbers, accusations and what is too short to tell anything", () => {
    expect(
      texts([
        row("Xin vay vốn, gọi tui số 0900 000 012 nghe cán bộ."),
        row("Tôi tố cáo giám đốc hợp tác xã lấy tiền quỹ của bà con."),
        row("Đồng ý."),
      ]),
    ).toEqual([]);
  });

  it("cut a long text at a word and say so", () => {
    const [extract] = chooseExtracts([row("nạo vét kênh ".repeat(60))], 1);
    expect(extract?.isCut).toBe(true);
    expect(extract?.text.length).toBeLessThanOrEqual(400);
    expect(extract?.text).toMatch(/(nạo|vét|kênh)$/);
  });
});
