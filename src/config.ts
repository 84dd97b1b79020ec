import { resolve } from "node:path";
import { z } from "zod";
import { rootOf } from "./channels/root.ts";
import { TELEGRAM_PER_SECOND, TELEGRAM_ROOT } from "./channels/telegram-pace.ts";

const url = z.url({ protocol: /^https?$/, error: "phải là địa chỉ bắt đầu bằng http:// hoặc https://" });
const text = z.string().min(1, "không được để trống");
const secret = z
  .string()
  .regex(/^[A-Za-z0-9_-]{16,256}$/, "phải gồm 16–256 chữ cái không dấu, chữ số, gạch ngang hoặc gạch dưới");

/** Every setting, with its default; .env.example documents each of these keys and a test holds the two together. */
const Settings = z.object({
  PORT: z.coerce
    .number("phải là số cổng từ 0 đến 65535")
    .int("phải là số nguyên")
    .min(0, "phải từ 0 đến 65535")
    .max(65535, "phải từ 0 đến 65535")
    .default(3000),
  HOST: text.default("127.0.0.1"),
  PUBLIC_URL: url.optional(),
  DATA_DIR: text.default("./data"),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: "phải có dạng postgres://người-dùng:mật-khẩu@máy/tên" })
    .optional(),
  KNOWLEDGE_DIR: text.default("./knowledge"),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
      error: "phải là một trong fatal, error, warn, info, debug, trace, silent",
    })
    .default("info"),
  SESSION_SECRET: z.string().min(32, "phải dài ít nhất 32 ký tự").optional(),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]{10,}$/, "phải có dạng 123456:ABC… do @BotFather cấp")
    .optional(),
  TELEGRAM_API_ROOT: url.default(TELEGRAM_ROOT),
  TELEGRAM_MESSAGES_PER_SECOND: z.coerce
    .number("phải là số tin mỗi giây từ 0 đến 1000")
    .int("phải là số nguyên")
    .min(0, "phải từ 0 đến 1000")
    .max(1000, "phải từ 0 đến 1000")
    .optional(),
  TELEGRAM_WEBHOOK_SECRET: secret.optional(),
  STAFF_TELEGRAM_CHAT_ID: z
    .string()
    .regex(/^-?\d+$/, "phải là một dãy số")
    .optional(),
  ZALO_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[^\s/?#%\\]{8,}$/, "phải có dạng 123456:ABC… do Zalo Bot Creator cấp")
    .optional(),
  ZALO_BOT_API_ROOT: url.default("https://bot-api.zaloplatforms.com"),
  ZALO_BOT_WEBHOOK_SECRET: z
    .string()
    .regex(/^[!-~]{8,256}$/, "phải gồm 8–256 ký tự không dấu, không có khoảng trắng")
    .optional(),
  ZALO_OA_APP_ID: z.string().regex(/^\d+$/, "phải là một dãy số").optional(),
  ZALO_OA_APP_SECRET: text.optional(),
  ZALO_OA_SECRET_KEY: text.optional(),
  ZALO_OA_REFRESH_TOKEN: text.optional(),
  ZALO_OA_API_ROOT: url.default("https://openapi.zalo.me"),
  ZALO_OA_OAUTH_ROOT: url.default("https://oauth.zaloapp.com"),
  LLM_BASE_URL: url.optional(),
  LLM_API_KEY: text.optional(),
  LLM_MODEL: text.optional(),
  EMBEDDINGS_BASE_URL: url.optional(),
  EMBEDDINGS_API_KEY: text.optional(),
  EMBEDDINGS_MODEL: text.optional(),
});

/** The keys that .env and the environment may set. */
export const SETTING_KEYS = Object.keys(Settings.shape);

type Values = z.infer<typeof Settings>;

/** Hiding something shorter would garble what has nothing to do with it. */
const SHORTEST_SECRET = 6;

/** Keys that make sense only together with another one. */
const NEEDS: [key: keyof Values, needed: keyof Values][] = [
  ["TELEGRAM_WEBHOOK_SECRET", "TELEGRAM_BOT_TOKEN"],
  ["TELEGRAM_WEBHOOK_SECRET", "PUBLIC_URL"],
  ["STAFF_TELEGRAM_CHAT_ID", "TELEGRAM_BOT_TOKEN"],
  ["ZALO_BOT_WEBHOOK_SECRET", "ZALO_BOT_TOKEN"],
  ["ZALO_BOT_WEBHOOK_SECRET", "PUBLIC_URL"],
  ["LLM_BASE_URL", "LLM_MODEL"],
  ["LLM_MODEL", "LLM_BASE_URL"],
  ["EMBEDDINGS_BASE_URL", "EMBEDDINGS_MODEL"],
  ["EMBEDDINGS_MODEL", "EMBEDDINGS_BASE_URL"],
];

/** Keys that make sense only all together. */
const ZALO_OA_KEYS = [
  "ZALO_OA_APP_ID",
  "ZALO_OA_APP_SECRET",
  "ZALO_OA_SECRET_KEY",
  "ZALO_OA_REFRESH_TOKEN",
] as const satisfies (keyof Values)[];

export type Config = ReturnType<typeof readConfig>;

/** A start that cannot go on, with every fault of the settings at once, in words a person can act on. */
export class WrongSettings extends Error {
  constructor(readonly faults: string[]) {
    super(`Cài đặt chưa đúng, chưa thể khởi động:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`);
    this.name = "WrongSettings";
  }
}

/** Reads the settings; an empty value counts as unset. Values never stand in an error, since they may be secrets. */
export function readConfig(environment: Record<string, string | undefined>) {
  const given = Object.fromEntries(SETTING_KEYS.map((key) => [key, environment[key]?.trim() || undefined]));
  const parsed = Settings.safeParse(given);
  const faults = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  for (const [key, needed] of NEEDS) {
    if (given[key] && !given[needed]) faults.push(`${needed}: phải có khi đã đặt ${key}`);
  }
  const zaloOaKey = ZALO_OA_KEYS.find((key) => given[key]);
  for (const key of zaloOaKey ? ZALO_OA_KEYS : []) {
    if (!given[key]) faults.push(`${key}: phải có khi đã đặt ${zaloOaKey}`);
  }
  if (!parsed.success || faults.length > 0) throw new WrongSettings(faults);
  const values = parsed.data;
  return {
    /** What no log and no page may show. */
    secrets: secretsAmong(values),
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL ?? null,
    dataDir: resolve(values.DATA_DIR),
    databaseUrl: values.DATABASE_URL ?? null,
    knowledgeDir: resolve(values.KNOWLEDGE_DIR),
    logLevel: values.LOG_LEVEL,
    sessionSecret: values.SESSION_SECRET ?? null,
    telegram: values.TELEGRAM_BOT_TOKEN
      ? {
          token: values.TELEGRAM_BOT_TOKEN,
          apiRoot: values.TELEGRAM_API_ROOT,
          /** 0 = no limit, as for a server that is not Telegram's own. */
          messagesPerSecond:
            values.TELEGRAM_MESSAGES_PER_SECOND ??
            (rootOf(values.TELEGRAM_API_ROOT) === TELEGRAM_ROOT ? TELEGRAM_PER_SECOND : 0),
          webhookSecret: values.TELEGRAM_WEBHOOK_SECRET ?? null,
          staffChatId: values.STAFF_TELEGRAM_CHAT_ID ?? null,
        }
      : null,
    zaloBot: values.ZALO_BOT_TOKEN
      ? {
          token: values.ZALO_BOT_TOKEN,
          apiRoot: values.ZALO_BOT_API_ROOT,
          webhookSecret: values.ZALO_BOT_WEBHOOK_SECRET ?? null,
        }
      : null,
    zaloOa: zaloOaOf(values),
    model:
      values.LLM_BASE_URL && values.LLM_MODEL
        ? { baseUrl: values.LLM_BASE_URL, name: values.LLM_MODEL, apiKey: values.LLM_API_KEY ?? null }
        : null,
    embeddings:
      values.EMBEDDINGS_BASE_URL && values.EMBEDDINGS_MODEL
        ? {
            baseUrl: values.EMBEDDINGS_BASE_URL,
            name: values.EMBEDDINGS_MODEL,
            apiKey: values.EMBEDDINGS_API_KEY ?? null,
          }
        : null,
  };
}

function zaloOaOf(values: Values) {
  const {
    ZALO_OA_APP_ID: appId,
    ZALO_OA_APP_SECRET: appSecret,
    ZALO_OA_SECRET_KEY: secretKey,
    ZALO_OA_REFRESH_TOKEN: refreshToken,
    ZALO_OA_API_ROOT: apiRoot,
    ZALO_OA_OAUTH_ROOT: oauthRoot,
  } = values;
  if (!appId || !appSecret || !secretKey || !refreshToken) return null;
  return { appId, appSecret, secretKey, refreshToken, apiRoot, oauthRoot };
}

function secretsAmong(values: Values): string[] {
  const given = [
    values.DATABASE_URL && new URL(values.DATABASE_URL).password,
    values.SESSION_SECRET,
    values.TELEGRAM_BOT_TOKEN,
    values.TELEGRAM_WEBHOOK_SECRET,
    values.ZALO_BOT_TOKEN,
    values.ZALO_BOT_WEBHOOK_SECRET,
    values.ZALO_OA_APP_SECRET,
    values.ZALO_OA_SECRET_KEY,
    values.ZALO_OA_REFRESH_TOKEN,
    values.LLM_API_KEY,
    values.EMBEDDINGS_API_KEY,
  ];
  return given.filter((secret) => secret !== undefined).filter(({ length }) => length >= SHORTEST_SECRET);
}

/** Reads .env, when there is one, and the environment. */
export function loadConfig(): Config {
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  return readConfig(process.env);
}
