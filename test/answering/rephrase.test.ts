import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/answering/finding.ts";
import { check, checked, type Rephrase } from "../../src/answering/rephrase.ts";
import { reword } from "../../src/answering/reword.ts";
import { corpusSentences, type Told } from "../support/corpus-sentences.ts";
import { CORRUPTIONS } from "../support/corruptions.ts";
import { paraphrase } from "../support/paraphrases.ts";
import { type Chance, seeded } from "../support/seeded.ts";

const LOAN = {
  id: "vay",
  text: `Vay ngân hàng không cần tài sản bảo đảm tối đa 300 triệu, 500 triệu hoặc 5 tỷ đồng tùy người vay, áp dụng từ ngày 1/7/2025.
Hợp tác xã, liên hiệp hợp tác xã: vay không cần tài sản bảo đảm tối đa 5 tỷ đồng.
Tổ hợp tác, hộ kinh doanh: vay không cần tài sản bảo đảm tối đa 500 triệu đồng.
Cá nhân, hộ gia đình: vay không cần tài sản bảo đảm tối đa 300 triệu đồng.`,
};
const OFFICE = {
  id: "co-quan",
  text: "Hồ sơ nộp tại UBND xã, hỏi qua số 0292 382 0456 hoặc trang htx.cantho.gov.vn.",
};

const say = (text: string, ...cites: string[]) =>
  check([{ text, cites: cites.length > 0 ? cites : ["vay"] }], [LOAN, OFFICE]);

describe("the sentences of a model", () => {
  it.each([
    "Từ ngày 1/7/2025, hợp tác xã được vay tối đa 5 tỷ đồng mà không cần tài sản bảo đảm.",
    "HTX vay không thế chấp tối đa năm tỷ đồng.",
    "Cá nhân, hộ gia đình vay tối đa 300 triệu, còn tổ hợp tác và hộ kinh doanh tối đa 500 triệu.",
    "Hợp tác xã được vay tối đa 5 tỷ đồng, tổ hợp tác 500 triệu đồng và cá nhân 300 triệu đồng.",
  ])("pass when they say the same: %s", (text) => {
    expect(say(text)).toEqual({ said: [{ text, cites: ["vay"] }], rejection: null });
    expect(checked([{ text, cites: ["vay"] }], [LOAN])).toEqual([text]);
  });

  it.each([
    ["Tổ hợp tác được vay tối đa 5 tỷ đồng.", "place"],
    ["Hợp tác xã được vay tối đa 500 triệu đồng.", "place"],
    ["Hộ gia đình vay tối đa 500 triệu, hộ kinh doanh tối đa 300 triệu.", "place"],
    ["Bà con được vay tối đa 500 triệu đồng.", "place"],
    ["Hợp tác xã được vay tối đa 50 tỷ đồng.", "figure"],
    ["Hợp tác xã được vay tối đa 5 tỷ USD.", "figure"],
    ["Hợp tác xã được vay tối đa 5 tỷ đồng từ ngày 7/1/2025.", "figure"],
    ["Hợp tác xã được vay tối thiểu 5 tỷ đồng.", "bound"],
    ["Hợp tác xã không được vay quá 500 triệu đồng.", "place"],
    ["Hợp tác xã không được vay ngân hàng.", "negation"],
    ["Hợp tác xã được vay tối đa 5 tỷ đồng tại Agribank.", "name"],
    ["Trời hôm nay đẹp, bà con nhớ uống nước.", "words"],
    ["Hợp tác xã vay qua 0292 382 0456.", "figure"],
    ["**Hợp tác xã** vay tối đa 5 tỷ đồng.", "markup"],
    ["<b>Hợp tác xã</b> vay tối đa 5 tỷ đồng.", "markup"],
    ["- Hợp tác xã vay tối đa 5 tỷ đồng.", "markup"],
    ["Căn cứ: hợp tác xã vay tối đa 5 tỷ đồng.", "markup"],
    ["…", "length"],
    ["Hợp tác xã vay tối đa 5 tỷ đồng. ".repeat(30), "length"],
  ])("do not pass otherwise: %s", (text, reason) => {
    expect(say(text)).toEqual({ said: null, rejection: reason });
    expect(checked([{ text, cites: ["vay"] }], [LOAN])).toBeNull();
  });

  it("may name a phone and a page only with the passage that holds them", () => {
    const text = "Hồ sơ nộp tại UBND xã, hỏi qua số 02923820456 hoặc trang htx.cantho.gov.vn.";
    expect(say(text, "co-quan").rejection).toBeNull();
    expect(say(text, "vay").rejection).toBe("figure");
    expect(say(text.replace("456", "457"), "co-quan").rejection).toBe("figure");
    expect(say(text.replace("htx.", "hxt."), "co-quan").rejection).toBe("figure");
  });

  it("are at most six, all different", () => {
    const text = "Hợp tác xã được vay tối đa 5 tỷ đồng.";
    const many = Array.from({ length: 7 }, (_, i) => ({
      text: `Dạ${",".repeat(i + 1)} ${text}`,
      cites: ["vay"],
    }));
    expect(check(many.slice(0, 6), [LOAN]).rejection).toBeNull();
    expect(check(many, [LOAN]).rejection).toBe("length");
    expect(
      check(
        [
          { text, cites: ["vay"] },
          { text, cites: ["vay"] },
        ],
        [LOAN],
      ).rejection,
    ).toBe("length");
    expect(check([], [LOAN]).rejection).toBe("length");
  });

  it("are refused in 1,000 of 1,000 cases with unknown, missing or repeated ids, or the id of another clause", async () => {
    const all = await corpusSentences();
    const chance = seeded(17);
    let refused = 0;
    for (let i = 0; i < 1000; i += 1) {
      const told = chance.pick(all);
      const other = chance.pick(all.filter(({ id }) => id !== told.id));
      const cites = chance.pick([
        [],
        [`${told.id}x`],
        [told.id, told.id],
        [told.id, other.id],
        [other.id],
        [told.id.toUpperCase()],
      ]);
      if (
        check([{ text: told.sentence, cites }], [{ id: told.id, text: told.text }]).rejection === "citation"
      )
        refused += 1;
    }
    expect(refused).toBe(1000);
  });
});

const passes = (sentence: string, { id, text }: Told) =>
  !check([{ text: sentence, cites: [id] }], [{ id, text }]).rejection;

/** Lies of one kind about faithful sentences, every other one retold first, and those of them that were believed. */
function lies(
  name: string,
  wanted: number,
  all: Told[],
  chance: Chance,
): { made: Set<string>; believed: string[] } {
  const corrupt = CORRUPTIONS[name];
  if (!corrupt) throw new Error(`no corruption ${name}`);
  const fitting = all.filter((told) =>
    [1, 2, 3].some((seed) => corrupt(told.sentence, told, seeded(seed), all)),
  );
  const made = new Set<string>();
  const believed: string[] = [];
  for (let tries = 0; made.size < wanted && tries < wanted * 15; tries += 1) {
    const told = chance.pick(fitting);
    const base = tries % 2 === 0 ? told.sentence : paraphrase(told, chance, { numbers: false });
    const lie = base && corrupt(base, told, chance, all);
    if (!lie || lie === base || made.has(lie) || !passes(base, told)) continue;
    made.add(lie);
    const truth = told.lines
      .filter((line) => line !== told.sentence && line.length < 150)
      .slice(0, chance.below(3));
    const answer = [...truth, lie].map((text) => ({ text, cites: [told.id] }));
    if (!check(answer, [{ id: told.id, text: told.text }]).rejection)
      believed.push(`${name}: ${base} → ${lie}`);
  }
  return { made, believed };
}

describe("a lying model", () => {
  it("gets none of 2,000 corrupted figures through, twelve ways of corruption", {
    timeout: 180_000,
  }, async () => {
    const all = await corpusSentences();
    const chance = seeded(2024);
    const names = Object.keys(CORRUPTIONS).sort((a, b) => RARE.indexOf(b) - RARE.indexOf(a));
    const believed: string[] = [];
    const counts: Record<string, number> = {};
    let left = 2000;
    for (const [i, name] of names.entries()) {
      const told = lies(name, Math.ceil(left / (names.length - i)), all, chance);
      counts[name] = told.made.size;
      left -= told.made.size;
      believed.push(...told.believed);
    }
    expect(names).toHaveLength(12);
    expect([left, Math.min(...Object.values(counts)) >= 50], JSON.stringify(counts)).toEqual([0, true]);
    expect(believed).toEqual([]);
  });

  it("gets at most 5 % of exchanged subjects through: the label of one bullet with what another one says", async () => {
    const all = await corpusSentences();
    const exchanged = all.flatMap((told) => {
      const [, label] = LABELLED.exec(told.sentence) ?? [];
      const others = told.lines.flatMap((line) => LABELLED.exec(line)?.slice(1, 3) ?? []);
      const bodies = others.filter((_, i) => i % 2 === 1 && others[i - 1] !== label);
      const isTrue = (body: string) => told.lines.includes(`${label}: ${body}`);
      return label
        ? bodies.filter((body) => !isTrue(body)).map((body) => ({ told, lie: `${label} thì ${body}` }))
        : [];
    });
    const believed = exchanged.filter(({ told, lie }) => passes(lie, told));
    expect(exchanged.length).toBeGreaterThan(200);
    expect(believed.length).toBeLessThanOrEqual(exchanged.length * 0.05);
  });
});

const LABELLED = /^([^:]{3,60}): (.*\d.*)$/;

/** Few sentences of the corpus allow these, so they come first and the others make up for what is missing. */
const RARE = ["rounding", "day and month", "end of a range"];

describe("an honest model", () => {
  it("has at most 3 % of 500 faithful paraphrases refused", async () => {
    const all = await corpusSentences();
    const chance = seeded(31);
    const seen = new Set<string>();
    const refused: string[] = [];
    while (seen.size < 500) {
      const told = chance.pick(all);
      const text = paraphrase(told, chance);
      if (!text || seen.has(text)) continue;
      seen.add(text);
      const { rejection } = check([{ text, cites: [told.id] }], [{ id: told.id, text: told.text }]);
      if (rejection) refused.push(`${rejection}: ${told.sentence} → ${text}`);
    }
    expect(refused.length, refused.join("\n")).toBeLessThanOrEqual(15);
  });

  it("has every sentence of the corpus but very few accepted word for word", async () => {
    const all = await corpusSentences();
    const refused = all.filter(
      ({ sentence, id, text }) => check([{ text: sentence, cites: [id] }], [{ id, text }]).rejection,
    );
    expect(all.length).toBeGreaterThan(500);
    expect(refused.length).toBeLessThanOrEqual(all.length * 0.005);
  });
});

describe("rewording", () => {
  const finding = {
    best: { passage: { id: "vay" } },
    selection: { lead: [], parts: ["Hợp tác xã: vay tối đa 5 tỷ đồng."] },
  } as unknown as Finding;
  const deadline = () => new AbortController().signal;
  const with_ = (rephrase: Rephrase) =>
    reword({ rephrase, deadline }, "Tôi tên là Lê Văn Tám, số 0900123456, vay sao?", [finding]);

  it("hands the question over without its member, and the selected text only", async () => {
    let seen: unknown;
    const { said, outcome } = await with_(async (request) => {
      seen = request;
      return [{ text: "Hợp tác xã được vay tối đa 5 tỷ đồng.", cites: ["vay"] }];
    });
    expect(seen).toEqual({
      question: "Tôi tên là [tên], số [số điện thoại], vay sao?",
      passages: [{ id: "vay", text: "Hợp tác xã: vay tối đa 5 tỷ đồng." }],
    });
    expect([...said]).toEqual([["vay", ["Hợp tác xã được vay tối đa 5 tỷ đồng."]]]);
    expect(outcome).toBe("rephrased");
  });

  it("notes why the extractive answer stands, without a word of anyone", async () => {
    const lie = await with_(async () => [{ text: "Hợp tác xã được vay tối đa 9 tỷ đồng.", cites: ["vay"] }]);
    const fault = await with_(async () => {
      throw new TypeError("Lê Văn Tám");
    });
    expect([lie.outcome, lie.said.size]).toEqual(["rejected: figure", 0]);
    expect([fault.outcome, fault.said.size]).toEqual(["failed: TypeError", 0]);
  });

  it("does not wait for a model that ignores its deadline", async () => {
    const controller = new AbortController();
    const waiting = reword(
      { rephrase: () => new Promise(() => {}), deadline: () => controller.signal },
      "?",
      [finding],
    );
    controller.abort();
    expect((await waiting).outcome).toBe("failed: timeout");
  });

  it("is not tried without a model", async () => {
    expect(await reword(null, "?", [finding])).toEqual({ said: new Map(), outcome: null });
  });
});
