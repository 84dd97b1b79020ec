import { randomUUID } from "node:crypto";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, vi } from "vitest";
import { SAMPLES } from "../../src/channels/web-chat/page.tsx";
import { type Listening, listen } from "../../src/listen.ts";
import { accessibilityFaults, openBrowser, browserTest as test } from "../support/browser.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { openWeb, type Web } from "../support/web.ts";

vi.setConfig({ testTimeout: 60_000 });

let fresh: FreshDatabase;
let web: Web;
let server: Listening;
let browser: Browser;
let complaints: string[] = [];

beforeAll(async () => {
  fresh = await freshDatabase();
  web = openWeb(fresh.database);
  server = await listen(web.app, { port: 0, host: "127.0.0.1" });
  browser = await openBrowser();
});

afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  expect(complaints).toEqual([]);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await fresh?.drop();
});

const PHONE = { width: 360, height: 740 };
const QUESTION = SAMPLES[0] ?? "";
const ANSWER = [
  "Vay ngân hàng không cần tài sản bảo đảm, áp dụng từ ngày 1/7/2025.",
  "• Hợp tác xã, liên hiệp hợp tác xã: tối đa 5 tỷ đồng.",
  "Căn cứ: Điều 9 khoản 2, 156/2025/NĐ-CP (hiệu lực từ 1/7/2025).",
].join("\n");
const CHOICES = ["Có, cảm ơn", "Xem nguyên văn", "Gửi kiến nghị"];

/** The chat page; what the browser complains of, a blocked script above all, fails the test. */
async function openChat(options: BrowserContextOptions = {}): Promise<Page> {
  complaints = [];
  const context = await browser.newContext({ viewport: PHONE, ...options });
  const page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    const isExpected = /ERR_INTERNET_DISCONNECTED|ERR_FAILED|429/.test(message.text());
    if (message.type() === "error" && !isExpected) complaints.push(message.text());
  });
  await page.goto(`${server.address}/chat`);
  await page.getByLabel("Câu hỏi hoặc ý kiến").waitFor();
  return page;
}

async function ask(page: Page, text: string): Promise<void> {
  await page.getByLabel("Câu hỏi hoặc ý kiến").fill(text);
  await page.getByRole("button", { name: "Gửi", exact: true }).click();
}

/** Waits until the server has told the page of this message; the page shows it before. */
async function arrived(page: Page, text: string): Promise<void> {
  await log(page).locator(".message:not(.unsent)", { hasText: text }).waitFor();
}

/** The bot's part, in the chat that was opened last. */
async function answer(text: string, choices: string[] = []): Promise<number> {
  const id = await latestChat();
  const outgoing = { key: randomUUID(), author: "bot" as const, reply: { text, choices } };
  await fresh.database.tx((client) => web.messages.enqueue(client, id, [outgoing]));
  return id;
}

async function latestChat(): Promise<number> {
  const { rows } = await fresh.database.pool.query(
    "select max(id) as id from conversations where channel = 'web-chat'",
  );
  return rows[0].id;
}

async function stored(): Promise<string[]> {
  const { rows } = await fresh.database.pool.query(
    "select text from messages where direction = 'in' and conversation_id = $1 order by id",
    [await latestChat()],
  );
  return rows.map(({ text }) => text);
}

const log = (page: Page) => page.getByRole("log");
const widthOver = (page: Page) =>
  page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth");

describe("asking", () => {
  test("a sample question is answered, with its ground set apart", async () => {
    const page = await openChat();
    await page.getByRole("button", { name: QUESTION }).click();
    await arrived(page, QUESTION);
    await page.getByText("Trợ lý đang tìm câu trả lời").waitFor();
    await answer(ANSWER, CHOICES);
    await log(page).getByText("tối đa 5 tỷ đồng").waitFor();
    expect(await log(page).locator(".basis").textContent()).toMatch(/^Căn cứ: Điều 9 khoản 2/);
    await page.getByText("Trợ lý đang tìm câu trả lời").waitFor({ state: "hidden" });
    expect(await page.getByRole("heading", { name: "Bà con muốn hỏi điều gì?" }).isVisible()).toBe(false);
  });

  test("a choice is tapped once; older ones are closed and the taken one stays marked", async () => {
    const page = await openChat();
    await ask(page, QUESTION);
    await arrived(page, QUESTION);
    await answer(ANSWER, CHOICES);
    const choice = log(page).getByRole("button", { name: "Gửi kiến nghị" });
    await choice.click();
    await log(page).locator(".taken:disabled").waitFor();
    expect(await log(page).getByRole("button").allTextContents()).toEqual(CHOICES);
    expect(await log(page).locator(".choices button:enabled").count()).toBe(0);
    await expect.poll(stored).toEqual([QUESTION, "Gửi kiến nghị"]);
  });

  test("the conversation is there again after a reload", async () => {
    const page = await openChat();
    await ask(page, "Còn nhớ tôi không?");
    await arrived(page, "Còn nhớ tôi không?");
    await answer("Nhớ chứ. Mã của bà con: KN-7K2QM9");
    await page.reload();
    await log(page).getByText("Nhớ chứ").waitFor();
    expect(await log(page).locator(".code").textContent()).toBe("KN-7K2QM9");
  });

  test("what anybody writes is text, never markup", async () => {
    const page = await openChat();
    const nasty = '<img src=x onerror="document.title=1"><b>đậm</b>';
    await ask(page, nasty);
    await arrived(page, nasty);
    await answer(`Trả lời ${nasty}`);
    await log(page).getByText(`Trả lời ${nasty}`).waitFor();
    expect(await log(page).locator("img, b").count()).toBe(0);
    expect(await page.title()).toContain("Cầu Nối");
  });

  test("a text that is too long is not sent, and stays", async () => {
    const page = await openChat();
    await ask(page, "a".repeat(4001));
    await page.getByText("nhiều nhất là 4000").waitFor();
    expect(await page.getByLabel("Câu hỏi hoặc ý kiến").inputValue()).toHaveLength(4001);
  });
});

describe("a bad connection", () => {
  test("keeps what was written and sends it once when it is back", async () => {
    const page = await openChat();
    await ask(page, "trước khi mất sóng");
    await arrived(page, "trước khi mất sóng");
    await page.context().setOffline(true);
    await ask(page, "trong lúc mất sóng");
    await log(page).getByText("chưa gửi được").waitFor();
    await page.getByText("Mất kết nối").waitFor();
    await page.context().setOffline(false);
    await expect.poll(stored, { timeout: 10_000 }).toEqual(["trước khi mất sóng", "trong lúc mất sóng"]);
    await page.getByText("Mất kết nối").waitFor({ state: "hidden" });
    expect(await log(page).getByText("trong lúc mất sóng").count()).toBe(1);
  });

  test.each([
    ["plain words", "có khi nào tôi gửi hai lần", "có khi nào tôi gửi hai lần"],
    ["words that the server tidies", "hai   khoảng\u200B trắng", "hai khoảng trắng"],
  ])("that loses the answer to a sending does not double the message: %s", async (_, written, kept) => {
    const page = await openChat();
    let lost = 0;
    await page.route("**/chat/messages", async (route) => {
      if (lost++ > 0) return route.continue();
      await route.fetch();
      return route.abort();
    });
    await ask(page, written);
    await arrived(page, kept);
    await expect.poll(() => log(page).locator(".unsent").count(), { timeout: 15_000 }).toBe(0);
    expect(await stored()).toEqual([kept]);
    expect(await log(page).locator(".message").count()).toBe(1);
  });

  test("a chat that floods is told so, and sends the rest when there is room", async () => {
    const page = await openChat();
    await ask(page, "tin đầu");
    await arrived(page, "tin đầu");
    const full = { status: 429, headers: { "Retry-After": "5" }, json: { error: "Xin chờ một lát." } };
    await page.route("**/chat/messages", (route) => route.fulfill(full));
    await ask(page, "tin sau");
    await page.getByRole("status").getByText("Xin chờ một lát.").waitFor();
    await answer("trả lời tin đầu");
    await page.getByRole("button", { name: "thử lại" }).click();
    await log(page).getByText("trả lời tin đầu").waitFor();
    await page.unroute("**/chat/messages");
    await page.getByRole("button", { name: "thử lại" }).click();
    await expect.poll(stored).toEqual(["tin đầu", "tin sau"]);
  });

  test("and a reload meanwhile lose nothing", async () => {
    const page = await openChat();
    await page.route("**/chat/messages", (route) => route.abort());
    await ask(page, "viết rồi tải lại");
    await log(page).getByText("chưa gửi được").waitFor();
    await page.unroute("**/chat/messages");
    await page.reload();
    await expect.poll(stored).toContain("viết rồi tải lại");
  });
});

test("a hidden page asks for nothing, and catches up when it is seen again", async () => {
  const page = await openChat();
  await ask(page, "tôi chuyển sang trang khác");
  await log(page).locator("time").waitFor();
  const hide = (hidden: boolean) =>
    page.evaluate(
      `Object.defineProperty(document, "hidden", { value: ${hidden}, configurable: true });
       document.dispatchEvent(new Event("visibilitychange"))`,
    );
  await hide(true);
  await page.waitForTimeout(300);
  let requests = 0;
  page.on("request", () => requests++);
  await answer("trả lời lúc vắng");
  await page.waitForTimeout(1_500);
  expect(requests).toBe(0);
  await hide(false);
  await log(page).getByText("trả lời lúc vắng").waitFor();
});

test("a reply of staff appears in the page, under their name for it", async () => {
  const page = await openChat();
  await ask(page, "Xin sửa đường vào kho");
  await log(page).locator("time").waitFor();
  const code = await web.addPetition(await latestChat());
  const staff = await web.signedIn("staff");
  await staff.submit(`/console/petitions/${code}`, `/console/petitions/${code}/answer`, {
    text: "Tháng sau sửa",
  });
  const reply = log(page).locator(".from-staff");
  await reply.getByText("Tháng sau sửa").waitFor();
  expect(await reply.locator(".who").textContent()).toBe("Cán bộ");
});

test("the keyboard alone is enough", async () => {
  const page = await openChat({ viewport: { width: 1280, height: 800 } });
  const focused = () => page.evaluate("document.activeElement.textContent.trim()");
  await page.keyboard.press("Tab");
  expect(await focused()).toBe("Đến ô soạn tin");
  await page.keyboard.press("Enter");
  await page.keyboard.type("dòng một");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("dòng hai");
  await page.keyboard.press("Enter");
  await expect.poll(stored).toEqual(["dòng một\ndòng hai"]);
  await log(page).locator("time").waitFor();
  await answer("Chọn giúp", ["Tiếp", "Thôi"]);
  await log(page).getByRole("button", { name: "Thôi" }).waitFor();
  for (let i = 0; i < 8 && (await focused()) !== "Thôi"; i++) await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await expect.poll(stored).toEqual(["dòng một\ndòng hai", "Thôi"]);
});

describe("every screen", () => {
  test.each([
    ["a small phone", { width: 320, height: 568 }, 1],
    ["a phone", PHONE, 1],
    ["a phone with letters of double size", PHONE, 2],
    ["a phone on its side", { width: 640, height: 320 }, 1],
    ["a desktop zoomed to 400 %", { width: 320, height: 256 }, 1],
  ])("%s never scrolls sideways", async (_, viewport, scale) => {
    const page = await openChat({ viewport });
    await page.evaluate(`document.documentElement.style.fontSize = "${scale * 100}%"`);
    await ask(page, `${QUESTION} ${"dài".repeat(60)}`);
    await log(page).locator("time").waitFor();
    await answer(`${ANSWER}\nhttps://vbpl.vn/${"a".repeat(120)}`, [...CHOICES, "x".repeat(80)]);
    await log(page).locator(".basis").waitFor();
    expect(await widthOver(page)).toBeLessThanOrEqual(0);
    expect(await page.getByRole("button", { name: "Gửi", exact: true }).isVisible()).toBe(true);
  });

  test.each(["light", "dark"] as const)(
    "the chat page has no barrier that axe knows of (%s)",
    async (colorScheme) => {
      const page = await openChat({ colorScheme });
      await page.getByRole("heading", { name: "Bà con muốn hỏi điều gì?" }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await ask(page, QUESTION);
      await log(page).locator("time").waitFor();
      await answer("Cũ", CHOICES);
      await answer(`${ANSWER} KN-7K2QM9 https://vbpl.vn`, CHOICES);
      await log(page).locator(".basis").waitFor();
      await page.context().setOffline(true);
      await ask(page, "chưa gửi được https://vbpl.vn");
      await log(page).getByText("chưa gửi được –").waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
    },
  );
});

test("without JavaScript the page says what to do", async () => {
  const context = await browser.newContext({ viewport: PHONE, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${server.address}/chat`);
  expect(await page.locator("noscript").innerText()).toContain("Trang này cần JavaScript");
  expect(await page.getByRole("button").count()).toBe(0);
});
