import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { SwitchStore } from "../../src/db/switches.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { hire } from "../support/samples.ts";
import { type Client, openWeb, type Web } from "../support/web.ts";

const PAGE = "/console/switches";

let fresh: FreshDatabase;
let web: Web;
let switches: SwitchStore;
let admin: Client;
let viewer: Client;
let somebody: number;

beforeAll(async () => {
  fresh = await freshDatabase();
  web = openWeb(fresh.database);
  switches = new SwitchStore(fresh.database);
  admin = await web.signedIn("admin");
  viewer = await web.signedIn("viewer");
  somebody = await hire(fresh.database);
});
afterAll(() => fresh.drop());
afterEach(async () => {
  for (const { name } of await switches.off()) await switches.turn(name, true, somebody, "xong");
});

const turn = async (fields: Record<string, string>) => {
  const { csrf = "" } = { ...(await tokenOf(admin)) };
  return admin.post(PAGE, { csrf, reason: "sự cố nhà mạng", ...fields });
};
const tokenOf = async (client: Client) =>
  Object.fromEntries(
    [...(await client.page(PAGE)).matchAll(/name="(csrf)" value="([^"]+)"/g)].map(([, key, value]) => [
      key,
      value,
    ]),
  ) as Record<string, string>;

describe("the page of switches", () => {
  it("shows every switch to all staff, and forms to admins only", async () => {
    const page = await viewer.page(PAGE);
    for (const name of [
      "Trả lời tự động",
      "Kênh Telegram",
      "Kênh Zalo Bot",
      "Kênh Zalo OA",
      "Kênh Trang web",
    ])
      expect(page).toContain(name);
    expect(page).not.toContain('name="turn"');
    expect(page).toContain("Chưa ai đổi công tắc nào");
    expect((await admin.page(PAGE)).match(/name="turn" value="off"/g)).toHaveLength(5);
  });

  it("tells after a turn since when, by whom and why, and how many messages wait", async () => {
    expect((await turn({ name: "telegram", turn: "off" })).headers.get("location")).toBe(
      `${PAGE}?notice=off`,
    );
    await web.openChat("cho", "câu hỏi");
    const page = await viewer.page(PAGE);
    expect(page).toContain("đang tắt");
    expect(page).toContain("Người admin");
    expect(page).toContain("sự cố nhà mạng");
    expect(page).toMatch(/Tin đến chờ xử lý<\/dt><dd>1</);
    expect((await turn({ name: "telegram", turn: "on" })).headers.get("location")).toBe(`${PAGE}?notice=on`);
    expect(await viewer.page(PAGE)).toContain("Bật lại");
  });

  it("asks for the reason and keeps the switch as it was without one", async () => {
    const response = await turn({ name: "answers", turn: "off", reason: " " });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("Lý do đang trống");
    expect(await switches.off()).toEqual([]);
  });

  it("refuses a switch that does not exist, and one turned twice says so", async () => {
    expect((await turn({ name: "fax", turn: "off" })).status).toBe(400);
    await turn({ name: "answers", turn: "off" });
    expect((await turn({ name: "answers", turn: "off" })).headers.get("location")).toBe(
      `${PAGE}?notice=same`,
    );
  });

  it("shows a hostile reason as text", async () => {
    await turn({ name: "answers", turn: "off", reason: "<script>alert(1)</script>" });
    expect(await viewer.page(PAGE)).toContain("&lt;script&gt;");
  });
});

describe("what is switched off", () => {
  it("is told on every page to whoever is signed in, until it is on again", async () => {
    await turn({ name: "answers", turn: "off" });
    for (const path of ["/console", "/console/petitions", "/console/help", "/console/knowledge"])
      expect(await viewer.page(path)).toMatch(/class="banner"[^>]*>Đang tắt: Trả lời tự động \(từ /);
    expect(await web.client().page("/console/sign-in")).not.toContain("Đang tắt");
    await turn({ name: "answers", turn: "on" });
    expect(await viewer.page("/console")).not.toContain("Đang tắt:");
  });

  it("holds a reply back from the chat page, and the line stands in its place once the channel is on", async () => {
    const member = web.client();
    const posted = await member.json("/chat/messages", { text: "Cho tôi hỏi" });
    const { id } = (await posted.json()) as { id: number };
    await web.database.tx(async (client) => {
      const { rows } = await client.query("select conversation_id from messages where id = $1", [id]);
      const reply = { text: "Cán bộ trả lời", choices: [] };
      await web.messages.enqueue(client, rows[0].conversation_id, [
        { key: "staff:1", author: "staff", reply },
      ]);
    });
    const read = async () => {
      const { messages } = (await (await member.get("/chat/messages?after=0")).json()) as {
        messages: { text: string }[];
      };
      return messages.map(({ text }) => text);
    };
    await turn({ name: "web-chat", turn: "off" });
    expect((await member.json("/chat/messages", { text: "Còn ai không" })).status).toBe(202);
    expect(await read()).toEqual(["Cho tôi hỏi"]);
    await turn({ name: "web-chat", turn: "on" });
    expect(await read()).toEqual(["Cho tôi hỏi", "Cán bộ trả lời", "Còn ai không"]);
  });
});
