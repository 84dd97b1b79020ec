import { cpSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, vi } from "vitest";
import { demoCsv, demoOpinions } from "../../scripts/demo/opinions.ts";
import { SAME_WISH } from "../../scripts/demo/phrases.ts";
import { buildCorpus } from "../../src/knowledge/corpus.ts";
import { openBrowser, browserTest as test } from "../support/browser.ts";
import {
  type ChannelMember,
  type Channels,
  sendPetition,
  startChannels,
} from "../support/channel-members.ts";
import { ownFiles, TODAY } from "../support/corpus.ts";
import { newFolder, type ServiceProcess, type Started, spawnService } from "../support/service-process.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

const CHANNELS = ["web-chat", "telegram", "zalo-bot", "zalo-oa"] as const;
const ANSWER = "Kênh trục sẽ được nạo vét xong trước Tết, theo kế hoạch thủy lợi nội đồng.";

const QUESTION = "lệ phí cấp thẻ xã viên ghe xuồng là bao nhiêu";
const DECREE = `---
number: 999/2026/NĐ-CP
title: Lệ phí cấp thẻ xã viên ghe xuồng
issuer: Chính phủ
signed: 2026-01-05
effective: 2026-02-01
expires: null
topics: [thue-phi-dat]
source: viết riêng cho lần thử
certainty: certain
---
## Điều 1. Lệ phí cấp thẻ xã viên ghe xuồng
1. Lệ phí cấp thẻ xã viên ghe xuồng là 7.777.000 đồng cho mỗi thẻ.
`;

/** Enough golden questions for the gate to have its say, and few enough for it to be quick. */
const GOLDEN = ["von-vay.jsonl", "kien-nghi.jsonl", "ngoai-pham-vi.jsonl"];

const folder = newFolder();
const knowledge = join(folder, "knowledge");
let channels: Channels;
let service: ServiceProcess;
let started: Started;
let browser: Browser;
let page: Page;
let members: (ChannelMember & { code: string })[] = [];

beforeAll(async () => {
  cpSync("knowledge", knowledge, { recursive: true });
  for (const name of readdirSync(join(knowledge, "golden")))
    if (!GOLDEN.includes(name)) rmSync(join(knowledge, "golden", name));
  channels = await startChannels();
  service = spawnService({ ...channels.settings, KNOWLEDGE_DIR: knowledge, LOG_LEVEL: "error" }, folder);
  [started, browser] = await Promise.all([service.started(), openBrowser()]);
  channels.postTo(started.address);
  page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  page.setDefaultTimeout(60_000);
});
afterAll(async () => {
  await browser?.close();
  service?.kill("SIGTERM");
  await service?.ended;
  await channels?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const open = (path: string) => page.goto(started.address + path);

/** In order: what two officers do in an afternoon, on the whole service with its channels. */
describe("a day of the province", () => {
  test("twenty members on four channels each send a petition and get a code of their own", async () => {
    const people = Array.from({ length: 20 }, (_, n) => ({ channel: CHANNELS[n % 4] ?? "telegram", n }));
    members = await Promise.all(
      people.map(async ({ channel, n }) => {
        const member = await channels.member(channel, n, started.address);
        const wish = (SAME_WISH[n]?.text ?? "").replaceAll("{vu}", "vụ đông xuân");
        return { ...member, code: await sendPetition(member, wish, "Xã Lương Tâm") };
      }),
    );
    expect(new Set(members.map(({ code }) => code)).size).toBe(20);
  });

  test("staff sign in and import 692 opinions, of which 262 agree", async () => {
    await open("/console");
    await page.getByLabel("E-mail").fill(started.account?.email ?? "");
    await page.getByLabel("Mật khẩu").fill(started.account?.password ?? "");
    await page.getByRole("button", { name: "Đăng nhập" }).click();
    await open("/console/opinions");
    const { catalog } = buildCorpus(
      (await ownFiles()).filter(({ path }) => !/^(documents|golden)\//.test(path)),
    );
    const buffer = Buffer.from(demoCsv(demoOpinions(catalog.communes, 7, TODAY)));
    await page
      .getByLabel("Tệp .xlsx hoặc .csv")
      .setInputFiles([{ name: "y-kien.csv", mimeType: "text/csv", buffer }]);
    await page.getByRole("button", { name: "Nhập ý kiến" }).click();
    await page.getByText("692 ý kiến mới", { exact: true }).waitFor();
    await open("/console/petitions?status=all&stance=dong-thuan");
    expect(await page.locator("#total").innerText()).toBe("262 kiến nghị");
    await open("/console/petitions?status=all&stance=all");
    expect(await page.locator("#total").innerText()).toBe("712 kiến nghị");
  });

  test("the twenty become one group, confirmed from the suggestions", async () => {
    for (let grouped = 0; grouped < 20; grouped += await groupMore(grouped > 0));
    await open("/console/groups");
    await page
      .getByRole("link", { name: /kênh trục/i })
      .first()
      .click();
    for (const { code } of members) await page.getByRole("link", { name: code }).first().waitFor();
  });

  test("one answer reaches each of them once, with his own code, on the channel he used", async () => {
    await page.getByLabel("Câu trả lời gửi đến từng thành viên").fill(ANSWER);
    await page.getByRole("button", { name: "Gửi cho 20 kiến nghị" }).click();
    await page.getByText("Đã trả lời cả nhóm").waitFor();
    await Promise.all(
      members.map((member) => expect.poll(() => answers(member), { timeout: 30_000 }).toBe(1)),
    );
    await page.reload();
    const ledger = page.getByRole("table", { name: /^Sổ giao nhận/ });
    expect(await ledger.locator("tbody tr").count()).toBe(20);
    expect(await ledger.getByText("đã gửi tới", { exact: true }).count()).toBe(20);
    // A moment later there is still one, on every channel.
    for (const member of members) {
      expect([member.channel, await answers(member)]).toEqual([member.channel, 1]);
      expect((await member.heard()).find((text) => text.includes(ANSWER))).toContain(member.code);
    }
  });

  test("a petition goes to its agency with its deadline, and the memo for that agency is saved", async () => {
    await open("/console/petitions?channel=paper&topic=ha-tang&stance=kien-nghi");
    await page.getByRole("link", { name: /^KN-/ }).first().click();
    await page.getByText("Vì sao là ngày này?").click();
    await page
      .getByText(/^Nhận (ngày|lúc)|\d+ ngày làm việc/)
      .first()
      .waitFor();
    await page.getByText("Chuyển cơ quan giải quyết", { exact: true }).click();
    await page.getByRole("button", { name: "Chuyển cơ quan" }).click();
    await page.getByRole("status").getByText("Đã chuyển cơ quan giải quyết").waitFor();
    const saving = page.waitForEvent("download");
    await page.getByRole("link", { name: "Tải công văn gửi cơ quan" }).click();
    expect((await saving).suggestedFilename()).toMatch(/^memo-[a-z-]+\.docx$/);
  });

  test("a decree is published, answers from then on, and is rolled back", async () => {
    await open("/console/knowledge");
    const buffer = Buffer.from(DECREE);
    await page
      .getByLabel("Tệp văn bản")
      .setInputFiles([{ name: "nghi-dinh.md", mimeType: "text/markdown", buffer }]);
    await page.getByRole("button", { name: "Đưa lên" }).click();
    await page.getByRole("button", { name: /^Kiểm tra \(mất khoảng/ }).click();
    await page.getByText("Đã kiểm tra xong").waitFor();
    const reason = page.getByLabel("Lý do vẫn công bố");
    if (await reason.count()) await reason.fill("Nghị định mới, đã đối chiếu.");
    await page.getByRole("button", { name: "Công bố" }).click();
    await page.getByText("Đã công bố. Từ giờ").waitFor();
    const member = await channels.member("telegram", 90, started.address);
    expect(await answerTo(member, QUESTION)).toContain("7.777.000 đồng");

    await open("/console/knowledge/editions/1");
    await page.getByLabel("Lý do quay lại").fill("Nghị định chưa có hiệu lực.");
    await page.getByRole("button", { name: /^Quay lại bản này/ }).click();
    await page.getByText("Đã quay lại bản này").waitFor();
    expect(await answerTo(member, QUESTION)).not.toContain("7.777.000");
  });

  test("automatic answers are switched off and on again, and nobody is left without a word", async () => {
    const member = await channels.member("zalo-bot", 91, started.address);
    await turn("Tắt: Trả lời tự động", "Nghi có câu trả lời sai.");
    expect(await answerTo(member, "htx vay không thế chấp tối đa bao nhiêu")).toContain("đang tạm dừng");
    await turn("Bật lại: Trả lời tự động", "Đã kiểm tra xong.");
    expect(await answerTo(member, "htx vay không thế chấp tối đa bao nhiêu")).toContain("5 tỷ đồng");
  });
});

/** Ticks those of our members in a suggestion that holds some, and makes or fills the group; tells how many. */
async function groupMore(isBegun: boolean): Promise<number> {
  await open("/console/groups/suggestions?topic=ha-tang");
  const codes = members.map(({ code }) => code);
  for (const suggestion of await page.locator("section.panel", { has: page.locator("ul.ticks") }).all()) {
    let ours = 0;
    for (const row of await suggestion.locator("ul.ticks > li").all()) {
      const isOurs = codes.includes((await row.getByRole("link").innerText()).trim());
      if (isOurs) ours += 1;
      else await row.getByRole("checkbox").uncheck();
    }
    if (ours < 2 && !isBegun) continue;
    if (ours === 0) continue;
    if (isBegun) await suggestion.getByLabel("Đưa vào").selectOption({ index: 1 });
    await suggestion.getByRole("button", { name: "Lập nhóm" }).click();
    await page.getByText(isBegun ? "Đã đưa thêm kiến nghị" : "Đã lập nhóm").waitFor();
    return ours;
  }
  throw new Error("no suggestion holds the petitions that are left");
}

async function answers(member: ChannelMember): Promise<number> {
  return (await member.heard()).filter((text) => text.includes(ANSWER)).length;
}

/** What a member hears after he wrote. */
async function answerTo(member: ChannelMember, text: string): Promise<string> {
  const before = (await member.heard()).length;
  await member.say(text);
  await expect.poll(async () => (await member.heard()).length, { timeout: 30_000 }).toBeGreaterThan(before);
  return (await member.heard()).slice(before).join("\n");
}

async function turn(button: string, reason: string): Promise<void> {
  await open("/console/switches");
  const form = page.locator("form", { has: page.getByRole("button", { name: button }) });
  await form.getByLabel("Lý do").fill(reason);
  await form.getByRole("button", { name: button }).click();
  await page.getByText(reason).first().waitFor();
}
