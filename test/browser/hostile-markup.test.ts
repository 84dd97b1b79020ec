import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, vi } from "vitest";
import { newAccount } from "../../src/console/first-account.ts";
import { type Listening, listen } from "../../src/listen.ts";
import type { NewPetition } from "../../src/petitions/petition.ts";
import { openBrowser, browserTest as test } from "../support/browser.ts";
import { MARKUP_PAYLOADS } from "../support/markup-payloads.ts";
import { importFile, type OfficeRig, openOffice } from "../support/office.ts";
import { incoming } from "../support/samples.ts";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

let rig: OfficeRig;
let server: Listening;
let browser: Browser;
let page: Page;
const CHATS = 10;
const codes: string[] = [];
const chats: number[] = [];

beforeAll(async () => {
  rig = await openOffice();
  server = await listen(rig.web.app, { port: 0, host: "127.0.0.1" });
  for (let n = 0; n < MARKUP_PAYLOADS.length; n += 4) await sendPetition(MARKUP_PAYLOADS.slice(n, n + 4), n);
  for (const [n, payload] of MARKUP_PAYLOADS.entries()) await ask(payload, n);
  const staff = await rig.web.signedIn("staff");
  const rows = MARKUP_PAYLOADS.map((payload) => [payload, payload, payload].map(quoted).join(","));
  await importFile(staff, "y-kien.csv", `noi_dung,hop_tac_xa,nguoi_gui\n${rows.join("\n")}\n`);
  browser = await openBrowser();
  // Without our policy, so that a page which escapes nothing would be caught running it.
  page = await (await browser.newContext({ bypassCSP: true })).newPage();
  const account = await newAccount(rig.web.staff, { name: "Cán bộ", email: "a@xa.test", role: "admin" });
  await page.goto(`${server.address}/console`);
  await page.getByLabel("E-mail").fill(account?.email ?? "");
  await page.getByLabel("Mật khẩu").fill(account?.password ?? "");
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  await page.getByRole("heading", { name: "Tổng quan" }).waitFor();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rig?.fresh.drop();
});

/** A petition with a payload in each field that its member fills. */
async function sendPetition([content, cooperative, commune, contact]: string[], n: number): Promise<void> {
  const fields = { content: content ?? "", cooperative, commune, contact } as Partial<NewPetition>;
  codes.push(await rig.web.addPetition(await rig.web.openChat(`phieu-${n}`), { ...fields, topic: "khac" }));
}

/** A question with a file of the same name; every trace of it says the words again. */
async function ask(payload: string, n: number): Promise<void> {
  const said = incoming({ text: payload, chatId: `hoi-${n % CHATS}`, externalId: String(n) });
  const attachment = { kind: "document", name: payload } as never;
  const { id, conversationId } = await rig.web.messages.receive({ ...said, attachment });
  await rig.web.database.pool.query(
    "update messages set status = 'done', finished_at = now(), outcome = 'unanswered_no_support', trace = $2 where id = $1",
    [id, JSON.stringify({ question: payload, understood: payload, candidates: [{ title: payload }] })],
  );
  if (!chats.includes(conversationId)) chats.push(conversationId);
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}

/** Opens a page, with everything on it that can be opened, and says what a member's words became there. */
async function run(path: string): Promise<unknown> {
  await page.goto(server.address + path);
  return page.evaluate(`(() => {
    document.querySelectorAll("details").forEach((each) => (each.open = true));
    const all = [...document.querySelectorAll("*")];
    return {
      hacked: window.hacked ?? null,
      handlers: all.filter((one) => [...one.attributes].some(({ name }) => name.startsWith("on"))).length,
      inlineScripts: document.querySelectorAll("script:not([src])").length,
      foreign: document.querySelectorAll("iframe,object,embed,base,video,audio,math,marquee,xss,x,template").length,
      scriptLinks: all.filter((one) => /^\\s*javascript:/i.test(one.getAttribute("href") ?? one.getAttribute("src") ?? "")).length,
    };
  })()`);
}

const HARMLESS = { hacked: null, handlers: 0, inlineScripts: 0, foreign: 0, scriptLinks: 0 };

test("none of 300 hostile texts becomes markup on any list that shows it", async () => {
  const lists = ["/console/petitions?status=all&stance=all", "/console/questions", "/console/chats/all"];
  const paths = lists.flatMap((list) =>
    Array.from({ length: 7 }, (_, n) => `${list}${list.includes("?") ? "&" : "?"}page=${n + 1}`),
  );
  const others = [
    "/console",
    "/console/groups/suggestions?topic=khac",
    "/console/audit",
    "/console/opinions",
  ];
  for (const path of [...paths, ...others]) expect([path, await run(path)]).toEqual([path, HARMLESS]);
});

test("none of them becomes markup on the page of its petition, and all stand there as text", async () => {
  for (const [n, code] of codes.entries()) {
    const path = `/console/petitions/${code}`;
    expect([path, await run(path)]).toEqual([path, HARMLESS]);
    const shown = await page.evaluate("document.body.textContent");
    for (const payload of MARKUP_PAYLOADS.slice(n * 4, n * 4 + 4)) expect(shown).toContain(payload);
  }
});

test("none of them becomes markup in a chat, and all stand there as text", async () => {
  for (const [n, chat] of chats.entries()) {
    const path = `/console/chats/${chat}`;
    expect([path, await run(path)]).toEqual([path, HARMLESS]);
    const shown = await page.evaluate("document.body.textContent");
    for (let i = n; i < MARKUP_PAYLOADS.length; i += CHATS) expect(shown).toContain(MARKUP_PAYLOADS[i]);
  }
});

test("none of them becomes markup when it is searched for", async () => {
  for (let n = 0; n < MARKUP_PAYLOADS.length; n += 25) {
    const q = encodeURIComponent(MARKUP_PAYLOADS[n] ?? "");
    for (const path of [`/console/petitions?q=${q}`, `/console/knowledge/documents?q=${q}`])
      expect([path, await run(path)]).toEqual([path, HARMLESS]);
  }
});
