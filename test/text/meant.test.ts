import { beforeAll, describe, expect, it } from "vitest";
import { createReadMeant, type ReadMeant } from "../../src/text/meant.ts";
import { trainRestore } from "../../src/text/restore.ts";
import { createFindShort, type Shorthand, shortForms } from "../../src/text/shorthand.ts";
import { leastWorkMs } from "../support/least-work.ts";

const SHORTHAND: Shorthand[] = [
  { short: "htx", full: "hợp tác xã" },
  { short: "dc", full: "được" },
  { short: "k", full: "không", only: "not-after-number" },
  { short: "a", full: "anh" },
  { short: "nha", full: "nhé" },
  { short: "hông", full: "không" },
  { short: "tụi tui", full: "chúng tôi" },
  { short: "tui", full: "tôi" },
  { short: "nđ-cp", full: "nghị định của Chính phủ" },
];
const TEXTS = [
  "Hợp tác xã vay vốn không thế chấp được bao nhiêu.",
  "Chúng tôi vay tối đa mấy năm.",
  "Tôi hỏi nhà nước hỗ trợ tối đa bao nhiêu.",
  "Anh được vay không. Vậy nhé.",
];

let read: ReadMeant;
beforeAll(async () => {
  const all = shortForms(SHORTHAND);
  const find = createFindShort(all);
  read = createReadMeant(await trainRestore(TEXTS, undefined, { all, find }), find);
});

describe("a message as it was meant", () => {
  it("has its shorthand written out and its marks restored", () => {
    expect(read("htx vay von k the chap dc bao nhieu")).toBe(
      "hợp tác xã vay vốn không thế chấp được bao nhiêu",
    );
  });

  it.each([
    ["a short form", "hxt vay vốn dcc bao nhiêu", "hợp tác xã vay vốn được bao nhiêu"],
    [
      "a word that is another word now",
      "hợp tác xã bay von khong the chap",
      "hợp tác xã vay vốn không thế chấp",
    ],
    [
      "a word of which one letter is left",
      "nha nuoc ho tro toi a bao nhieu",
      "nhà nước hỗ trợ tối đa bao nhiêu",
    ],
  ])("is read through a slip in %s", (_, typed, meant) => {
    expect(read(typed)).toBe(meant);
  });

  it("keeps a short form whose letters fit where it stands, and takes it for a word without marks elsewhere", () => {
    expect(read("vậy nha")).toBe("vậy nhé");
    expect(read("nha nuoc")).toBe("nhà nước");
  });

  it("knows a Southern word without its marks, and one of two words as a whole", () => {
    expect(read("anh duoc vay hong")).toBe("anh được vay không");
    expect(read("tụi tui vay")).toBe("chúng tôi vay");
  });

  it("keeps what stands between the words, capitals, numbers and document numbers", () => {
    expect(read("HTX vay, k?\nTôi hỏi: 20-NQ/TW, 5.000.000")).toBe(
      "hợp tác xã vay, không?\nTôi hỏi: 20-NQ/TW, 5.000.000",
    );
    expect(read("")).toBe("");
    expect(read("🌾 ?!")).toBe("🌾 ?!");
  });

  it("is read so for its first 256 words, and the rest is left as it was typed", () => {
    const meant = read("vay von ".repeat(200));
    expect(meant.startsWith("vay vốn vay vốn")).toBe(true);
    expect(meant.endsWith("vay von vay von ")).toBe(true);
  });

  it("takes the longest message that is read, of 2,000 characters, in 200 ms of work", () => {
    for (const unit of ["a k dc ", "vay von ", "xqwz vbhg ", "vayy vonn "]) {
      const typed = unit.repeat(2_000 / unit.length);
      expect(leastWorkMs(() => read(typed))).toBeLessThan(200);
    }
  });
});
