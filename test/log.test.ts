import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { createLog } from "../src/log.ts";

function recorded(secrets: string[] = []) {
  const lines: string[] = [];
  const log = createLog("debug", secrets, { write: (line) => void lines.push(line) });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? "") as Record<string, unknown> };
}

describe("the log", () => {
  it.each([
    "token",
    "secret",
    "password",
    "apiKey",
    "authorization",
    "cookie",
    "text",
    "contact",
    "chatId",
    "content",
  ])("hides %s at the depths that our calls use", (field) => {
    const { log, lines } = recorded();
    const canary = { [field]: "canary" };
    log.info(canary, "shallow");
    log.info({ message: canary }, "deeper");
    log.info({ turn: { reply: canary } }, "deepest");
    expect(lines).toHaveLength(3);
    expect(lines.join("")).not.toContain("canary");
    expect(lines.join("").match(/\[ẩn\]/g)).toHaveLength(3);
  });

  it("keeps what helps to find a message", () => {
    const { log, last } = recorded();
    log.warn({ message: 7, delivery: { outcome: "retry", reason: "bận" } }, "a reply was not delivered");
    expect(last()).toMatchObject({
      level: 40,
      message: 7,
      delivery: { outcome: "retry", reason: "bận" },
      msg: "a reply was not delivered",
    });
  });

  it("hides a known secret wherever it turns up, even in a foreign error", () => {
    const { log, lines } = recorded(["123:the-bot-token", 'pass"word']);
    log.error({ err: new Error("GET https://api.example/bot123:the-bot-token/getMe failed") }, "no answer");
    log.error({ reason: 'login with pass"word refused' }, "no answer from 123:the-bot-token");
    expect(lines.join("")).not.toMatch(/the-bot-token|pass\\?"word/);
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual(["no answer", "no answer from [ẩn]"]);
  });

  it("shows of an error its words and its code, and not the fields that a library hung on it", () => {
    const { log, lines, last } = recorded();
    const cause = Object.assign(new Error("row refused"), { detail: "Failing row contains (canary)" });
    const error = new Error("not stored", { cause });
    log.error({ err: Object.assign(error, { code: "23502", parameters: ["canary"] }) }, "failed");
    expect(lines[0]).not.toContain("canary");
    expect(last().err).toMatchObject({
      name: "Error",
      message: "not stored",
      code: "23502",
      cause: { message: "row refused" },
    });
  });

  it("stands up to a thrown thing that is no error", () => {
    const { log, last } = recorded();
    log.error({ err: "just a string" }, "failed");
    expect(last().err).toEqual({ message: "just a string" });
  });

  it("writes nothing below its level", () => {
    const lines: string[] = [];
    const log = createLog("warn", [], { write: (line) => void lines.push(line) });
    log.info("quiet");
    log.warn("loud");
    expect(lines).toHaveLength(1);
  });

  it("goes to standard error, so that standard output belongs to the command", () => {
    const script = 'import { createLog } from "./src/log.ts"; createLog("info").info("hello");';
    const run = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
      encoding: "utf8",
    });
    expect(run.stdout).toBe("");
    expect(JSON.parse(run.stderr)).toMatchObject({ msg: "hello" });
  });
});
