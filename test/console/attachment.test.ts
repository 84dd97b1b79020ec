import { describe, expect, test } from "vitest";
import { attachment } from "../../src/console/attachment.ts";

const UP = ["../", "..\\", "/", "C:\\", "%2e%2e/", "..%2f", "....//", "./", "\\\\may-chu\\", "file:///"];
const TO = ["etc/passwd", "anh.jpg", "bao cao.pdf", "..", ".env", ".htaccess", "con.txt", ""];
const MARKS = ["", "\u0000", "\r\nSet-Cookie: a=b\r\n", '"; filename="x', "\u202egpj.", "đơn xin "];
const NAMES = UP.flatMap((up) => TO.flatMap((to) => MARKS.map((mark) => `${up}${mark}${to}`))).slice(0, 400);

function partsOf(header: string): { plain: string; whole: string } {
  const [, plain = "", whole = ""] =
    /^attachment; filename="([^"]*)"; filename\*=UTF-8''(\S*)$/.exec(header) ?? [];
  return { plain, whole: decodeURIComponent(whole) };
}

describe("the header that has a file saved", () => {
  test("tells the whole Vietnamese name, and a plain one for old programs", () => {
    expect(partsOf(attachment("documents/Công văn số 12 (bản 2).docx"))).toEqual({
      plain: "C_ng_v_n_s_12_b_n_2_.docx",
      whole: "Công văn số 12 (bản 2).docx",
    });
  });

  test("is one line that names a file in no folder, whatever 400 hostile names say", () => {
    expect(NAMES.length).toBe(400);
    for (const name of NAMES) {
      const header = attachment(name);
      expect(header).toMatch(/^[\x20-\x7e]+$/);
      const { plain, whole } = partsOf(header);
      expect([name, plain]).toEqual([name, expect.stringMatching(/^[\w-][\w.-]*$/)]);
      expect([name, whole]).toEqual([
        name,
        expect.stringMatching(/^[^.\s/\\\p{Cc}\p{Cf}][^/\\\p{Cc}\p{Cf}]*$/u),
      ]);
    }
  });

  test("gives a file without a name one", () => {
    expect(partsOf(attachment("documents/"))).toEqual({ plain: "tep", whole: "tep" });
  });

  test("cuts a long name and keeps its ending, wherever the cut falls", () => {
    for (const length of [150, 151, 152, 153]) {
      const { whole } = partsOf(attachment(`${"🌾".repeat(length)}.pdf`));
      expect(whole).toMatch(/🌾\.pdf$/u);
      expect(whole.length).toBeLessThanOrEqual(151);
    }
  });

  test("takes names that are no proper text", () => {
    expect(partsOf(attachment("\ud800.pdf")).whole).toBe("\ufffd.pdf");
  });
});
