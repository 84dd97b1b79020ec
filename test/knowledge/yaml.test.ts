import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { RefusedFile } from "../../src/knowledge/document.ts";
import { readYaml } from "../../src/knowledge/yaml.ts";

const read = (text: string) => readYaml("tệp.yaml", z.record(z.string(), z.unknown()), text, "phần đầu tệp");
const reasonFor = (text: string, schema: z.ZodType = z.record(z.string(), z.unknown())) => {
  try {
    readYaml("tệp.yaml", schema, text, "phần đầu tệp");
  } catch (error) {
    if (error instanceof RefusedFile) return error.reason;
    throw error;
  }
  return null;
};

describe("readYaml", () => {
  it("keeps dates and numbers of instruments as text", () => {
    expect(read("a: 2025-07-01\nb: 156/2025/NĐ-CP\nc: yes")).toEqual({
      a: "2025-07-01",
      b: "156/2025/NĐ-CP",
      c: "yes",
    });
    expect(read("%YAML 1.1\n---\na: 2025-07-01\nb: no")).toEqual({ a: "2025-07-01", b: "no" });
  });

  it("reads null, ~ and an empty value as null", () => {
    expect(read("a: null\nb: ~\nc:")).toEqual({ a: null, b: null, c: null });
  });

  it("reads an empty text as no keys, and Windows line ends like others", () => {
    expect(read("")).toEqual({});
    expect(read("a: 1\r\nb: [x, y]\r\n")).toEqual({ a: 1, b: ["x", "y"] });
  });

  it("refuses a key that stands twice, and says on which line", () => {
    expect(reasonFor("a: 1\nb: 2\na: 3")).toBe(
      "phần đầu tệp không đọc được: một khóa được ghi hai lần (dòng 3)",
    );
  });

  it.each(["a: &neo 1\nb: *neo", "a: &neo 1", "b: *neo", "a: &neo [1]\nb: [*neo, *neo]"])(
    "refuses anchors and references: %s",
    (text) => {
      expect(reasonFor(text)).toContain("không được dùng neo & và tham chiếu *");
    },
  );

  it.each([
    'a: !!js/function "function () { return 1 }"',
    "a: !!python/object:os.system {}",
    "a: !the 1",
    "!!set {a}",
    "a: !!binary aGk=",
  ])("refuses types named in the text: %s", (text) => {
    expect(reasonFor(text)).toContain("không được dùng thẻ kiểu");
  });

  it("writes no warning of its own to the process", () => {
    const warning = vi.spyOn(process, "emitWarning");
    reasonFor("a: !!js/function x");
    reasonFor("? {a: 1}\n: 2");
    expect(warning).not.toHaveBeenCalled();
    warning.mockRestore();
  });

  it.each(["a: [1", "a: 1\n  b: 2", "a: 'x", "? {a: 1}\n: 2", "a: 1\n---\nb: 2"])(
    "refuses what is not YAML: %j",
    (text) => {
      expect(reasonFor(text)).toMatch(/^phần đầu tệp không đọc được: /);
    },
  );

  it.each(["[", "{a: ", "- ", "? ", " "])(
    "refuses %j nested a hundred thousand deep, and lives on",
    (opening) => {
      expect(reasonFor(`a: ${opening.repeat(100_000)}\n${opening.repeat(100_000)}x`)).not.toBeNull();
    },
  );

  it("says in Vietnamese which key is wrong and how", () => {
    const schema = z.strictObject({ a: z.string(), b: z.number() });
    const reason = reasonFor("a: 1\nx: 2", schema);
    expect(reason).toMatch(/^phần đầu tệp sai: /);
    expect(reason).toMatch(/a: .*(không hợp lệ|mong đợi)/);
    expect(reason).toContain('"x"');
  });

  it("makes no object out of __proto__", () => {
    expect(Object.getPrototypeOf(read("__proto__: {a: 1}"))).toBe(Object.prototype);
  });
});
