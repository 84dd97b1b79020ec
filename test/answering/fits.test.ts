import { describe, expect, it } from "vitest";
import { createFits, fitting } from "../../src/answering/fits.ts";

describe("an answer", () => {
  it.each([
    ["vay duoc bao nhieu tien", "toi da 5 ty dong", 1],
    ["vay duoc bao nhieu tien", "toi da 15% von dieu le", 0.5],
    ["vay duoc bao nhieu tien", "ngan hang tu quyet dinh", 0],
    ["lai may phan tram", "lai 6,6%/nam", 1],
    ["cap giay trong may ngay", "cap trong 03 ngay lam viec", 1],
    ["cap giay trong may ngay", "cap o ubnd xa", 0],
    ["ho so nop cho co quan nao", "nop o ubnd xa, phuong", 1],
    ["ho so nop cho co quan nao", "hop tac xa gui don de nghi", 0],
    ["khac khieu nai cho nao", "kien nghi khong nham vao mot quyet dinh", 1],
    ["gop von toi thieu bao nhieu", "gop toi da 30% von dieu le", 0],
    ["gop von toi da bao nhieu", "gop toi da 30% von dieu le", 1],
    ["gia lua hom nay bao nhieu", "lua thiet hai duoc ho tro 5 trieu dong", 0],
    ["may gio mo cua", "xa co phong kinh te", 0],
    ["tre han bi phat bao nhieu", "phai lam thu tuc trong 10 ngay", 0],
    ["dieu le la gi", "bat cu dieu gi", 1],
    ["ho gia dinh vay duoc bao nhieu", "toi da 300 trieu dong", 1],
    ["vay toi da may phan tram", "toi da 15% von", 1],
    ["bao lau thi xong", "ap dung tu ngay 1/7/2025", 0],
    ["mien thue may nam", "mien den het nam 2030", 0.5],
    ["luong toi thieu theo gio bao nhieu", "5.550.000 dong/thang", 0],
    ["xa dang ky bao nhieu ha", "lai thap hon it nhat 1%", 0],
    ["thiet hai bao nhieu ha", "tu 1 ha tro len", 1],
    ["thi ocop can nhung giay gi", "thuong 8 trieu dong", 0],
    ["vay can giay to gi", "don de nghi va ban sao", 1],
    ["phan mem tai o dau", "ho tro chuyen doi so", 0],
  ])("to '%s': '%s' fits by %f", (asked, said, share) => {
    expect(fitting(asked, said)).toBe(share);
  });

  it("fits at all when it holds the thing or nearly does", () => {
    expect(createFits("vay duoc bao nhieu tien")("toi da 15% von dieu le")).toBe(true);
    expect(createFits("vay duoc bao nhieu tien")("ngan hang tu quyet dinh")).toBe(false);
  });
});
