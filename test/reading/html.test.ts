import { describe, expect, it } from "vitest";
import { readHtml } from "../../src/reading/html.ts";

describe("readHtml", () => {
  it("keeps headings, numbers of lists and merged cells, and leaves out what is not shown", async () => {
    const page = `<style>.x{display:none}</style><h2>Điều 1</h2><p>Một<br>Hai</p><ol><li>Ba<ol type="a"><li>Bốn</li></ol></li></ol>
      <p class="x">ẩn</p><p aria-hidden="true">ẩn</p><script>1</script>
      <table><tr><th>Đối tượng</th><th>Mức</th></tr><tr><td rowspan="2">HTX</td><td>5 tỷ</td></tr><tr><td>3 tỷ</td></tr></table>`;
    expect(await readHtml(Buffer.from(page))).toEqual([
      { page: null, kind: "heading", level: 2, text: "Điều 1" },
      { page: null, kind: "paragraph", text: "Một" },
      { page: null, kind: "paragraph", text: "Hai" },
      { page: null, kind: "item", depth: 0, text: "1. Ba" },
      { page: null, kind: "item", depth: 1, text: "a) Bốn" },
      {
        page: null,
        kind: "table",
        rows: [
          ["Đối tượng", "Mức"],
          ["HTX", "5 tỷ"],
          ["HTX", "3 tỷ"],
        ],
      },
    ]);
  });
});
