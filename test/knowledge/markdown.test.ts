import { describe, expect, it } from "vitest";
import { parseMarkdown } from "../../src/knowledge/markdown.ts";
import { outline, parse, refusal, source } from "./documents.ts";

const SMALL = "## Điều 1. Ai được vay\nHợp tác xã được vay.\n";

describe("the front of a document", () => {
  it("is read with its dates as text", () => {
    expect(parse(SMALL)).toMatchObject({
      number: "1/2026/NĐ-CP",
      effective: "2025-01-01",
      expires: null,
      aliases: [],
    });
  });

  it("may have Windows line ends, a byte order mark and spaces behind the dashes", () => {
    const text = source(`${SMALL}<!--\nquestions:\n  - ai được vay\n-->\n`);
    const plain = parseMarkdown("a.md", text);
    for (const other of [
      text.replaceAll("\n", "\r\n"),
      `\uFEFF${text}`,
      `\uFEFF${text.replaceAll("\n", "\r\n")}`,
      text.replaceAll("---\n", "---  \n"),
    ]) {
      expect(parseMarkdown("a.md", other)).toEqual(plain);
    }
    expect(plain.clauses[0]?.questions).toEqual(["ai được vay"]);
  });

  it("names every fault at once, in Vietnamese, with the file", () => {
    const reason = refusal(
      source(SMALL, { effective: "01/07/2025", expires: "2025-02-30", topics: "[vay]", title: "" }),
    );
    expect(reason).toMatch(/^documents\/thu\.md: phần đầu tệp sai: /);
    expect(reason).toContain("effective: phải là ngày dạng năm-tháng-ngày");
    expect(reason).toContain("expires: là ngày không có thật");
    expect(reason).toContain("topics.0");
    expect(reason).toContain("title");
  });

  it("must stand there, be known, and name who confirms what is not certain", () => {
    expect(refusal(SMALL)).toContain("thiếu phần thông tin đầu tệp");
    expect(refusal(source(SMALL, { status: "in-force" }))).toContain('"status"');
    expect(refusal(source(SMALL, { certainty: "to-verify" }))).toContain("verifiedBy");
    expect(refusal(source(SMALL, { expires: "2025-01-01" }))).toContain("expires phải sau effective");
  });

  it("holds one clause per amendment", () => {
    const amends = (clause: string) => ({
      amends: `[{ document: 5/2015/NĐ-CP, clause: "${clause}", effect: amends, from: 2026-01-01 }]`,
    });
    expect(refusal(source(SMALL, amends("Điều 9 khoản 2 điểm a")))).toBeNull();
    expect(refusal(source(SMALL, amends("Trần vay cũ")))).toBeNull();
    expect(refusal(source(SMALL, amends("Điều 9, Điều 10")))).toContain("chỉ ghi một điều khoản");
    expect(refusal(source(SMALL, amends("Điều 9 khoản 2 và khoản 3")))).toContain("chỉ ghi một điều khoản");
  });
});

describe("the clauses of a document", () => {
  it("are the smallest khoản, điều or named section with text of its own", () => {
    const body = [
      "## Chương II. Tín dụng",
      "### Điều 9. Bảo đảm",
      "1. Câu một.",
      "2. Câu hai:",
      "   a) điểm a;",
      "   đ) điểm đ.",
      "### Điều 10. Lãi",
      "Lãi thỏa thuận.",
      "## Ai được ưu tiên",
      "- Hợp tác xã.",
    ].join("\n");
    expect(outline(body)).toEqual([
      "dieu-9.khoan-1: Câu một.",
      "dieu-9.khoan-2: Câu hai: | điểm a) điểm a; | điểm đ) điểm đ.",
      "dieu-10: Lãi thỏa thuận.",
      "ai-duoc-uu-tien:  | Hợp tác xã.",
    ]);
    expect(parse(body).clauses[1]).toMatchObject({
      locator: "Điều 9 khoản 2",
      headingPath: ["Chương II. Tín dụng", "Điều 9. Bảo đảm"],
    });
  });

  it("nest by the order of the law where all headings have the same depth", () => {
    expect(
      outline(
        "## Chương I\n## Điều 1. A\n## Khoản 1. B\nX.\n## Khoản 2. C\nY.\n## Chương II\n## Điều 2. D\nZ.",
      ),
    ).toEqual(["dieu-1.khoan-1: X.", "dieu-1.khoan-2: Y.", "dieu-2: Z."]);
  });

  it("keep headings such as 'Mức hỗ trợ' and 'Khoản nợ' as names, even inside a Điều", () => {
    const body = "## Điều 5. Hỗ trợ\n### Mức hỗ trợ\n5 triệu.\n### Khoản nợ cũ\nĐược khoanh.\n";
    expect(outline(body)).toEqual(["dieu-5.muc-ho-tro: 5 triệu.", "dieu-5.khoan-no-cu: Được khoanh."]);
    expect(parse(body).clauses[0]?.locator).toBe("Điều 5, Mức hỗ trợ");
  });

  it("tell equal names under different headings apart by the headings, not by their order", () => {
    expect(outline("## Vay\n### Hồ sơ\nA.\n## Đào tạo\n### Hồ sơ\nB.")).toEqual([
      "vay.ho-so: A.",
      "dao-tao.ho-so: B.",
    ]);
    expect(outline("## Chương I\n### Chung\nA.\n## Chương II\n### Chung\nB.")).toEqual([
      "chuong-i.chung: A.",
      "chuong-ii.chung: B.",
    ]);
  });

  it("tell the same locator printed twice apart by a number", () => {
    expect(outline("## Điều 1\nCũ.\n## Điều 1\nMới.")).toEqual(["dieu-1: Cũ.", "dieu-1~2: Mới."]);
  });

  it("read a numbered list under a named section or a chapter as its items", () => {
    expect(outline("## Hồ sơ gồm\nHồ sơ gồm:\n1. Đơn.\n2. Giấy chứng nhận.\nNộp ở xã.")).toEqual([
      "ho-so-gom: Hồ sơ gồm: | Đơn. | Giấy chứng nhận. | Nộp ở xã.",
    ]);
    expect(outline("## Chương I. Chung\n1. Một.\n2. Hai.")).toEqual(["chuong-i:  | Một. | Hai."]);
    expect(outline("## Điều 1. A\n### Khoản 1. B\nGồm:\n1. Một.\n2. Hai.")).toEqual([
      "dieu-1.khoan-1: Gồm: | Một. | Hai.",
    ]);
  });

  it("keep what is nested with the item above it", () => {
    const body = "## Hỗ trợ\nGồm:\n- Hạ tầng:\n  - nhà kho\n  - sân phơi\n- Máy móc\n  theo dự án\n";
    expect(outline(body)).toEqual(["ho-tro: Gồm: | Hạ tầng: nhà kho; sân phơi | Máy móc theo dự án"]);
    expect(outline("## Điều 1. A\n1. Hồ sơ:\n   1. Đơn\n   2. Giấy\n2. Nộp ở xã.")).toEqual([
      "dieu-1.khoan-1: Hồ sơ: | Đơn | Giấy",
      "dieu-1.khoan-2: Nộp ở xã.",
    ]);
    expect(outline("## Điều 1. A\n1. Gồm:\n   a) hạ tầng:\n      - kho\n      - sân\n   b) máy")).toEqual([
      "dieu-1.khoan-1: Gồm: | điểm a) hạ tầng: kho; sân | điểm b) máy",
    ]);
  });

  it("are not made of headings without text", () => {
    expect(outline("## Điều 1. Bỏ trống\n## Điều 2. Có chữ\nChữ.")).toEqual(["dieu-2: Chữ."]);
    expect(refusal(source("## Điều 1. Bỏ trống\n"))).toContain("không có điều khoản nào có nội dung");
    expect(refusal(source(""))).toContain("không có điều khoản nào có nội dung");
    expect(refusal(source("## Điều 1\nA.\n##\nB."))).toContain("tiêu đề trống");
  });

  it("begin below a heading; only the title of the file may stand above", () => {
    expect(outline("# Nghị định thử\n\n## Điều 1\nA.")).toEqual(["dieu-1: A."]);
    expect(outline("# Điều 1. Một\nA.\n# Phụ lục\nB.")).toEqual(["dieu-1: A.", "phu-luc: B."]);
    expect(refusal(source("Lời dẫn.\n## Điều 1\nA."))).toContain(
      'nội dung đứng trước tiêu đề đầu tiên: "Lời dẫn."',
    );
    expect(refusal(source("| a | b |\n|---|---|\n| c | d |\n## Điều 1\nA."))).toContain(
      "đứng trước tiêu đề đầu tiên",
    );
  });

  it("have nothing of dividers, signs behind headings and Markdown's own marks", () => {
    expect(outline("## Điều 1. A ##\nMột.\n\n---\n* * *\nHai.")).toEqual(["dieu-1: Một. Hai."]);
  });
});

describe("a table", () => {
  it("becomes a sentence per row, with the names of its columns when there are several", () => {
    expect(outline("## Mức vay\n| Ai | Mức |\n|---|---|\n| Tổ hợp tác | 500 triệu |\n")).toEqual([
      "muc-vay:  | Tổ hợp tác: 500 triệu",
    ]);
    expect(
      outline(
        "## Mức\n| Vùng | Tháng | Giờ |\n|:--|--:|:-:|\n| III | 4,14 triệu | 20.000 |\n| IV | 3,7 triệu | |\n",
      ),
    ).toEqual(["muc:  | III: Tháng 4,14 triệu; Giờ 20.000 | IV: Tháng 3,7 triệu"]);
  });

  it("loses no row when it has no header, or only a rule", () => {
    expect(outline("## Mức\n| a | b |\n| c | d |\n")).toEqual(["muc:  | a: b | c: d"]);
    expect(outline("## Mức\n|---|---|\n| a | b |\n| c | d |\n")).toEqual(["muc:  | a: b | c: d"]);
  });

  it("may have one column, a bar inside a cell, and text around it", () => {
    expect(
      outline("## Mức\nTrước.\n| A |\n|---|\n| x \\| y |\nSau.\n| B | C |\n|---|---|\n| 1 | 2 |"),
    ).toEqual(["muc: Trước. | x | y | Sau. | 1: 2"]);
  });
});

describe("the notes of a clause", () => {
  const note = (yaml: string) => `<!--\n${yaml}\n-->`;

  it("belong to the heading or numbered line above them", () => {
    const body = `## Điều 1. A\n${note("topics: [ha-tang]")}\n1. Một.\n   ${note("questions: [hỏi một]")}\n2. Hai.\n   ${note("certainty: to-verify\nverifiedBy: UBND xã")}`;
    const [first, second] = parse(body).clauses;
    expect(first).toMatchObject({
      topics: ["ha-tang"],
      questions: ["hỏi một"],
      certainty: "certain",
      verifiedBy: null,
    });
    expect(second).toMatchObject({
      topics: ["ha-tang"],
      questions: [],
      certainty: "to-verify",
      verifiedBy: "UBND xã",
    });
  });

  it("of a Điều hold for its khoản, but its questions do not", () => {
    const body = `## Điều 1. A\n${note("certainty: to-verify\nverifiedBy: Sở Tài chính\nfrom: 2026-01-01\nquestions: [hỏi chung]")}\n1. Một.\n## Điều 2. B\nHai.`;
    const [first, second] = parse(body).clauses;
    expect(first).toMatchObject({
      certainty: "to-verify",
      verifiedBy: "Sở Tài chính",
      from: "2026-01-01",
      questions: [],
    });
    expect(second).toMatchObject({ certainty: "certain", verifiedBy: null, from: "2025-01-01" });
  });

  it("are refused with the clause and the fault they have", () => {
    const with_ = (yaml: string) => refusal(source(`## Điều 1. A\n${note(yaml)}\nMột.`));
    expect(with_("certainty: maybe")).toContain('ghi chú của "Điều 1. A" sai: certainty');
    expect(with_("certainty: unknown")).toContain('"Điều 1. A" chưa chắc chắn nhưng không ghi verifiedBy');
    expect(with_("một lời nhắn")).toContain('ghi chú của "Điều 1. A" sai');
    expect(with_("from: 2026-01-01\nto: 2025-06-01")).toContain("không sau from");
    expect(with_(`topics: [ha-tang]\n-->\n<!--\ntopics: [von-vay]`)).toContain("hai ghi chú");
    expect(refusal(source(`${note("topics: [ha-tang]")}\n## Điều 1\nA.`))).toContain(
      "đứng trước mọi tiêu đề",
    );
    expect(refusal(source("## Điều 1\nA.\n<!-- quên đóng"))).toContain("không đóng");
  });

  it("may be empty, or stand behind text on its line", () => {
    expect(outline("## Điều 1\nMột. <!-- -->\nHai.")).toEqual(["dieu-1: Một. Hai."]);
  });
});

describe("a very large document", () => {
  const inSeconds = { reason: null, seconds: expect.toSatisfy((seconds: number) => seconds < 10) };
  const timed = (body: string) => {
    const text = source(body);
    const started = performance.now();
    const reason = refusal(text);
    return { reason, seconds: (performance.now() - started) / 1000 };
  };

  it("with ten thousand headings is read in seconds", () => {
    const body = Array.from(
      { length: 10_000 },
      (_, i) => `## Điều ${i + 1}. Tên\n1. Một.\n   a) điểm.\n2. Hai.`,
    ).join("\n");
    expect(timed(body)).toEqual(inSeconds);
  });

  it("of 5 MB is read in seconds", () => {
    expect(timed(`## Điều 1\n${"Một câu vừa phải.\n".repeat(220_000)}`)).toEqual(inSeconds);
  });

  it.each([
    ["one paragraph", `## Điều 1\n${"Một câu vừa phải. ".repeat(50_000)}`],
    ["bullets", `## Điều 1\n${"- Một mục vừa phải.\n".repeat(50_000)}`],
    ["nested bullets", `## Điều 1\n- Một:\n${"  - mục\n".repeat(100_000)}`],
    ["notes that open and never close", `## Điều 1\n${"<!-- ".repeat(200_000)}`],
    ["number signs", `## Điều 1\n${"#".repeat(500_000)}x\n## ${"# ".repeat(250_000)}x`],
    ["bars", `## Điều 1\n|${" |".repeat(500_000)}`],
  ])("of 1 MB of %s takes seconds at most", (_, body) => {
    expect(timed(body).seconds).toBeLessThan(10);
  });

  it("takes time in proportion to its length", () => {
    const body = (n: number) =>
      Array.from({ length: n }, (_, i) => `## Điều ${i}. Tên\n1. Một.\n- hai`).join("\n");
    timed(body(1000));
    const small = timed(body(1000)).seconds;
    const large = timed(body(16_000)).seconds;
    expect(large / Math.max(small, 0.05)).toBeLessThan(16 * 4);
  });
});
