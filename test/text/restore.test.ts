import { beforeAll, describe, expect, it } from "vitest";
import { fold } from "../../src/text/fold.ts";
import { type Restore, trainRestore } from "../../src/text/restore.ts";
import { syllables } from "../../src/text/syllables.ts";
import { heldOutSentences } from "../support/held-out-sentences.ts";
import { leastWorkMs } from "../support/least-work.ts";

let restore: Restore;
let heldOut: string[];

beforeAll(async () => {
  const corpus = await heldOutSentences();
  restore = await trainRestore(corpus.learnt);
  heldOut = corpus.heldOut;
});

const read = (text: string) =>
  restore(syllables(text))
    .flat()
    .map(({ marked }) => marked);
const restored = (text: string) => read(text).join(" ");
const own = (text: string) => syllables(text).map(({ marked }) => marked);

describe("restoring marks", () => {
  it("gets 97 of 100 syllables of sentences right that it did not learn from", () => {
    let [right, all] = [0, 0];
    for (const sentence of heldOut) {
      const wanted = own(sentence);
      const got = read(fold(sentence));
      right += wanted.filter((word, i) => word === got[i]).length;
      all += wanted.length;
    }
    expect(all).toBeGreaterThan(1_000);
    expect(right / all).toBeGreaterThanOrEqual(0.97);
  });

  it("changes fewer than one syllable in 200 of sentences typed with all their marks", () => {
    let [changed, all] = [0, 0];
    for (const sentence of heldOut) {
      const wanted = own(sentence);
      changed += read(sentence).filter((word, i) => word !== wanted[i]).length;
      all += wanted.length;
    }
    expect(changed / all).toBeLessThan(0.005);
  });

  it("keeps a syllable whose marks were typed on purpose, though another is likelier there", async () => {
    const own = await trainRestore(["Hợp tác xã bán hộp sữa.", "Hợp tác xã vay vốn.", "Hợp tác xã góp vốn."]);
    const typed = (text: string) =>
      own(syllables(text))
        .flat()
        .map(({ marked }) => marked)
        .join(" ");
    expect(typed("hộp tac xa vay von")).toBe("hộp tác xã vay vốn");
    expect(typed("hop tac xa vay von")).toBe("hợp tác xã vay vốn");
  });

  it("puts back the marks that were left out beside others that were typed", () => {
    expect(restored("Hợp tac xã vay von không thế chap")).toBe("hợp tác xã vay vốn không thế chấp");
  });
});

describe("correcting slips", () => {
  it.each([
    ["swapped letters", "hợp tác xã vay vnố không thế chấp"],
    ["a doubled letter", "hợp tác xã vay vốnn không thế chấp"],
    ["a neighbouring key", "hợp tác xã vay vốb không thế chấp"],
    ["a letter left out", "hợp tác xã vy vốn không thế chấp"],
    ["keys of Telex", "hợp tác xã vay voosn không thế chấp"],
  ])("corrects %s", (_, typed) => {
    expect(restored(typed)).toBe("hợp tác xã vay vốn không thế chấp");
  });

  it("leaves numbers, document numbers and codes as they were typed", () => {
    const typed = "156/2025/NĐ-CP 5.000.000 KN-7QX4MZ 0912345678 1,5 30/6/2026";
    expect(read(typed)).toEqual(own(typed));
  });

  it("leaves names that it does not know", () => {
    expect(restored("vay vốn mua máy kubotaxyz")).toContain("kubotaxyz");
  });

  it("gives as many words as it got, and none for none", () => {
    for (const typed of ["", "?", "a", "vay vay vay", "🌾 lua 🌾"])
      expect(read(typed)).toHaveLength(own(typed).length);
  });
});

describe("a hostile message", () => {
  it.each([
    ["long", "vay von ".repeat(12_500)],
    ["of unknown words", "xqwz vbhg ".repeat(10_000)],
    ["of one word", "a".repeat(100_000)],
  ])("%s is restored in 50 ms of work", (_, text) => {
    const words = syllables(text);
    expect(restore(words)).toHaveLength(words.length);
    expect(leastWorkMs(() => restore(words))).toBeLessThan(50);
  });
});
