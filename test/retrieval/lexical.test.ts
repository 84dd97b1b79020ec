import { describe, expect, it } from "vitest";
import { createLexical } from "../../src/retrieval/lexical.ts";
import { syllables } from "../../src/text/syllables.ts";
import { leastWorkMs } from "../support/least-work.ts";

const ENTRIES = [
  {
    title: "Điều kiện vay vốn",
    text: "Hợp tác xã có phương án được vay.\nTổ hợp tác có thành viên bảo lãnh.",
  },
  { title: "Lãi suất", text: "Lãi suất vay do Quỹ công bố hằng năm.\nNợ quá hạn chịu lãi cao hơn." },
  {
    title: "Đào tạo",
    text: "Cán bộ quản lý được hỗ trợ học phí.\nThành viên được tập huấn kỹ thuật trồng lúa.",
  },
  { title: "Chợ", text: "Sạp hàng ở chợ do ban quản lý cho thuê." },
];
const found = async (question: string, limit = 4) =>
  (await createLexical(ENTRIES)).search(syllables(question), limit).map(({ entry }) => entry);

describe("the lexical index", () => {
  it("finds an entry by its words, with and without marks", async () => {
    for (const question of ["hỗ trợ học phí cho cán bộ", "ho tro hoc phi cho can bo"])
      expect((await found(question))[0]).toBe(2);
  });

  it("puts the entry first whose title is said whole", async () => {
    expect((await found("lãi suất vay là bao nhiêu"))[0]).toBe(1);
    expect((await found("điều kiện vay vốn là gì"))[0]).toBe(0);
  });

  it("lets typed marks decide between words that look alike without them", async () => {
    expect(await found("chợ")).toEqual([3]);
    expect((await found("thuê sạp"))[0]).toBe(3);
  });

  it("prefers words that stand together in one line", async () => {
    const index = await createLexical([
      { title: "", text: "Quỹ hỗ trợ nhà.\nMáy cày cũ không được bán.\nKho chứa lúa ở xã." },
      { title: "", text: "Quỹ hỗ trợ máy cày.\nNhà cũ không được bán.\nKho chứa lúa ở xã." },
    ]);
    expect(index.search(syllables("quỹ hỗ trợ máy cày"), 2)[0]?.entry).toBe(1);
  });

  it("finds nothing for words that it does not hold, and nothing in no entries", async () => {
    expect(await found("xyz")).toEqual([]);
    expect((await createLexical([])).search(syllables("vay"), 5)).toEqual([]);
  });

  it("answers a question the same after any other", async () => {
    const index = await createLexical(ENTRIES);
    const first = index.search(syllables("lãi suất vay"), 4);
    index.search(syllables("cán bộ quản lý hợp tác xã vay vốn lãi suất"), 4);
    expect(index.search(syllables("lãi suất vay"), 4)).toEqual(first);
  });

  it("takes a message of 100 KB in 50 ms of work", async () => {
    const index = await createLexical(
      Array.from({ length: 400 }, (_, i) => ENTRIES[i % 4] as (typeof ENTRIES)[0]),
    );
    const words = syllables("hợp tác xã vay vốn lãi suất quỹ ".repeat(2_500));
    expect(index.search(words, 10)).toHaveLength(10);
    expect(leastWorkMs(() => index.search(words, 10))).toBeLessThan(50);
  });
});
