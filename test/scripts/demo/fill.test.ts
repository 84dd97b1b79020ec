import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoAccounts } from "../../../scripts/demo/accounts.ts";
import { fillDemo } from "../../../scripts/demo/fill.ts";
import { ACCESS, type Route } from "../../../src/console/access.ts";
import { newAccount, type PrintedAccount } from "../../../src/console/first-account.ts";
import { type Listening, listen } from "../../../src/listen.ts";
import { createLog } from "../../../src/log.ts";
import { STATUSES } from "../../../src/petitions/petition.ts";
import { accessibilityFaults, browserTest, openBrowser } from "../../support/browser.ts";
import { numberedLinks, type OfficeRig, openOffice, totalOf } from "../../support/office.ts";

let rig: OfficeRig;
const now = new Date();
beforeAll(async () => {
  rig = await openOffice();
  const [staff] = await demoAccounts(rig.fresh.database);
  await fillDemo(rig.fresh.database, {
    knowledgeDir: new URL("../../../knowledge", import.meta.url).pathname,
    log: createLog("fatal"),
    now,
    by: staff?.id ?? 0,
  });
}, 240_000);
afterAll(() => rig.fresh.drop());

const rowsOf = async (sql: string) => (await rig.fresh.database.pool.query(sql)).rows;
const count = async (from: string) => Number((await rowsOf(`select count(*) as n from ${from}`))[0].n);

describe("the example", () => {
  it("holds exactly 692 opinions, of which 262 agree, by chat and on paper", async () => {
    expect(await count("petitions")).toBe(692);
    expect(await count("petitions where stance = 'dong-thuan'")).toBe(262);
    expect(await count("petitions where origin = 'message' and conversation_id is not null")).toBeGreaterThan(
      30,
    );
    expect(await count("opinion_imports where refused = 0 and known = 0")).toBe(10);
  });

  it("shows every status", async () => {
    const rows = await rowsOf("select distinct status from petitions");
    expect(rows.map(({ status }) => status).sort()).toEqual(Object.keys(STATUSES).sort());
  });

  it("has questions with answers and without, over every channel, and a chat that people hold", async () => {
    expect(await count("messages where outcome like 'answered%'")).toBeGreaterThan(20);
    expect(await count("messages where outcome like 'unanswered%'")).toBeGreaterThan(5);
    expect(
      await count(
        "(select distinct channel from conversations join messages m on m.conversation_id = conversations.id) c",
      ),
    ).toBe(4);
    expect(await count("conversations where held_by_staff")).toBe(1);
    expect(await count("messages where status in ('open', 'dead')")).toBe(0);
  });

  it("has a group of twenty that was answered once, each member in his own chat", async () => {
    const [largest] = await rowsOf(
      "select count(*) as members, count(*) filter (where status in ('answered', 'resolved')) as answered from petitions where group_id is not null group by group_id order by 1 desc limit 1",
    );
    expect(largest).toEqual({ members: 20, answered: 20 });
    expect(await count("group_answer_petitions")).toBe(20);
    expect(await count("messages where key like 'group-answer:%'")).toBe(8);
  });

  it("lies in the past, history and all, each event after the one before", async () => {
    const soon = now.toISOString();
    expect(await count(`petition_events where at > '${soon}'::timestamptz + interval '1 hour'`)).toBe(0);
    expect(await count(`messages where sent_at > '${soon}'::timestamptz + interval '1 hour'`)).toBe(0);
    expect(
      await count(
        "petition_events a join petition_events b on a.petition_id = b.petition_id and a.id < b.id and a.at > b.at",
      ),
    ).toBe(0);
    const [{ days }] = await rowsOf("select max(at)::date - min(at)::date as days from petition_events");
    expect(days).toBeGreaterThan(100);
  });

  it("has work that is late and work that is due soon, but not much of it", async () => {
    const { late, dueSoon, open } = await rig.web.petitions.statusCounts({}, now);
    expect(open).toBeGreaterThan(20);
    expect(late).toBeGreaterThan(0);
    expect(late).toBeLessThan(40);
    expect(dueSoon).toBeGreaterThanOrEqual(0);
  });

  it("opens on every list page of the console", async () => {
    const client = await rig.web.signedIn("admin");
    await client.get("/console");
    expect(rig.web.logged).toEqual([]);
    const pages = [
      "",
      "/petitions",
      "/groups",
      "/groups/suggestions?topic=ha-tang",
      "/opinions",
      "/papers",
      "/questions",
      "/chats",
      "/chats/all",
      "/proposals",
      "/staff",
      "/audit",
    ];
    for (const page of pages)
      expect([page, (await client.get(`/console${page}`)).status]).toEqual([page, 200]);
    expect(rig.web.logged).toEqual([]);
    expect(totalOf(await client.page("/console/petitions?status=all&stance=all"))).toBe(692);
    const numbers = numberedLinks(await client.page("/console")).map((link) => link.count);
    expect(numbers).toContain(692);
  });
});

/** Addresses that are no page of their own: files to be saved. */
const FILES = /template\.csv|papers\/:name|originals|attachments/;
/** Shown by tests of their own, beside what they change. */
const ELSEWHERE =
  /knowledge|proposals|\/propose$|\/password|sign-in|GET \/console$|\/petitions|\/groups|\/opinions$|\/papers/;

describe("every page of the example", () => {
  let server: Listening;
  let browser: Browser;
  let account: PrintedAccount | null;

  beforeAll(async () => {
    server = await listen(rig.web.app, { port: 0, host: "127.0.0.1" });
    account = await newAccount(rig.web.staff, { name: "Quản trị", email: "axe@xa.test", role: "admin" });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  async function signedIn(viewport: { width: number; height: number }, colorScheme: "light" | "dark") {
    const page = await (await browser.newContext({ viewport, colorScheme })).newPage();
    await page.goto(`${server.address}/console`);
    await page.getByLabel("E-mail").fill(account?.email ?? "");
    await page.getByLabel("Mật khẩu").fill(account?.password ?? "");
    await page.getByRole("button", { name: "Đăng nhập" }).click();
    await page.getByRole("heading", { name: "Tổng quan" }).waitFor();
    return page;
  }

  /** One address of each kind that shows a page, on rows of the example. */
  async function addresses(): Promise<string[]> {
    const first = async (sql: string) => String(Object.values((await rowsOf(sql))[0] ?? { none: "1" })[0]);
    const rows: Record<string, string> = {
      "/console/petitions/:code": await first("select code from petitions order by version desc limit 1"),
      "/console/groups/:id": await first("select group_id from group_answers limit 1"),
      "/console/opinions/:id": await first("select max(id) from opinion_imports"),
      "/console/chats/:id": await first(
        "select conversation_id from messages where outcome like 'answered%' limit 1",
      ),
      "/console/questions/:id": await first(
        "select max(id) from messages where outcome like 'unanswered%' and direction = 'in'",
      ),
      "/console/directory/:name": "topics",
      "/console/help/:slug": "kien-nghi",
    };
    const pages = (Object.keys(ACCESS) as Route[])
      .filter((route) => route.startsWith("GET ") && !FILES.test(route) && !ELSEWHERE.test(route))
      .map((route) => route.slice(4))
      .map((path) => path.replace(/:\w+/, rows[path] ?? "1"));
    return [
      ...pages,
      "/console/petitions?q=khong-co-gi-ca",
      "/console/chats/all?outcome=answered",
      "/console/questions?kind=answered",
      ...["agencies", "communes", "holidays", "glossary", "deadlines"].map(
        (name) => `/console/directory/${name}`,
      ),
    ];
  }

  const LOOKS = [
    ["light", { width: 320, height: 700 }],
    ["dark", { width: 1280, height: 800 }],
  ] as const;

  browserTest(
    "has no barrier that axe knows of and never scrolls sideways, on a phone and in the dark",
    async () => {
      const page = await signedIn(LOOKS[0][1], "light");
      const found: unknown[] = [];
      for (const path of await addresses()) {
        const response = await page.goto(server.address + path);
        await page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))");
        if (response?.status() !== 200) found.push([path, response?.status()]);
        for (const [colorScheme, viewport] of LOOKS) {
          await page.setViewportSize(viewport);
          await page.emulateMedia({ colorScheme });
          const over = await page.evaluate(
            "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth",
          );
          // The dark look is the same page in other colours.
          const faults = await accessibilityFaults(
            page,
            colorScheme === "dark" ? "color-contrast" : undefined,
          );
          if (faults.length > 0 || over !== 0) found.push([path, colorScheme, faults, over]);
        }
      }
      expect(found).toEqual([]);
      await page.context().close();
    },
    240_000,
  );

  browserTest(
    "is walked by the keyboard alone, each stop in sight and the content one step away",
    async () => {
      const page = await signedIn({ width: 1280, height: 800 }, "light");
      for (const path of ["/console", "/console/petitions", "/console/chats/all", "/console/switches"]) {
        await page.goto(server.address + path);
        await page.keyboard.press("Tab");
        expect(await page.evaluate("document.activeElement.className")).toBe("skip");
        const stops = Number(
          await page.evaluate(
            "document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,summary').length",
          ),
        );
        const unseen: unknown[] = [];
        for (let n = 0; n < Math.min(stops, 60); n++) {
          await page.keyboard.press("Tab");
          const at = (await page.evaluate(`(() => {
          const one = document.activeElement;
          const { width, height } = one.getBoundingClientRect();
          const { outlineStyle, outlineWidth } = getComputedStyle(one);
          return { what: one.outerHTML.slice(0, 80), seen: width > 0 && height > 0, ring: outlineStyle !== "none" && outlineWidth !== "0px" };
        })()`)) as { what: string; seen: boolean; ring: boolean };
          if (!at.what.startsWith("<body") && (!at.seen || !at.ring)) unseen.push(at);
        }
        expect([path, unseen]).toEqual([path, []]);
        await page.goto(server.address + path);
        await page.keyboard.press("Tab");
        await page.keyboard.press("Enter");
        expect(await page.evaluate("document.activeElement.id")).toBe("main");
      }
      await page.context().close();
    },
    120_000,
  );
});
