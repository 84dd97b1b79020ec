import { describe, expect, it } from "vitest";
import { RefusedFile } from "../../src/knowledge/document.ts";
import { LIMITS } from "../../src/reading/limits.ts";
import { readDocument } from "../../src/reading/read-document.ts";

const FRONT =
  "---\nnumber: 1/2025/QĐ-UBND\ntitle: Thử\nissuer: Ủy ban\nsigned: 2025-01-01\neffective: 2025-01-02\nexpires: null\ntopics: [von-vay]\nsource: thử\ncertainty: certain\n---\n";

function read(text: string, sidecar: string | null = null) {
  return readDocument({ name: "thu/a.md", bytes: Buffer.from(text), sidecar }, { ...LIMITS, timeMs: 60_000 });
}

describe("readDocument of Markdown", () => {
  it("gives the text as it is, with the document that it stands for", async () => {
    const text = `${FRONT}## Điều 1. Mức vay\n1. Được vay 5 tỷ đồng.\n`;
    const [read1, ...more] = await read(text);
    expect(more).toEqual([]);
    expect(read1).toMatchObject({ path: "thu/a.md", text });
    expect(read1?.document).toMatchObject({
      number: "1/2025/QĐ-UBND",
      file: "thu/a.md",
      effective: "2025-01-02",
    });
    expect(read1?.document.clauses.map(({ locator, lead }) => [locator, lead])).toEqual([
      ["Điều 1 khoản 1", "Được vay 5 tỷ đồng."],
    ]);
  });

  it("takes a mark of order and the line ends of other systems", async () => {
    const [document] = await read(`\uFEFF${FRONT}## Điều 1. A\r\nCâu.\r\n`);
    expect(document?.document.clauses.map(({ lead }) => lead)).toEqual(["Câu."]);
  });

  it("refuses a fault of the front with its key, and a sidecar beside it", async () => {
    const reason = (work: Promise<unknown>) =>
      work.then(
        () => null,
        (error: unknown) => (error instanceof RefusedFile ? `${error.file}: ${error.reason}` : error),
      );
    expect(await reason(read(`${FRONT.replace("2025-01-02", "2025-02-30")}## A\nb`))).toMatch(
      /^thu\/a\.md: .*effective: .*ngày không có thật/,
    );
    expect(await reason(read(`${FRONT}## A\nb`, "number: 2"))).toBe(
      "thu/a.md: loại tệp này đã mang thông tin văn bản trong chính nó; hãy bỏ tệp .yaml đi kèm",
    );
  });
});
