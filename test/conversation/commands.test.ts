import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COMMANDS, readCommand } from "../../src/conversation/commands.ts";
import { makeCode } from "../../src/petitions/code.ts";

const code = makeCode(() => 9);
const body = code.slice(3);

describe("readCommand", () => {
  it("knows every command of the menu by its name, in any case, with marks, and for the bot by name", () => {
    for (const { name } of COMMANDS) {
      for (const text of [
        `/${name}`,
        `/${name.toUpperCase()}`,
        ` /${name} `,
        `/${name}@CauNoiBot`,
        `/${name}.`,
      ]) {
        expect(readCommand(text), text).toMatchObject({ name });
      }
    }
  });

  it.each([
    ["/KienNghi", "kiennghi"],
    ["/kiến_nghị", "kiennghi"],
    ["/kien nghi", "kiennghi"],
    ["KIẾN NGHỊ", "kiennghi"],
    ["kien nghi", "kiennghi"],
    ["Gửi kiến nghị!", "kiennghi"],
    ["/xóa dữ liệu", "xoadulieu"],
    ["Xóa dữ liệu của tôi", "xoadulieu"],
    ["gặp cán bộ", "canbo"],
    ["Cho tui gặp người thật được không?", "canbo"],
    ["toi muon noi chuyen voi can bo phu trach", "canbo"],
    ["em xin liên hệ nhân viên tư vấn ạ", "canbo"],
    ["cho tui gap nguoi that duoc hong ban oi", "canbo"],
    ["/help", "trogiup"],
    ["Trợ giúp", "trogiup"],
    ["thôi.", "huy"],
    ["/cancel", "huy"],
    ["chủ đề", "chude"],
    ["/start abc", "start"],
    ["👉 Chọn chủ đề", "chude"],
  ])("reads '%s' as %s", (text, name) => {
    expect(readCommand(text)).toMatchObject({ name });
  });

  it.each([
    "gặp cán bộ nào ở xã để nộp hồ sơ vay?",
    "cán bộ hợp tác xã được hỗ trợ lương bao nhiêu",
    "tôi không muốn gặp cán bộ đâu",
    "khong can gap nguoi that",
    "muốn gặp nhân viên ngân hàng chính sách thì đi đâu",
  ])("takes '%s' for a question, not for the wish to talk to a person", (text) => {
    expect(readCommand(text)).toBeNull();
  });

  it("hands over what follows a command, as it was written", () => {
    expect(readCommand("/kiennghi Kênh ấp 3\nbị cạn")).toEqual({
      name: "kiennghi",
      argument: "Kênh ấp 3\nbị cạn",
    });
    expect(readCommand("/kien nghi Kênh cạn")).toEqual({ name: "kiennghi", argument: "Kênh cạn" });
    expect(readCommand("/kiennghi@CauNoiBot Kênh cạn")).toEqual({ name: "kiennghi", argument: "Kênh cạn" });
  });

  it.each([
    `/tracuu ${code}`,
    `/tracuu ${code.toLowerCase()}`,
    `/TraCuu   kn ${body}`,
    `/tra cứu ${code}`,
    `/tracuu@caunoibot ${code}`,
    `/tracuu: ${code}`,
    code,
    code.toLowerCase(),
    `kn${body.toLowerCase()}`,
    `kn – ${body}`,
    `KN ${body.slice(0, 3)} ${body.slice(3)}`,
    `tra cứu ${code}`,
    `mã ${code}?`,
    `kiến nghị ${code} tới đâu rồi`,
  ])("looks up the code in '%s'", (text) => {
    const command = readCommand(text);
    expect(command).toMatchObject({ name: "tracuu" });
    expect(
      command && "argument" in command && command.argument.toLowerCase().replace(/[^a-z0-9]/g, ""),
    ).toContain(body.toLowerCase());
  });

  it.each([
    `rút kiến nghị ${code}`,
    `rut kien nghi ${code.toLowerCase()}`,
    `Tôi muốn rút kiến nghị ${code}`,
    `toi muon rut lai kien nghi ma ${code}.`,
    `Dạ cho tôi xin rút lại phản ánh kn ${body} nhé`,
    `rút ${code}`,
    "tôi muốn rút kiến nghị",
    "RÚT KIẾN NGHỊ",
    "con muốn rút lại kiến nghị đã gửi",
    `/rut ${code}`,
    `/rút ${code}`,
    "/rut",
    `/rút kiến nghị ${code}`,
  ])("withdraws on '%s'", (text) => {
    expect(readCommand(text)).toMatchObject({ name: "rut" });
  });

  it.each([
    "tôi không muốn rút kiến nghị",
    `đừng rút kiến nghị ${code}`,
    "rút kiến nghị thì có bị gì không",
    "tôi muốn rút đơn",
    "muốn rút vốn khỏi hợp tác xã",
    "tôi muốn rút đơn xin ra khỏi hợp tác xã",
    `kiến nghị ${code} rút được chưa`,
  ])("does not withdraw on '%s'", (text) => {
    expect(readCommand(text)).not.toMatchObject({ name: "rut" });
  });

  it.each(["/abc", "/ABC xyz", "/tracuuu", "/", "/123", "/ đường hư", "//"])(
    "tells of '%s' that there is no such command",
    (text) => {
      expect(readCommand(text)).toEqual({ name: null, written: text.split(" ")[0] });
    },
  );

  it("cuts an endless unknown command short", () => {
    expect(readCommand(`/${"a".repeat(5000)}`)).toEqual({ name: null, written: `/${"a".repeat(39)}` });
  });

  it.each([
    "",
    "xin chào",
    "HTX vay được bao nhiêu?",
    "kiến nghị gửi rồi bao lâu thì có trả lời",
    "giúp tôi làm hồ sơ",
    "kn trồng lúa",
    "bổ sung cho kiến nghị KN-222222: cống hư thêm một chỗ nữa, bà con rất lo",
  ])("takes '%s' for no command", (text) => {
    expect(readCommand(text)).toBeNull();
  });

  it("takes any text without failing, and quickly", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        (text) => void expect(() => readCommand(text)).not.toThrow(),
      ),
    );
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        (text) => void expect(readCommand(`/${text}`)).not.toBeNull(),
      ),
    );
    const started = performance.now();
    for (const text of [
      `${"!".repeat(100_000)}a`,
      `/${" a".repeat(50_000)}`,
      "kn ".repeat(33_000),
      `/a${" ".repeat(100_000)}`,
    ]) {
      readCommand(text);
    }
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
