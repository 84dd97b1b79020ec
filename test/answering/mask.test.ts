import { describe, expect, it } from "vitest";
import { masked } from "../../src/answering/mask.ts";
import { seeded } from "../support/seeded.ts";

describe("a message that leaves", () => {
  it.each([
    ["gọi tui số 0900 123 456 nha", "gọi tui số [số điện thoại] nha"],
    ["zalo +84 900.123.456", "zalo [số điện thoại]"],
    ["căn cước 092099001234 của tôi", "căn cước [số riêng] của tôi"],
    ["CMND 362123456", "CMND [số riêng]"],
    ["mã số thuế: 1801234567-001", "mã số thuế: [số riêng]"],
    ["stk 19031234567 ngân hàng", "stk [số riêng] ngân hàng"],
    ["tài khoản của tôi là 7102 2051 2345 678", "tài khoản của tôi là [số riêng]"],
    ["mail lan.htx@gmail.com", "mail [e-mail]"],
    ["Tôi tên là Nguyễn Văn Kín, muốn vay", "Tôi tên là [tên], muốn vay"],
    ["em tên lan muốn hỏi vay", "em tên [tên] muốn hỏi vay"],
    ["Họ và tên: Trần Thị Bé Năm", "Họ và tên: [tên]"],
    ["Tôi là Lê Văn Tám ở HTX Tân Thuận", "Tôi là [tên] ở HTX Tân Thuận"],
    ["ông Phạm Văn Út hỏi giùm", "ông [tên] hỏi giùm"],
  ])("%s → %s", (message, sent) => {
    expect(masked(message)).toBe(sent);
  });

  it.each([
    "HTX vay tối đa 5.000.000.000 đồng theo 156/2025/NĐ-CP từ 1/7/2025 phải không",
    "hợp tác xã tên gì thì được đăng ký",
    "tôi là giám đốc hợp tác xã",
    "giai đoạn 2021-2025 hỗ trợ 30-70% là sao",
    "Tên hợp tác xã đặt thế nào",
  ])("%s stays as it is", (message) => {
    expect(masked(message)).toBe(message);
  });

  it("keeps none of 1,000 personal numbers, however they are spaced", () => {
    const chance = seeded(5);
    for (let i = 0; i < 1000; i += 1) {
      const digits = `0${String(1e8 + chance.below(9e8))}${chance.pick(["", "12"])}`;
      const gap = chance.pick(["", " ", ".", "-"]);
      const written = digits.replace(/(\d{3})(?=\d)/g, `$1${gap}`);
      const sent = masked(`${chance.pick(["sdt", "căn cước", "liên hệ", "cho hỏi"])} ${written} giùm`);
      expect([written, sent.match(/\d{3}/)]).toEqual([written, null]);
    }
  });
});
