import { writeFile } from "node:fs/promises";
import { openBrowser } from "./browser.ts";
import { DECREE_A, DECREE_B, decreeHtml } from "./decrees.ts";

// Run once: npx tsx test/support/record-pdfs.ts. The files are kept, so that no test of PDF needs the browser.
const FOLDER = new URL("../fixtures/reading/", import.meta.url);
const TABLE = `<!doctype html><html lang="vi"><style>table{border-collapse:collapse}td,th{border:1px solid #000;padding:4pt}</style>
  <h1>Danh mục hỗ trợ</h1><p>Mức hỗ trợ cho từng loại máy được ghi trong bảng sau, tính theo giá mua ở thời điểm hợp tác xã nộp đủ hồ sơ.</p>
  <table><tr><th>Loại máy</th><th>Mức hỗ trợ</th><th>Thời hạn</th></tr><tr><td rowspan="2">Máy sấy lúa</td><td>111 triệu đồng</td><td>3 năm</td></tr>
  <tr><td>222 triệu đồng</td><td>5 năm</td></tr></table><p style="break-before:page">Hợp tác xã nộp hồ sơ tại ủy ban nhân dân xã.</p></html>`;

const browser = await openBrowser();
const page = await browser.newPage();
for (const [name, html] of Object.entries({
  "decree-a": decreeHtml(DECREE_A),
  "decree-b": decreeHtml(DECREE_B),
  table: TABLE,
})) {
  await page.setContent(html);
  const bytes = await page.pdf({
    format: "A4",
    margin: { top: "2cm", left: "2cm", right: "2cm", bottom: "2cm" },
  });
  await writeFile(new URL(`${name}.pdf`, FOLDER), bytes);
}
await browser.close();
