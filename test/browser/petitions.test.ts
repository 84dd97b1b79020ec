import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, vi } from "vitest";
import { SAME_WISH } from "../../scripts/demo/phrases.ts";
import { newAccount, type PrintedAccount } from "../../src/console/first-account.ts";
import { type Listening, listen } from "../../src/listen.ts";
import { accessibilityFaults, openBrowser, browserTest as test } from "../support/browser.ts";
import { demoFile, gatheredCommune, type OfficeRig, openOffice, petitionOn } from "../support/office.ts";

vi.setConfig({ testTimeout: 120_000 });

const XSS = `<script>window.broken=1</script><img src=x onerror="window.broken=1">"'&`;

let rig: OfficeRig;
let server: Listening;
let browser: Browser;
let accounts: PrintedAccount[];
let hostile = "";

beforeAll(async () => {
  rig = await openOffice();
  server = await listen(rig.web.app, { port: 0, host: "127.0.0.1" });
  browser = await openBrowser();
  const people = ["Nguyễn Thị Hạnh", "Trần Văn Lộc"].map((name, i) =>
    newAccount(rig.web.staff, { name, email: `can-bo-${i}@xa.test`, role: "staff" }),
  );
  accounts = (await Promise.all(people)).filter((account) => account !== null);
  const commune = gatheredCommune(rig.catalog);
  for (let i = 0; i < 12; i++) {
    const content = SAME_WISH[i]?.text.replaceAll("{vu}", "vụ đông xuân") ?? "";
    await petitionOn(rig.web, i % 2 ? "web-chat" : "telegram", { content, topic: "ha-tang", commune });
  }
  const fields = { content: XSS, cooperative: XSS, commune: XSS, contact: XSS };
  hostile = (await petitionOn(rig.web, "telegram", { ...fields, topic: "khac" })).code;
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rig?.fresh.drop();
});

async function signIn(options: BrowserContextOptions, who = 0): Promise<Page> {
  await rig.fresh.database.pool.query("truncate sign_in_attempts");
  const page = await (await browser.newContext(options)).newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(`${server.address}/console`);
  await page.getByLabel("E-mail").fill(accounts[who]?.email ?? "");
  await page.getByLabel("Mật khẩu").fill(accounts[who]?.password ?? "");
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  await page.getByRole("heading", { name: "Tổng quan" }).waitFor();
  return page;
}

/** Joins suggestions about one canal into a group of so many, a tick too many taken away. */
async function groupOf(page: Page, wanted: number): Promise<void> {
  for (let size = 0; size < wanted; ) {
    await page.goto(`${server.address}/console/groups`);
    await page.getByLabel("Gợi ý nhóm theo chủ đề").selectOption("ha-tang");
    await page.getByRole("button", { name: "Xem gợi ý" }).click();
    const suggestion = page.locator("section.panel", { hasText: /kênh trục|kenh truc/ }).first();
    const ticks = suggestion.getByRole("checkbox");
    const offered = await ticks.count();
    for (let i = wanted - size; i < offered; i++) await ticks.nth(i).uncheck();
    if (size > 0) await suggestion.getByLabel("Đưa vào").selectOption({ index: 1 });
    await suggestion.getByRole("button", { name: "Lập nhóm" }).click();
    await page.getByText(size > 0 ? "Đã đưa thêm kiến nghị" : "Đã lập nhóm").waitFor();
    size += Math.min(offered, wanted - size);
  }
}

describe("the office's day, without JavaScript", () => {
  test("a file of 692 opinions comes in, twenty petitions become a group, and one answer goes to all", async () => {
    const page = await signIn({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 } });
    await page.getByRole("link", { name: "Kiến nghị", exact: true }).click();
    await page.getByRole("link", { name: "Nhập ý kiến" }).click();
    const buffer = Buffer.from(demoFile(rig.catalog));
    await page
      .getByLabel("Tệp .xlsx hoặc .csv")
      .setInputFiles([{ name: "y-kien.csv", mimeType: "text/csv", buffer }]);
    await page.getByRole("button", { name: "Nhập ý kiến" }).click();
    await page.getByText("692 ý kiến mới", { exact: true }).waitFor();
    await page.getByRole("link", { name: "Xem 692 ý kiến vừa nhập" }).click();
    expect(await page.locator("#total").innerText()).toBe("692 kiến nghị");

    await page.getByRole("link", { name: "Nhóm kiến nghị" }).click();
    await groupOf(page, 20);
    await page.getByLabel("Câu trả lời gửi đến từng thành viên").fill("Kênh sẽ được nạo vét trong quý I.");
    await page.getByRole("button", { name: "Gửi cho 20 kiến nghị" }).click();
    await page.getByText("Đã trả lời cả nhóm").waitFor();
    const ledger = page.getByRole("table", { name: /^Sổ giao nhận/ });
    expect(await ledger.locator("tbody tr").count()).toBe(20);
    const { rows } = await rig.fresh.database.pool.query(
      "select c.channel, count(*)::int as sent from messages m join conversations c on c.id = m.conversation_id where m.key like 'group-answer:%' group by 1",
    );
    expect(rows.map(({ channel }) => channel).sort()).toEqual(["telegram", "web-chat"]);
    const sent = rows.reduce((sum, { sent }) => sum + sent, 0);
    expect(await ledger.getByText("đang gửi", { exact: true }).count()).toBe(sent);
    expect(await ledger.getByText("gặp lần tới", { exact: true }).count()).toBe(20 - sent);
    await page.goto(`${server.address}/console`);
    await page.getByRole("link", { name: /^692 |^705 Đã tiếp nhận/ }).click();
    expect(await page.locator("#total").innerText()).toBe("705 kiến nghị");
    await page.context().close();
  });

  test("a petition is forwarded to the agency that the data name, and its memo is saved", async () => {
    const { code } = await petitionOn(rig.web, "telegram", { topic: "ha-tang", commune: "xã Tân Bình" });
    const page = await signIn({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
    await page.goto(`${server.address}/console/petitions/${code}`);
    await page.getByText("Chuyển cơ quan giải quyết", { exact: true }).click();
    await page.getByRole("button", { name: "Chuyển cơ quan" }).click();
    await page.getByText("Đã chuyển cơ quan giải quyết. Bà con được báo").waitFor();
    await page.getByText("Vì sao là ngày này?").click();
    await page.getByText("15 ngày làm việc").waitFor();
    const saving = page.waitForEvent("download");
    await page.getByRole("link", { name: "Tải công văn gửi cơ quan" }).click();
    expect((await saving).suggestedFilename()).toBe("memo-so-nn-mt.docx");
    await page.context().close();
  });
});

test("two officers on one petition see each other, and the slower one keeps what he typed", async () => {
  const { code } = await petitionOn(rig.web, "web-chat");
  const address = `${server.address}/console/petitions/${code}`;
  const first = await signIn({ viewport: { width: 1280, height: 900 } });
  await first.goto(address);
  const second = await signIn({ viewport: { width: 1280, height: 900 } }, 1);
  await second.goto(address);
  await second.getByText("Nguyễn Thị Hạnh cũng đang mở kiến nghị này").waitFor();
  await first.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  await first.getByText("Trần Văn Lộc cũng đang mở kiến nghị này").waitFor();
  await first.getByLabel("Câu trả lời gửi đến thành viên").fill("Xã sẽ sửa.");
  await first.getByRole("button", { name: "Gửi câu trả lời" }).click();
  await first.getByText("Đã ghi câu trả lời").waitFor();
  await second.getByLabel("Câu trả lời gửi đến thành viên").fill("Lời của người chậm");
  await second.getByRole("button", { name: "Gửi câu trả lời" }).click();
  await second.getByText("vừa được người khác cập nhật").waitFor();
  expect(await second.getByLabel("Câu trả lời gửi đến thành viên").inputValue()).toBe("Lời của người chậm");
  await second.goto(`${server.address}/console/petitions`);
  await first.waitForTimeout(500);
  await first.reload();
  expect(await first.getByText("cũng đang mở kiến nghị này").count()).toBe(0);
  await Promise.all([first.context().close(), second.context().close()]);
});

describe("every page about petitions", () => {
  test.each([
    ["light", { width: 320, height: 700 }],
    ["dark", { width: 1280, height: 800 }],
  ] as const)(
    "has no barrier that axe knows of, never scrolls sideways, and runs nothing that a member wrote (%s, %o)",
    async (colorScheme, viewport) => {
      const page = await signIn({ colorScheme, viewport });
      const broken: string[] = [];
      page.on("console", (message) => {
        if (/Content Security Policy/i.test(message.text())) broken.push(message.text());
      });
      const paths = [
        "/console",
        "/console/petitions",
        "/console/petitions?status=all&topic=khac&stance=all",
        `/console/petitions/${hostile}`,
        "/console/groups",
        "/console/groups/suggestions?topic=ha-tang",
        "/console/groups/1",
        "/console/opinions",
        "/console/papers",
        "/console/questions?kind=answered",
      ];
      for (const path of paths) {
        await page.goto(server.address + path);
        await page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))");
        const over = await page.evaluate(
          "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth",
        );
        // The dark look is the same page in other colours.
        const faults = await accessibilityFaults(page, colorScheme === "dark" ? "color-contrast" : undefined);
        expect([path, faults, over]).toEqual([path, [], 0]);
        expect([path, await page.evaluate("window.broken ?? null"), broken]).toEqual([path, null, []]);
      }
      await page.goto(`${server.address}/console/petitions/${hostile}`);
      // The content, the co-operative, the commune and the contact, and the commune once more to choose from.
      expect(await page.getByText(XSS, { exact: true }).count()).toBeGreaterThanOrEqual(4);
      await page.context().close();
    },
  );
});
