import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, vi } from "vitest";
import { newAccount, type PrintedAccount } from "../../src/console/first-account.ts";
import { type Listening, listen } from "../../src/listen.ts";
import { accessibilityFaults, openBrowser, browserTest as test } from "../support/browser.ts";
import { knowledgeOf } from "../support/knowledge-desk.ts";
import { AMENDING, createLibraryRig, decree, type LibraryRig, QUESTION } from "../support/library-rig.ts";
import { incoming } from "../support/samples.ts";
import { openWeb, type Web } from "../support/web.ts";

vi.setConfig({ testTimeout: 120_000 });

let rig: LibraryRig;
let web: Web;
let server: Listening;
let browser: Browser;
let accounts: PrintedAccount[];

beforeAll(async () => {
  rig = await createLibraryRig();
  web = openWeb(rig.database, null, await knowledgeOf(rig));
  server = await listen(web.app, { port: 0, host: "127.0.0.1" });
  browser = await openBrowser();
  const made = ["Nguyễn Thị Hạnh", "Trần Văn Lộc"].map((name, i) =>
    newAccount(web.staff, { name, email: `quan-tri-${i}@xa.test`, role: "admin" }),
  );
  accounts = (await Promise.all(made)).filter((account) => account !== null);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rig?.drop();
});

async function signIn(options: BrowserContextOptions, who = 0): Promise<Page> {
  await rig.database.pool.query("truncate sign_in_attempts");
  const page = await (await browser.newContext(options)).newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(`${server.address}/console/knowledge`);
  await page.getByLabel("E-mail").fill(accounts[who]?.email ?? "");
  await page.getByLabel("Mật khẩu").fill(accounts[who]?.password ?? "");
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  await page.getByRole("heading", { name: "Kiến thức", level: 1 }).waitFor();
  return page;
}

const given = (name: string, text: string) => ({
  name,
  mimeType: "text/markdown",
  buffer: Buffer.from(text),
});

describe("the life of a decree, without JavaScript", () => {
  test("it is handed in, checked, published with a reason, in force, and rolled back", async () => {
    const { id } = await web.messages.receive(incoming({ text: QUESTION, chatId: "thanh-vien" }));
    await rig.database.tx(async (client) => {
      await client.query("update messages set status = 'done', finished_at = now() where id = $1", [id]);
      await rig.citations.note(client, id, ["901-2025-nd-cp#dieu-5.khoan-1"], rig.first);
    });
    const page = await signIn({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
    await page.getByLabel("Tệp văn bản").setInputFiles([given("902.md", AMENDING)]);
    await page.getByRole("button", { name: "Đưa lên" }).click();
    await page.getByText("Đã đưa tệp vào bản soạn").waitFor();
    await page.getByRole("button", { name: /^Kiểm tra \(mất khoảng/ }).click();
    await page.getByText("Đã kiểm tra xong").waitFor();
    await page.getByText("Đang đúng, sẽ sai").waitFor();
    await page.getByText("được thay bằng 902/2025/NĐ-CP").first().waitFor();
    await page.getByLabel("Lý do vẫn công bố").fill("Mức mới theo nghị định sửa đổi.");
    await page.getByRole("button", { name: "Công bố" }).click();
    await page.getByText("Đã công bố. Từ giờ").waitFor();

    await page.getByRole("link", { name: "Văn bản", exact: true }).click();
    await page.getByRole("link", { name: "901/2025/NĐ-CP" }).click();
    await page.getByRole("link", { name: "902/2025/NĐ-CP" }).first().waitFor();
    await page.goto(`${server.address}/console/knowledge`);
    await page.getByText("Mức mới theo nghị định sửa đổi.").waitFor();
    await page
      .getByRole("link", { name: /xem câu trả lời cũ/ })
      .first()
      .click();
    await page.getByRole("heading", { name: "Câu trả lời cũ cần xem lại" }).waitFor();
    await page.getByText(QUESTION).waitFor();
    await page.goto(`${server.address}/console/knowledge/editions/${rig.first}`);
    await page.getByLabel("Lý do quay lại").fill("Nghị định chưa có hiệu lực.");
    await page.getByRole("button", { name: /^Quay lại bản này/ }).click();
    await page.getByText("Đã quay lại bản này").waitFor();
    await page.goto(`${server.address}/console/knowledge/search?q=${encodeURIComponent(QUESTION)}`);
    await page.getByText("111 triệu").first().waitFor();
    await page.context().close();
  });
});

describe("every page about knowledge", () => {
  test.each([
    ["light", { width: 320, height: 640 }],
    ["dark", { width: 1280, height: 800 }],
  ] as const)(
    "has no barrier that axe knows of and never scrolls sideways (%s, %o)",
    async (colorScheme, viewport) => {
      const paths = await everyPage();
      const page = await signIn({ colorScheme, viewport });
      for (const path of paths) {
        await page.goto(server.address + path);
        for (const summary of await page.locator("summary").all()) await summary.click();
        const over = await page.evaluate(
          "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth",
        );
        // The dark look is the same page in other colours.
        const faults = await accessibilityFaults(page, colorScheme === "dark" ? "color-contrast" : undefined);
        expect([path, faults, over]).toEqual([path, [], 0]);
      }
      await page.context().close();
    },
  );
});

let pages: string[] | undefined;

/** One address of each kind, with something on it. */
async function everyPage(): Promise<string[]> {
  if (pages) return pages;
  const long = "x".repeat(90);
  const code = await web.addPetition(await web.openChat("1"), { content: `Xin sửa đường ${long}` });
  const admin = await web.signedIn("admin");
  await admin.submit(`/console/petitions/${code}`, `/console/petitions/${code}/answer`, { text: "Sẽ sửa." });
  const proposal = await admin.submit(
    `/console/petitions/${code}/propose`,
    `/console/petitions/${code}/propose`,
    {
      number: "12/UBND",
      agency: "Ủy ban nhân dân xã",
      title: `Sửa đường ${long}`,
      signed: "2026-11-20",
      effective: "2026-11-20",
      expires: "",
      topic: "ha-tang",
      questions: `khi nào sửa đường ${long}`,
      text: "Sẽ sửa.",
    },
  );
  const { edition } = await rig.stage({
    ...given(`${long}.md`, ""),
    bytes: Buffer.from(decree(`999 triệu ${long}`)),
    sidecar: null,
  });
  await rig.library.check(edition);
  const [latest] = await rig.editions.history();
  pages = [
    "/console/knowledge",
    `/console/knowledge/editions/${edition}`,
    `/console/knowledge/editions/${rig.first}`,
    `/console/knowledge/publications/${latest?.id}/overtaken`,
    "/console/knowledge/documents",
    "/console/knowledge/documents?q=khong-co-gi",
    "/console/knowledge/documents/901-2025-nd-cp",
    "/console/knowledge/search",
    `/console/knowledge/search?q=${encodeURIComponent(QUESTION)}`,
    `/console/petitions/${code}`,
    `/console/petitions/${code}/propose`,
    "/console/proposals",
    (proposal.headers.get("location") ?? "").split("?")[0] ?? "",
  ];
  return pages;
}
