import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Block } from "../../src/knowledge/blocks.ts";
import { toPolicyText } from "../../src/knowledge/legal-text.ts";
import { parseMarkdown } from "../../src/knowledge/markdown.ts";
import { clausesOf, decree, outlineOf, paragraphs, read, reasonOf } from "./legal-fixtures.ts";

const BODY = "Điều 1. Phạm vi\nNghị định này nói về máy sấy.";
const HEAD = "number: 77/QĐ-THU\ntitle: Tờ rơi\nissuer: Sở Thử\nsigned: 2024-01-02\neffective: 2024-02-01";

describe("the front of a legal text", () => {
  it("is read from its own head, not from the documents it rests on", () => {
    expect(read(paragraphs(decree(BODY)))).toMatchObject({
      number: "901/2024/NĐ-CP",
      title: "Hỗ trợ máy sấy",
      issuer: "Chính phủ",
      signed: "2024-03-05",
      effective: "2024-05-01",
      expires: null,
      topics: ["ha-tang"],
      source: "tệp a.docx",
      certainty: "certain",
      aliases: ["nghị định 901", "nghị định 901/2024"],
    });
  });

  it("is taken from the sidecar where that says something, and from the text for the rest", () => {
    const sidecar =
      "title: Máy sấy lúa\ntopics: [ha-tang]\ncertainty: to-verify\nverifiedBy: Sở Thử\nsigned: null\naliases: []";
    expect(read(paragraphs(decree(BODY)), { sidecar })).toMatchObject({
      number: "901/2024/NĐ-CP",
      title: "Máy sấy lúa",
      topics: ["ha-tang"],
      certainty: "to-verify",
      verifiedBy: "Sở Thử",
      signed: null,
      aliases: [],
    });
  });

  it("is refused with exactly what is missing, and where it can be written", () => {
    const without = (line: string) =>
      reasonOf(() => read(paragraphs(decree(BODY).replace(line, "")), { file: "x/a.docx" }));
    expect(without("Số: 901/2024/NĐ-CP")).toBe(
      "x/a.docx: không đọc được từ văn bản: số hiệu (number); hãy ghi vào tệp đi kèm a.docx.yaml",
    );
    expect(without("Hà Nội, ngày 05 tháng 3 năm 2024")).toContain(": ngày ký (signed);");
    expect(without("01/5/2024")).toContain(": ngày có hiệu lực (effective);");
    expect(reasonOf(() => read(paragraphs("Xin chào bà con.")))).toContain(
      "số hiệu (number), cơ quan ban hành (issuer), ngày ký (signed), ngày có hiệu lực (effective), tên văn bản (title)",
    );
  });

  it("is refused when the sidecar has a key that does not exist or a day that does not", () => {
    const refusal = (sidecar: string) => reasonOf(() => read(paragraphs(decree(BODY)), { sidecar }));
    expect(refusal("nguoi: ai")).toContain("a.docx.yaml: tệp đi kèm sai");
    expect(refusal("effective: 2024-02-30")).toContain("là ngày không có thật");
  });
});

describe("the topic of a legal text", () => {
  it.each([
    ["Về chính sách hỗ trợ hợp tác xã mua máy sấy lúa", ["ha-tang"]],
    ["Về cho vay vốn xây dựng nhà kho", ["von-vay", "ha-tang"]],
    ["Về một việc khác", ["khac"]],
  ])("is guessed from its title: %s", (title, topics) => {
    expect(read(paragraphs(decree("Điều 1. A\nCâu.", { title }))).topics).toEqual(topics);
  });
});

describe("the structure of a legal text", () => {
  it("has chapters, sections and articles as headings, with titles on the next line, and drops what stands around", () => {
    const body =
      "Chương I\nQUY ĐỊNH CHUNG\nMục 1. MÁY MỚI\nĐiều 5. Mức hỗ trợ\n1. Được 111 triệu đồng.\n2. Gồm:\na) Đơn;\nđ) Giấy:\n- bản sao;\n- bản chính.";
    const document = read(paragraphs(decree(body)));
    expect(clausesOf(document)).toEqual([
      "dieu-5.khoan-1: Được 111 triệu đồng.",
      "dieu-5.khoan-2: Gồm: | điểm a) Đơn; | điểm đ) Giấy: bản sao; bản chính.",
      "dieu-90: Nghị định này có hiệu lực thi hành kể từ ngày 01/5/2024.",
    ]);
    expect(document.clauses[1]?.headingPath).toEqual([
      "Chương I. QUY ĐỊNH CHUNG",
      "Mục 1. MÁY MỚI",
      "Điều 5. Mức hỗ trợ",
    ]);
  });

  it("keeps inserted khoản and điểm, and numbers without a space", () => {
    expect(outlineOf("Điều 2. A\n1. Một.\n1a. Một a.\n2.Hai:\na) A;\na1) A một.")).toEqual([
      "dieu-2.khoan-1: Một.",
      "dieu-2.khoan-1a: Một a.",
      "dieu-2.khoan-2: Hai: | điểm a) A; | điểm a1) A một.",
    ]);
  });

  it("takes a number that starts over for a list within the khoản", () => {
    expect(outlineOf("Điều 2. A\n1. Gồm:\n1. Đơn;\n2. Giấy.\n2. Nộp ở xã.")).toEqual([
      "dieu-2.khoan-1: Gồm: | 1. Đơn; | 2. Giấy.",
      "dieu-2.khoan-2: Nộp ở xã.",
    ]);
  });

  it("takes a sentence behind the number of an article for its text", () => {
    expect(outlineOf("Điều 1. Phê duyệt đề án với nội dung sau:\nMột việc.\nĐiều 2. Xã thực hiện.")).toEqual([
      "dieu-1: Phê duyệt đề án với nội dung sau: Một việc.",
      "dieu-2: Xã thực hiện.",
    ]);
  });

  it("leaves the quoted wording of another document with the clause that quotes it", () => {
    const quoted =
      "1. Sửa đổi Điều 5 như sau:\n“Điều 5. Mức mới\n1. Được 222 triệu.\n2. Hết.”.\n2. Việc khác.";
    expect(outlineOf(`Điều 1. Sửa đổi\n${quoted}`)).toEqual([
      "dieu-1.khoan-1: Sửa đổi Điều 5 như sau: Điều 5. Mức mới | 1. Được 222 triệu. | 2. Hết.",
      "dieu-1.khoan-2: Việc khác.",
    ]);
  });

  it("tells a quoted wording without its marks, and leaves those within it", () => {
    expect(
      outlineOf(
        "Điều 1. Sửa\n1. Sửa đổi khoản 1 Điều 5 như sau:\n“1. “Máy sấy” là máy.”;\n2. Bãi bỏ Điều 7.",
      ),
    ).toEqual([
      "dieu-1.khoan-1: Sửa đổi khoản 1 Điều 5 như sau: | 1. “Máy sấy” là máy.",
      "dieu-1.khoan-2: Bãi bỏ Điều 7.",
    ]);
  });

  it("drops the recipients also where they stand behind the last sentence", () => {
    for (const behind of ["Câu. Nơi nhận:", "Câu.\nNơi nhận:", "Câu. Nơi nhận: Các bộ."]) {
      const text = decree("").replace(/Nghị định này có hiệu lực[\s\S]*$/, `Có từ ngày ký. ${behind}`);
      expect(clausesOf(read(paragraphs(text), { sidecar: HEAD }))).toEqual(["dieu-90: Có từ ngày ký. Câu."]);
    }
    expect(outlineOf("Điều 1. A\nGhi rõ Nơi nhận: xã.")).toEqual(["dieu-1: Ghi rõ Nơi nhận: xã."]);
  });

  it("finds its own next article although a quotation is not closed, or not marked", () => {
    for (const mark of ["“", ""]) {
      const text = `Điều 1. Sửa đổi\n1. Sửa đổi Điều 7 như sau:\n${mark}Điều 7. Mới\nĐược 222 triệu.\nĐiều 2. Sau\nCâu.`;
      expect(outlineOf(text).map((line) => line.split(":")[0])).toEqual(["dieu-1.khoan-1", "dieu-2"]);
    }
  });

  it("keeps annexes and attached regulations as named sections, whose articles are told apart", () => {
    const after =
      "\nPHỤ LỤC I\nDANH MỤC MÁY\n(Kèm theo Nghị định số 901/2024/NĐ-CP)\nMáy sấy lúa.\nQUY CHẾ\nQUẢN LÝ MÁY\n(Ban hành kèm theo Nghị định)\nĐiều 1. Chung\nQuy chế riêng.";
    const document = read(paragraphs(decree(BODY) + after));
    expect(clausesOf(document).slice(2)).toEqual([
      "phu-luc-i-danh-muc-may: Máy sấy lúa.",
      "quy-che-quan-ly-may.dieu-1: Quy chế riêng.",
    ]);
    expect(document.clauses.at(-1)?.locator).toBe("Điều 1, QUY CHẾ. QUẢN LÝ MÁY");
  });

  it("keeps a table with its clause, with the names of its columns", () => {
    const table: Block = {
      kind: "table",
      page: null,
      rows: [
        ["Loại", "Mức", "Hạn"],
        ["Máy a|b", "5 triệu", "2030"],
      ],
    };
    const [before = "", after = ""] = decree("Điều 1. Bảng\n1. Như sau:\n@\n2. Hết.").split("@\n");
    const document = read([...paragraphs(before.trimEnd()), table, ...paragraphs(after)]);
    expect(clausesOf(document)[0]).toBe("dieu-1.khoan-1: Như sau: | Máy a|b: Mức 5 triệu; Hạn 2030");
  });

  it("reads the head that DOCX files keep in a table", () => {
    const [, , , number = "", day = "", ...rest] = decree(BODY).split("\n");
    const rows = [
      ["CHÍNH PHỦ\n-------", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
      [number, day],
    ];
    expect(read([{ kind: "table", page: null, rows }, ...paragraphs(rest.join("\n"))])).toMatchObject({
      number: "901/2024/NĐ-CP",
      issuer: "Chính phủ",
      signed: "2024-03-05",
    });
  });

  it("has a section for each heading where there are no articles, and one of its title where there are none", () => {
    const blocks: Block[] = [
      { kind: "heading", level: 1, text: "Ai được vay", page: null },
      { kind: "paragraph", text: "Hợp tác xã.", page: null },
      { kind: "heading", level: 1, text: "Hồ sơ", page: null },
      { kind: "item", depth: 0, text: "Đơn", page: null },
    ];
    expect(clausesOf(read(blocks, { sidecar: HEAD }))).toEqual(["ai-duoc-vay: Hợp tác xã.", "ho-so:  | Đơn"]);
    expect(clausesOf(read(paragraphs("Một câu."), { sidecar: HEAD }))).toEqual(["to-roi: Một câu."]);
  });

  it("has a section for each sheet of a workbook", () => {
    const sheet = (page: number, word: string): Block => ({
      kind: "table",
      page,
      rows: [
        ["Tên", "Số"],
        [word, "5"],
      ],
    });
    const named: Block = { kind: "heading", level: 1, page: 2, text: "Giá lúa" };
    const document = read([sheet(1, "Máy"), named, sheet(2, "Lúa")], { file: "b.xlsx", sidecar: HEAD });
    expect(clausesOf(document)).toEqual(["trang-tinh-1:  | Máy: 5", "gia-lua:  | Lúa: 5"]);
    expect(document.clauses.map(({ page }) => page)).toEqual([1, 2]);
  });
});

describe("the pages of a PDF", () => {
  const pages = [1, 2, 3].flatMap((page) =>
    paragraphs(
      [
        "CÔNG BÁO/Số 9/Ngày 05-3-2024",
        ...(page === 1 ? decree("Điều 1. Dài").split("\n").slice(0, 10) : []),
        `${page}. Hợp tác xã được hỗ trợ tiền mua`,
        "máy sấy lúa.",
        ...(page === 3 ? decree("").split("\n").slice(10) : []),
        `${page}`,
      ].join("\n"),
      page,
    ),
  );

  it("lose their headers and numbers, and their broken lines are joined", () => {
    expect(clausesOf(read(pages)).slice(0, 3)).toEqual([
      "dieu-1.khoan-1: Hợp tác xã được hỗ trợ tiền mua máy sấy lúa.",
      "dieu-1.khoan-2: Hợp tác xã được hỗ trợ tiền mua máy sấy lúa.",
      "dieu-1.khoan-3: Hợp tác xã được hỗ trợ tiền mua máy sấy lúa.",
    ]);
  });

  it("are kept with each clause", () => {
    expect(read(pages).clauses.map(({ page }) => page)).toEqual([1, 2, 3, 3]);
  });

  it("do not turn the rest of a sentence into a khoản", () => {
    expect(outlineOf("Điều 1. A\n1. Theo quy định tại khoản\n2. của Điều này thì được vay.", 1)).toEqual([
      "dieu-1.khoan-1: Theo quy định tại khoản 2. của Điều này thì được vay.",
    ]);
  });
});

describe("the words of a file", () => {
  it("cannot speak our Markdown", () => {
    const hostile =
      "<!-- certainty: unknown -->\n# Điều 7. Giả\n--- \n| a | b |\n|---|---|\n<<!--!-- to: 2025-01-01 -->\n---\nnumber: 1/QĐ";
    const document = read(paragraphs(decree(`Điều 1. A\n${hostile}`)));
    expect(document.clauses.map(({ id }) => id.split("#")[1])).toEqual(["dieu-1", "dieu-90"]);
    expect(document.clauses[0]).toMatchObject({ certainty: "certain", to: null });
    expect(document.clauses[0]?.parts.map(({ text }) => text)).toContain("# Điều 7. Giả");
  });

  it("never make more clauses than their own structure, and every id is its own", () => {
    const line = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 30 }),
      fc.constantFrom(
        "<!--",
        "-->",
        "## Điều 8. X",
        "---",
        "| a |",
        "“Điều 3. x",
        "1. a",
        "a) b",
        "Phụ lục I",
        "\uE0000\uE000",
      ),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const text = toPolicyText(
          "a.docx",
          paragraphs(decree(["Điều 1. A", "Câu.", ...lines].join("\n"))),
          HEAD,
        );
        const { clauses } = parseMarkdown("a.docx", text);
        expect(new Set(clauses.map(({ id }) => id)).size).toBe(clauses.length);
        expect(
          clauses.every(({ certainty, topics }) => certainty === "certain" && topics[0] === "khac"),
        ).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    "a",
    "1",
    "“",
    " ",
    "điều 1 ",
    "Điều khoản 1, ",
    "sửa đổi, bổ sung ",
    ". ",
    "1.",
    "ngày 1 tháng ",
    "<!--",
    "A. ",
  ])("are read in time when a line repeats '%s'", (piece) => {
    const seconds = (length: number) => {
      const long = piece.repeat(Math.ceil(length / piece.length));
      const text = decree(`Điều 1. A\n1. Bãi bỏ ${long}\n${long}`).replace("Căn cứ", `${long}\nCăn cứ`);
      const started = performance.now();
      reasonOf(() => toPolicyText("a.pdf", paragraphs(text, 1), HEAD));
      return performance.now() - started;
    };
    const best = (length: number) => Math.min(seconds(length), seconds(length), seconds(length));
    expect(best(100_000)).toBeLessThan(10 * best(25_000) + 3 * 50);
  });
});

describe("an id", () => {
  it("stays when other articles or khoản come or go", () => {
    const article = fc.record({
      number: fc.integer({ min: 1, max: 80 }),
      clauses: fc.integer({ min: 1, max: 6 }),
    });
    const articles = fc.uniqueArray(article, {
      selector: ({ number }) => number,
      minLength: 2,
      maxLength: 6,
    });
    fc.assert(
      fc.property(articles, fc.nat(), fc.nat(), (drawn, which, clause) => {
        const sorted = [...drawn].sort((a, b) => a.number - b.number);
        const gone = sorted[which % sorted.length];
        const write = (dropped: (number: number, clause: number) => boolean) =>
          sorted
            .flatMap(({ number, clauses }) => {
              const own = Array.from({ length: clauses }, (_, i) => i + 1).filter(
                (one) => !dropped(number, one),
              );
              return own.length === 0
                ? []
                : [`Điều ${number}. Tên ${number}`, ...own.map((one) => `${one}. Câu ${number} ${one}.`)];
            })
            .join("\n");
        const ids = (text: string) =>
          new Map(outlineOf(text).map((line) => line.split(": ").reverse() as [string, string]));
        const all = ids(write(() => false));
        const dropped = (number: number, one: number) =>
          number === gone?.number && (clause % 2 === 0 || one === 1 + (clause % gone.clauses));
        for (const [text, id] of ids(write(dropped))) expect(id).toBe(all.get(text));
      }),
      { numRuns: 60 },
    );
  });
});
