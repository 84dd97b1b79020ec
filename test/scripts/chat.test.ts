import { mkdirSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandSocket } from "../../src/own-files.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { type Run, runScript } from "../support/script.ts";
import { newFolder } from "../support/service-process.ts";

const folder = newFolder();
let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(async () => {
  await fresh.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe("chat without a running service", () => {
  let run: Run;
  beforeAll(async () => {
    const input = "htx vay không thế chấp tối đa bao nhiêu\n\n3\n/canbo\n";
    run = await runScript("chat", [], {
      input,
      settings: { DATA_DIR: join(folder, "alone"), DATABASE_URL: fresh.url },
    });
  }, 120_000);

  it("answers through the same path as the channels, with choices by number", () => {
    expect(run.out).toMatch(
      /Cầu Nối: [^>]*5 tỷ đồng[^>]*\n {3}1\. Có, cảm ơn\n {3}2\. .*\n {3}3\. Xem nguyên văn/,
    );
  });

  it("takes a number for the choice, and commands", () => {
    expect(run.out).toContain("156/2025/NĐ-CP – ");
    expect(run.out).toContain("chuyển cuộc trò chuyện cho cán bộ");
  });

  it("ends with its input, and leaves the conversation in the database", async () => {
    expect(run.code).toBe(0);
    const { rows } = await fresh.database.pool.query(
      "select c.channel, c.held_by_staff as held, count(*)::int as lines from messages m join conversations c on c.id = m.conversation_id group by 1, 2",
    );
    expect(rows).toEqual([{ channel: "web-chat", held: true, lines: 6 }]);
  });

  it("makes no sign-in for staff that nobody would see", async () => {
    const { rows } = await fresh.database.pool.query("select count(*)::int as n from staff");
    expect(rows).toEqual([{ n: 0 }]);
  });
});

describe("chat beside a running service", () => {
  it("speaks to that service, in one chat of its own", async () => {
    const dataDir = join(folder, "beside");
    const service = await fakeService(dataDir);
    const { out, code } = await runScript("chat", [], {
      input: "có ai không\ncòn ai không\n",
      settings: { DATA_DIR: dataDir, DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" },
    });
    service.server.close();
    expect(service.heard).toEqual([
      { cookie: "", text: "có ai không" },
      { cookie: "chat=7", text: "còn ai không" },
    ]);
    expect(out).toContain("Cầu Nối: nghe: có ai không");
    expect(out).toContain("Cán bộ: nghe: còn ai không");
    expect(code).toBe(0);
  }, 60_000);
});

/** The two routes of the chat page, on the socket of a data folder. */
async function fakeService(dataDir: string): Promise<{ server: Server; heard: object[] }> {
  mkdirSync(dataDir, { recursive: true });
  const heard: { cookie: string; text: string }[] = [];
  const server = createServer(async (request, response) => {
    if (request.url === "/healthz") return void response.end("ok");
    response.setHeader("Set-Cookie", "chat=7; Path=/; HttpOnly");
    if (request.method === "POST") {
      const { text } = (await json(request)) as { text: string };
      heard.push({ cookie: request.headers.cookie ?? "", text });
      return void response.writeHead(202).end(JSON.stringify({ id: heard.length * 2 - 1 }));
    }
    const after = Number(new URL(request.url ?? "", "http://service").searchParams.get("after"));
    const lines = heard.flatMap(({ text }, n) => [
      { id: n * 2 + 1, from: "member", text, choices: [] },
      { id: n * 2 + 2, from: n === 0 ? "bot" : "staff", text: `nghe: ${text}`, choices: [] },
    ]);
    response.end(JSON.stringify({ messages: lines.filter(({ id }) => id > after) }));
  });
  await new Promise<void>((resolve) => server.listen(commandSocket(dataDir), resolve));
  return { server, heard };
}
