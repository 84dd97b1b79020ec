import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, vi } from "vitest";
import { newAccount, type PrintedAccount } from "../../src/console/first-account.ts";
import { type Listening, listen } from "../../src/listen.ts";
import { accessibilityFaults, openBrowser, browserTest as test } from "../support/browser.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { openWeb, type Web } from "../support/web.ts";

vi.setConfig({ testTimeout: 60_000 });

let fresh: FreshDatabase;
let web: Web;
let server: Listening;
let browser: Browser;
let account: PrintedAccount;
let paths: string[];

beforeAll(async () => {
  fresh = await freshDatabase();
  web = openWeb(fresh.database);
  server = await listen(web.app, { port: 0, host: "127.0.0.1" });
  browser = await openBrowser();
  const made = await newAccount(web.staff, { name: "Nguyễn Thị Hạnh", email: "hanh@xa.test", role: "staff" });
  if (!made) throw new Error("the account exists");
  account = made;
  const chat = await web.openChat("1", `Đường vào kho hư quá ${"dài".repeat(60)}`);
  await web.hold(chat, true);
  const code = await web.addPetition(chat, { content: `Xin sửa đường ${"x".repeat(90)}` });
  await fresh.database.pool.query("update messages set outcome = 'unanswered_no_support', status = 'dead'");
  paths = [
    "/console/nowhere",
    "/console/petitions",
    `/console/petitions/${code}`,
    "/console/petitions?topic=khac",
    "/console/questions",
    "/console/chats",
    `/console/chats/${chat}`,
    "/console/password",
  ];
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await fresh?.drop();
});

async function signIn(options: BrowserContextOptions): Promise<Page> {
  await fresh.database.pool.query("truncate sign_in_attempts");
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(`${server.address}/console/petitions`);
  await page.getByLabel("E-mail").fill(account.email);
  await page.getByLabel("Mật khẩu").fill(account.password);
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  await page.getByRole("heading", { name: "Kiến nghị" }).waitFor();
  return page;
}

describe("every page", () => {
  test.each([
    ["light", { width: 360, height: 740 }],
    ["dark", { width: 1280, height: 800 }],
  ] as const)(
    "has no barrier that axe knows of and never scrolls sideways (%s, %o)",
    async (colorScheme, viewport) => {
      const page = await signIn({ colorScheme, viewport });
      for (const path of paths) {
        await page.goto(server.address + path);
        const over = await page.evaluate(
          "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth",
        );
        expect([path, await accessibilityFaults(page), over]).toEqual([path, [], 0]);
      }
      await page.getByRole("button", { name: "Đăng xuất" }).click();
      await page.getByRole("heading", { name: "Đăng nhập" }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.context().close();
    },
  );
});

test("signing in, replying and signing out need no JavaScript", async () => {
  const page = await signIn({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  await page.getByRole("link", { name: /^KN-/ }).first().click();
  await page.getByLabel("Câu trả lời gửi đến thành viên").fill("Xã sẽ sửa trong quý I.");
  await page.getByRole("button", { name: "Gửi câu trả lời" }).click();
  await page.getByText("Đã ghi câu trả lời").waitFor();
  await page.getByText("Xã sẽ sửa trong quý I.").waitFor();
  await page.getByRole("button", { name: "Đăng xuất" }).click();
  await page.getByRole("heading", { name: "Đăng nhập" }).waitFor();
  await page.context().close();
});
