import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { shorthandOf } from "../../src/answering/assistant.ts";
import { Glossary, OpinionSamples, parseCatalog, Topic } from "../../src/knowledge/catalog.ts";
import { denounces } from "../../src/petitions/stance.ts";
import { type Corrected, createTriage } from "../../src/petitions/triage.ts";
import { createExpand } from "../../src/text/shorthand.ts";
import { MORE_OPINIONS, OPINIONS, type Opinion, UNSEEN_OPINIONS } from "./opinions.ts";

const read = <Schema extends z.ZodType>(name: string, schema: Schema) =>
  parseCatalog(name, schema, readFileSync(new URL(`../../knowledge/${name}`, import.meta.url), "utf8"));
const topics = read("topics.yaml", z.array(Topic));
const expand = createExpand(shorthandOf(read("glossary.yaml", Glossary)));
const opinions = read("opinions.yaml", OpinionSamples);
const triage = createTriage({ topics, expand, opinions });
const taughtBy = (corrected: Corrected[]) => createTriage({ topics, expand, opinions, corrected });
const stance = (text: string) => triage(text).stance;

function missed(given: Opinion[], by: "stance" | "topic"): string[] {
  return given.flatMap((opinion) => {
    const guess = triage(opinion.text)[by];
    return guess === opinion[by] ? [] : [`${opinion[by]} → ${guess}: ${opinion.text}`];
  });
}
const share = (given: Opinion[], by: "stance" | "topic") => 1 - missed(given, by).length / given.length;

describe("the guess at stance and topic", () => {
  const seen = [...OPINIONS, ...MORE_OPINIONS];

  it("is right about nine in ten of the opinions that it was tuned on", () => {
    expect(seen.length).toBeGreaterThanOrEqual(100);
    expect(share(seen, "stance"), missed(seen, "stance").join("\n")).toBeGreaterThanOrEqual(0.95);
    expect(share(seen, "topic"), missed(seen, "topic").join("\n")).toBeGreaterThanOrEqual(0.9);
  });

  it("is right about 85 in a hundred of the opinions that it was not tuned on", () => {
    expect(UNSEEN_OPINIONS.length).toBeGreaterThanOrEqual(40);
    expect(
      share(UNSEEN_OPINIONS, "stance"),
      missed(UNSEEN_OPINIONS, "stance").join("\n"),
    ).toBeGreaterThanOrEqual(0.85);
    expect(
      share(UNSEEN_OPINIONS, "topic"),
      missed(UNSEEN_OPINIONS, "topic").join("\n"),
    ).toBeGreaterThanOrEqual(0.85);
  });

  it("knows its own sample phrases", () => {
    const own = topics.flatMap(({ id, phrases }) =>
      phrases.map((text): Opinion => ({ text, topic: id, stance: "kien-nghi" })),
    );
    expect(share(own, "topic")).toBeGreaterThanOrEqual(0.97);
  });
});

describe("the stance", () => {
  it("of agreement with a 'but' is that of what follows, when it asks for something", () => {
    expect(stance("Tôi đồng ý với nghị quyết.")).toBe("dong-thuan");
    expect(stance("Tôi đồng ý với nghị quyết nhưng đề nghị tăng mức hỗ trợ.")).toBe("kien-nghi");
    expect(stance("Ủng hộ chủ trương, tuy nhiên cán bộ xã làm khó bà con.")).toBe("phan-anh");
    expect(stance("Đồng tình, nhưng nhà nước nên làm kho chung cho ba HTX.")).toBe("de-xuat");
    expect(stance("Tôi đồng ý, nhưng nói thiệt là vui lắm.")).toBe("dong-thuan");
  });

  it("of disagreement is no agreement", () => {
    expect(stance("Tôi không đồng ý với cách trả lời của sở, đề nghị xem lại.")).not.toBe("dong-thuan");
  });

  it("does not take one word for another that looks like it without marks", () => {
    expect(stance("Xin hỗ trợ lao động trẻ về hợp tác xã.")).toBe("kien-nghi");
    expect(stance("Cán bộ xã làm khó bà con khi nộp hồ sơ.")).toBe("phan-anh");
    expect(stance("Con sông sạt lở mất đất của bà con.")).toBe("phan-anh");
    expect(stance("Bà con đồng tình việc nạo vét sông Cái Lớn.")).toBe("dong-thuan");
  });

  it("is the same with and without marks for plain requests and reports", () => {
    expect(stance("de nghi mo lop tap huan cho htx")).toBe("kien-nghi");
    expect(stance("phan anh tram bom hu khong ai sua")).toBe("phan-anh");
  });

  it("is some stance for any text", () => {
    for (const text of ["", "?", "👍", "x".repeat(100_000)]) expect(triage(text).stance).toBeTypeOf("string");
  });
});

describe("denounces", () => {
  it("hears an accusation with and without marks, and no tall tree", () => {
    expect(["Tôi tố cáo giám đốc", "giam doc tham o tien quy", "nhận hối lộ"].map(denounces)).toEqual([
      true,
      true,
      true,
    ]);
    expect(["Cây to cao trước trụ sở bị ngã", "xin hỗ trợ nhà kho"].map(denounces)).toEqual([false, false]);
  });
});

describe("what staff set right", () => {
  const content = "Xin giúp bà con khoản xập xám nấp nánh";

  it("teaches the next guess at the topic", () => {
    const stance = "kien-nghi";
    const corrected = [1, 2, 3].map(() => ({ content, stance, topic: "bao-la" }));
    expect(triage(content).topic).not.toBe("khcn");
    expect(taughtBy([...corrected, { content, stance, topic: "khcn" }])(content).topic).toBe("khcn");
  });

  it("teaches what the next opinion of the same kind is, after three of it, in other words", () => {
    const wrong = [
      "Tụi tui gặp chuyện lục bình nghẹt bến, ghe hàng kẹt lại cả buổi.",
      "Lục bình nghẹt kín khúc bến, ghe thương hồ quay đầu hết.",
      "Bến nghẹt lục bình, mấy ghe hàng phải neo chờ.",
    ].map((text) => ({ content: text, topic: "khac", stance: "de-xuat" }));
    const next = "Lục bình lại nghẹt bến, ghe hàng của bà con nằm chờ";
    expect(triage(next)).not.toEqual({ topic: "khac", stance: "de-xuat" });
    expect(taughtBy(wrong)(next)).toEqual({ topic: "khac", stance: "de-xuat" });
  });

  it("says nothing of topics and stances that there are no longer", () => {
    expect(taughtBy([{ content, topic: "bao-la", stance: "la" }])(content)).toEqual(triage(content));
  });

  it("leaves the guess at everything else as it was", () => {
    const taught = taughtBy([{ content, topic: "khcn", stance: "kien-nghi" }]);
    const changed = OPINIONS.filter(({ text }) => taught(text).topic !== triage(text).topic);
    expect(changed.length).toBeLessThanOrEqual(2);
  });
});
