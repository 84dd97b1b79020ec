import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseEnv } from "node:util";
import { describe, expect, it } from "vitest";
import { readConfig, SETTING_KEYS, WrongSettings } from "../src/config.ts";

const TOKEN = "123456:ABCdefGHIjkl-mnoPQR";

function faultsOf(environment: Record<string, string>): string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (!(error instanceof WrongSettings)) throw error;
    return error.faults;
  }
}

describe("settings", () => {
  it("need nothing at all", () => {
    expect(readConfig({})).toEqual({
      secrets: [],
      port: 3000,
      host: "127.0.0.1",
      publicUrl: null,
      dataDir: resolve("data"),
      databaseUrl: null,
      knowledgeDir: resolve("knowledge"),
      logLevel: "info",
      sessionSecret: null,
      telegram: null,
      zaloBot: null,
      zaloOa: null,
      model: null,
      embeddings: null,
    });
  });

  it("count as unset when empty or blank", () => {
    expect(readConfig({ PORT: "", HOST: "  ", TELEGRAM_BOT_TOKEN: "" })).toEqual(readConfig({}));
  });

  it("are taken without the spaces around them", () => {
    expect(readConfig({ PORT: " 8080 ", HOST: " 0.0.0.0 " })).toMatchObject({ port: 8080, host: "0.0.0.0" });
  });

  it("ask for any free port with 0", () => {
    expect(readConfig({ PORT: "0" }).port).toBe(0);
  });

  it("open a channel only with its token", () => {
    expect(readConfig({ TELEGRAM_BOT_TOKEN: TOKEN }).telegram).toEqual({
      token: TOKEN,
      apiRoot: "https://api.telegram.org",
      messagesPerSecond: 30,
      webhookSecret: null,
      staffChatId: null,
    });
    expect(readConfig({ TELEGRAM_API_ROOT: "http://localhost:1" }).telegram).toBeNull();
    expect(readConfig({ ZALO_BOT_TOKEN: TOKEN }).zaloBot).toEqual({
      token: TOKEN,
      apiRoot: "https://bot-api.zaloplatforms.com",
      webhookSecret: null,
    });
  });

  it("hold Telegram's own server to its limit, and another one to the given limit only", () => {
    const telegram = (settings: Record<string, string>) =>
      readConfig({ TELEGRAM_BOT_TOKEN: TOKEN, ...settings }).telegram?.messagesPerSecond;
    const own = { TELEGRAM_API_ROOT: "http://localhost:8081" };
    expect(telegram({ TELEGRAM_MESSAGES_PER_SECOND: "0" })).toBe(0);
    expect(telegram({ TELEGRAM_MESSAGES_PER_SECOND: "10" })).toBe(10);
    expect(telegram(own)).toBe(0);
    expect(telegram({ ...own, TELEGRAM_MESSAGES_PER_SECOND: "30" })).toBe(30);
  });

  it("name the secrets among them, so that the log can hide those", () => {
    const secrets = {
      DATABASE_URL: "postgres://app:database-password@localhost/app",
      SESSION_SECRET: "s".repeat(32),
      TELEGRAM_BOT_TOKEN: TOKEN,
      TELEGRAM_WEBHOOK_SECRET: "webhook-secret-1234",
      ZALO_BOT_TOKEN: "98765:zalo-token",
      ZALO_BOT_WEBHOOK_SECRET: "zalo-webhook-secret",
      ZALO_OA_APP_SECRET: "app-secret-1234",
      ZALO_OA_SECRET_KEY: "oa-secret-1234",
      ZALO_OA_REFRESH_TOKEN: "first-refresh-token",
      LLM_API_KEY: "sk-model-key",
      EMBEDDINGS_API_KEY: "sk-vector-key",
    };
    const config = readConfig({ ...secrets, PUBLIC_URL: "https://htx.example", ZALO_OA_APP_ID: "36080001" });
    expect(config.secrets).toEqual(["database-password", ...Object.values(secrets).slice(1)]);
  });
});

describe("wrong settings", () => {
  it("are listed all at once, each with its key and what is expected", () => {
    const faults = faultsOf({
      PORT: "70000",
      PUBLIC_URL: "htx.example",
      DATABASE_URL: "mysql://localhost/app",
      LOG_LEVEL: "loud",
      SESSION_SECRET: "short",
      TELEGRAM_BOT_TOKEN: "no-token",
      TELEGRAM_WEBHOOK_SECRET: "a b",
      STAFF_TELEGRAM_CHAT_ID: "@can_bo",
      LLM_BASE_URL: "ftp://localhost",
      EMBEDDINGS_MODEL: "vectors",
    });
    expect(faults).toEqual([
      "PORT: phải từ 0 đến 65535",
      "PUBLIC_URL: phải là địa chỉ bắt đầu bằng http:// hoặc https://",
      "DATABASE_URL: phải có dạng postgres://người-dùng:mật-khẩu@máy/tên",
      "LOG_LEVEL: phải là một trong fatal, error, warn, info, debug, trace, silent",
      "SESSION_SECRET: phải dài ít nhất 32 ký tự",
      "TELEGRAM_BOT_TOKEN: phải có dạng 123456:ABC… do @BotFather cấp",
      "TELEGRAM_WEBHOOK_SECRET: phải gồm 16–256 chữ cái không dấu, chữ số, gạch ngang hoặc gạch dưới",
      "STAFF_TELEGRAM_CHAT_ID: phải là một dãy số",
      "LLM_BASE_URL: phải là địa chỉ bắt đầu bằng http:// hoặc https://",
      "LLM_MODEL: phải có khi đã đặt LLM_BASE_URL",
      "EMBEDDINGS_BASE_URL: phải có khi đã đặt EMBEDDINGS_MODEL",
    ]);
  });

  it.each([
    ["PORT", "abc", "phải là số cổng từ 0 đến 65535"],
    ["PORT", "-1", "phải từ 0 đến 65535"],
    ["PORT", "30.5", "phải là số nguyên"],
    ["TELEGRAM_MESSAGES_PER_SECOND", "-1", "phải từ 0 đến 1000"],
    ["TELEGRAM_API_ROOT", "api.telegram.org", "phải là địa chỉ bắt đầu bằng http:// hoặc https://"],
    ["ZALO_BOT_TOKEN", "no-token", "phải có dạng 123456:ABC… do Zalo Bot Creator cấp"],
  ])("name %s when it is %s", (key, value, expected) => {
    expect(faultsOf({ [key]: value })).toEqual([`${key}: ${expected}`]);
  });

  it.each([
    [{ TELEGRAM_WEBHOOK_SECRET: "webhook-secret-1234" }, ["TELEGRAM_BOT_TOKEN", "PUBLIC_URL"]],
    [{ STAFF_TELEGRAM_CHAT_ID: "-100123" }, ["TELEGRAM_BOT_TOKEN"]],
    [{ ZALO_BOT_WEBHOOK_SECRET: "bi-mat-1" }, ["ZALO_BOT_TOKEN", "PUBLIC_URL"]],
    [
      { ZALO_OA_APP_SECRET: "app-secret-1234", ZALO_OA_SECRET_KEY: "oa-secret-1234" },
      ["ZALO_OA_APP_ID", "ZALO_OA_REFRESH_TOKEN"],
    ],
    [{ LLM_BASE_URL: "http://localhost:11434" }, ["LLM_MODEL"]],
    [{ LLM_MODEL: "some-model" }, ["LLM_BASE_URL"]],
    [{ EMBEDDINGS_BASE_URL: "http://localhost:11434" }, ["EMBEDDINGS_MODEL"]],
  ])("name what is missing beside %o", (given, missing) => {
    const keys = faultsOf(given).map((fault) => fault.split(":")[0]);
    expect(keys).toEqual(missing);
  });

  it("never show a value, since it may be a secret", () => {
    const canary = "canary!4711";
    const faults = faultsOf(Object.fromEntries(SETTING_KEYS.map((key) => [key, canary])));
    expect(faults.length).toBeGreaterThan(8);
    expect(faults.join("\n")).not.toContain("canary");
  });

  it("stop the start with one message that a person can act on", () => {
    expect(() => readConfig({ PORT: "x", LOG_LEVEL: "y" })).toThrow(
      "Cài đặt chưa đúng, chưa thể khởi động:\n" +
        "  - PORT: phải là số cổng từ 0 đến 65535\n" +
        "  - LOG_LEVEL: phải là một trong fatal, error, warn, info, debug, trace, silent",
    );
  });
});

describe(".env.example", () => {
  const text = readFileSync(".env.example", "utf8");
  const entries = [...text.matchAll(/^(?:# (.+)\n)?(#?)([A-Z][A-Z_]+)=(.*)$/gm)].map(
    ([, comment = "", off, key = "", value = ""]) => ({ comment, isOff: off === "#", key, value }),
  );

  it("holds every setting once, and no other", () => {
    expect(entries.map(({ key }) => key).sort()).toEqual([...SETTING_KEYS].sort());
  });

  it("says of each what it is, what its default is and whether it is required", () => {
    const silent = entries.filter(
      ({ comment }) => !/^\S.{15,}[.;] .*Mặc định: \S/.test(comment) || !/bắt buộc/i.test(comment),
    );
    expect(silent).toEqual([]);
  });

  it("gives the defaults: copied as it stands, it changes nothing", () => {
    expect(readConfig(parseEnv(text))).toEqual(readConfig({}));
    const written = entries.filter(({ isOff }) => !isOff);
    expect(written.length).toBeGreaterThan(4);
    for (const { comment, value } of written) expect(comment).toContain(`Mặc định: ${value}`);
    for (const { value } of entries.filter(({ isOff }) => isOff)) expect(value).toBe("");
  });
});
