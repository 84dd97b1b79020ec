import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createWebChat } from "../../src/channels/web-chat/channel.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { type Client, openWeb, type Web } from "../support/web.ts";

let fresh: FreshDatabase;
let web: Web;

beforeAll(async () => {
  fresh = await freshDatabase();
  web = openWeb(fresh.database);
});

afterAll(() => fresh.drop());

type Shown = { id: number; from: string; text: string; choices: string[]; sentAt: string };

async function read(client: Client, after = 0): Promise<Shown[]> {
  const response = await client.get(`/chat/messages?after=${after}`);
  expect(response.status).toBe(200);
  return ((await response.json()) as { messages: Shown[] }).messages;
}

async function faultOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: string }).error;
}

describe("sending and reading", () => {
  test("a message is stored under the id that the answer gives", async () => {
    const client = web.client();
    const response = await client.json("/chat/messages", { text: "Hợp tác xã được vay bao nhiêu?" });
    expect(response.status).toBe(202);
    const { id } = (await response.json()) as { id: number };
    expect(await read(client)).toEqual([
      { id, from: "member", text: "Hợp tác xã được vay bao nhiêu?", choices: [], sentAt: expect.any(String) },
    ]);
  });

  test("only what comes after the given id is read, with the choices of a reply", async () => {
    const client = web.client();
    const posted = await client.json("/chat/messages", { text: "Xin chào" });
    const { id } = (await posted.json()) as { id: number };
    await replyTo(id, "Chào bà con", ["Chọn chủ đề", "Gặp cán bộ"]);
    const messages = await read(client, id);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({
      from: "bot",
      text: "Chào bà con",
      choices: ["Chọn chủ đề", "Gặp cán bộ"],
    });
    expect(new Date(messages[0]?.sentAt ?? "").getTime()).toBeGreaterThan(Date.now() - 60_000);
  });

  test("two browsers do not see each other's chat", async () => {
    const [one, other] = [web.client(), web.client()];
    await one.json("/chat/messages", { text: "của tôi" });
    expect(await read(other)).toEqual([]);
  });

  test("the same clientId is one message", async () => {
    const client = web.client();
    const letter = { text: "gửi lại vì mất sóng", clientId: randomUUID() };
    const ids = [];
    for (let i = 0; i < 3; i++) {
      const response = await client.json("/chat/messages", letter);
      ids.push(((await response.json()) as { id: number }).id);
    }
    expect(new Set(ids).size).toBe(1);
    expect(await read(client)).toHaveLength(1);
  });

  test("the same words without a clientId are two messages", async () => {
    const client = web.client();
    await client.json("/chat/messages", { text: "alo" });
    await client.json("/chat/messages", { text: "alo" });
    expect(await read(client)).toHaveLength(2);
  });

  test("text is stored composed and without hidden characters", async () => {
    const client = web.client();
    await client.json("/chat/messages", { text: `Hợp tác\u0000 xã\u200B  ở đâu?`.normalize("NFD") });
    expect((await read(client))[0]?.text).toBe("Hợp tác xã ở đâu?");
  });

  async function replyTo(messageId: number, text: string, choices: string[]): Promise<void> {
    const { rows } = await fresh.database.pool.query(
      "select conversation_id as id from messages where id = $1",
      [messageId],
    );
    await fresh.database.tx((client) =>
      web.messages.enqueue(client, rows[0].id, [
        { key: randomUUID(), author: "bot", reply: { text, choices } },
      ]),
    );
  }
});

describe("what is refused", () => {
  test.each([
    ["not JSON", "xin chào"],
    ["null", "null"],
    ["no text", "{}"],
    ["text that is a number", '{"text":5}'],
    ["text that is a list", '{"text":["a"]}'],
    ["empty text", '{"text":""}'],
    ["blank text", '{"text":" \\n\\t "}'],
    ["text of hidden characters", '{"text":"\\u200b\\u0000"}'],
    ["a clientId that is none", '{"text":"a","clientId":"1"}'],
  ])("%s: 400 with a reason", async (_, body) => {
    const response = await web.app.request("/chat/messages", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
    });
    expect(response.status).toBe(400);
    expect(await faultOf(response)).toMatch(/\p{L}{2,}/u);
  });

  test("4,000 characters are taken, one more is too long", async () => {
    const client = web.client();
    expect((await client.json("/chat/messages", { text: "ộ".repeat(4000) })).status).toBe(202);
    const response = await client.json("/chat/messages", { text: "ộ".repeat(4001) });
    expect(response.status).toBe(413);
    expect(await faultOf(response)).toContain("4.000");
    expect(await read(client)).toHaveLength(1);
  });

  test("a body over 64 KiB is cut off", async () => {
    const response = await web.client().json("/chat/messages", { text: "a".repeat(70_000) });
    expect(response.status).toBe(413);
  });

  test.each(["text/plain", "application/x-www-form-urlencoded", ""])("content type %o: 415", async (type) => {
    const response = await web.app.request("/chat/messages", {
      method: "POST",
      headers: type ? { "Content-Type": type } : {},
      body: new TextEncoder().encode('{"text":"a"}'),
    });
    expect(response.status).toBe(415);
  });

  test.each(["abc", "-1", "1.5", "1e3", " ", "99999999999999999999", "1;drop"])(
    "after=%s: 400",
    async (after) => {
      const response = await web.client().get(`/chat/messages?after=${encodeURIComponent(after)}`);
      expect(response.status).toBe(400);
    },
  );

  test("a chat with 20 messages in wait is asked to be patient, others are not", async () => {
    const client = web.client();
    for (let i = 0; i < 20; i++) {
      expect((await client.json("/chat/messages", { text: `tin ${i}` })).status).toBe(202);
    }
    const response = await client.json("/chat/messages", { text: "tin 21" });
    expect(response.status).toBe(429);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await web.client().json("/chat/messages", { text: "tôi khác" })).status).toBe(202);
  });
});

describe("other origins", () => {
  const hosts = ["http://localhost", "http://localhost:3000", "http://127.0.0.1:3000"];

  async function statuses(host: string, headers: Record<string, string>): Promise<number[]> {
    const { app } = web;
    const post = await app.request(`${host}/chat/messages`, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body: '{"text":"a"}',
    });
    const get = await app.request(`${host}/chat/messages`, { headers });
    return [post.status, get.status];
  }

  test.each([
    ["a foreign origin", { Origin: "https://evil.example" }],
    ["another port", { Origin: "http://localhost:4000" }],
    ["an opaque origin", { Origin: "null" }],
    ["a fetch from another site", { "Sec-Fetch-Site": "cross-site" }],
    ["a fetch from a sibling site", { "Sec-Fetch-Site": "same-site" }],
    ["a name that only begins like ours", { Origin: "http://localhost.evil.example" }],
  ])("%s: 403", async (_, headers) => {
    for (const host of hosts) expect(await statuses(host, headers)).toEqual([403, 403]);
  });

  test("localhost and 127.0.0.1 are one", async () => {
    const headers = { Origin: "http://127.0.0.1:3000", "Sec-Fetch-Site": "cross-site" };
    expect(await statuses("http://localhost:3000", headers)).toEqual([202, 200]);
    expect(await statuses("http://127.0.0.1:3000", { Origin: "http://localhost:3000" })).toEqual([202, 200]);
  });

  test("our own page, and a program that names no origin, are let in", async () => {
    const own = { Origin: "http://localhost:3000", "Sec-Fetch-Site": "same-origin" };
    expect(await statuses("http://localhost:3000", own)).toEqual([202, 200]);
    expect(await statuses("http://localhost:3000", {})).toEqual([202, 200]);
  });

  test("PUBLIC_URL is ours behind a proxy that renames the host", async () => {
    const { app } = openWeb(fresh.database, "https://caunoi.example/");
    const ask = async (origin: string) =>
      (await app.request("http://10.0.0.5:3000/chat/messages", { headers: { Origin: origin } })).status;
    expect(await ask("https://caunoi.example")).toBe(200);
    expect(await ask("http://caunoi.example")).toBe(403);
  });
});

describe("the session", () => {
  test("is set by the page and by either call, out of reach of scripts", async () => {
    for (const call of [
      () => web.app.request("/chat"),
      () => web.app.request("/chat/messages"),
      () => web.client().json("/chat/messages", { text: "a" }),
    ]) {
      const cookie = (await call()).headers.get("set-cookie") ?? "";
      expect(cookie).toMatch(/HttpOnly/);
      expect(cookie).toMatch(/SameSite=Lax/);
      expect(cookie).not.toMatch(/Secure/);
    }
  });

  test("lives on when the page is opened again", async () => {
    const client = web.client();
    await client.get("/chat");
    await client.json("/chat/messages", { text: "nhớ tôi" });
    await client.get("/chat");
    expect(await read(client)).toHaveLength(1);
  });

  test("a cookie that was tampered with opens a new chat", async () => {
    const client = web.client();
    await client.json("/chat/messages", { text: "bí mật" });
    const [[name, value] = ["", ""]] = [...client.jar];
    client.jar.set(
      name,
      value.replace(/^./, (first) => (first === "A" ? "B" : "A")),
    );
    expect(await read(client)).toEqual([]);
  });

  test("is bound to the host behind https", async () => {
    const { app } = openWeb(fresh.database, "https://caunoi.example");
    const cookie = (await app.request("/chat")).headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^__Host-/);
    expect(cookie).toMatch(/Secure/);
    expect(cookie).toMatch(/Path=\//);
  });
});

describe("the page", () => {
  test("carries nothing that the strict policy would block, and is never stored", async () => {
    const response = await web.app.request("/chat");
    const page = await response.text();
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(page).toContain('<html lang="vi">');
    expect(page).not.toMatch(/<script(?![^>]*src=)|<style|\sstyle=|\son\w+=/);
  });

  test("its files are there, of the right type, and may be kept", async () => {
    const page = await (await web.app.request("/chat")).text();
    const files = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, file = ""]) => file);
    expect(files.length).toBeGreaterThanOrEqual(3);
    for (const file of files) {
      const response = await web.app.request(file);
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toMatch(/css|javascript|svg/);
      expect(response.headers.get("cache-control")).toContain("immutable");
    }
  });
});

test("as a channel, a message is sent at once, since the page reads the transcript", async () => {
  const channel = createWebChat();
  const message = { chatId: "a", text: "chào", choices: [] };
  expect(await channel.send(message, AbortSignal.timeout(1000))).toEqual({
    outcome: "sent",
    providerId: null,
  });
  expect(channel.capabilities).toEqual({ maxTextLength: 4000, choices: "buttons" });
  expect(channel.fault()).toBeNull();
});
