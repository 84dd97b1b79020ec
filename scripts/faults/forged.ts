import { once } from "node:events";
import { request } from "node:http";
import { fileURLToPath } from "node:url";
import { Hono } from "hono";
import pg from "pg";
import { createAssets } from "../../src/assets.ts";
import { createBackPressure } from "../../src/back-pressure.ts";
import { createChannels, webhooksOf } from "../../src/channel-set.ts";
import type { Lead } from "../../src/channels/lead.ts";
import { createZaloOa, USUAL_PACE } from "../../src/channels/zalo-oa.ts";
import { readConfig } from "../../src/config.ts";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { MessageStore } from "../../src/db/messages.ts";
import { migrate } from "../../src/db/migrate.ts";
import { ZaloTokenStore } from "../../src/db/zalo-tokens.ts";
import { listen } from "../../src/listen.ts";
import { createLog } from "../../src/log.ts";
import { createServer } from "../../src/server.ts";
import { startChannels } from "../../test/support/channel-members.ts";
import { createRandom, type Random } from "../kills/random.ts";
import {
  type Forgery,
  forgeSecret,
  forgeSignature,
  genuine,
  genuinelySigned,
  type Post,
} from "./forgeries.ts";
import { type Goal, type Outcome, percentile, type RunOptions } from "./goal.ts";
import { startPostgres } from "./postgres.ts";

const MIGRATIONS = fileURLToPath(new URL("../../src/db/migrations/", import.meta.url));
const TELEGRAM_SECRET = "Telegram_webhook-secret-0123456789";
const ZALO_BOT_SECRET = "Zalo-bot_webhook-secret-0123456789";
const TIMESTAMP = "1764400000000";
/** Nothing more comes of a post that is so long past. */
const QUIET_MS = 300;
/** After the run. */
const LATER_MS = 3_600_000;

/** Posts what is forged to every webhook: nothing may be taken, and the database may not even be asked. */
export const forged: Goal = {
  id: "WH",
  about: "gọi webhook giả mạo tới Telegram, Zalo Bot và Zalo OA",
  usualSize: 1_000,
  async run(options) {
    const postgres = await startPostgres();
    try {
      const database = await openDatabase({ url: postgres.url, dataDir: "", log: () => {} });
      await migrate(database.pool, MIGRATIONS);
      return await postForgeries(database, options).finally(() => database.close());
    } finally {
      await postgres.stop();
    }
  },
};

type Hook = { channel: string; genuine: Post; forge: (random: Random) => Forgery };

/** The real server with the real channels; behind them only the store of messages, so that nothing else asks the database. */
export async function postForgeries(
  database: Database,
  { seed, size }: Pick<RunOptions, "seed" | "size">,
): Promise<Outcome> {
  const random = createRandom(seed);
  const providers = await startChannels();
  const channels = channelsWithoutClock(providers.settings, database);
  const messages = new MessageStore(database);
  for (const channel of channels.values())
    await channel.start(async (message) => void (await messages.receive(message)));
  const { address, close } = await listen(serverFor(channels), { port: 0, host: "127.0.0.1" });
  const statements = countStatements();
  const outcome: Outcome = {
    n: 0,
    violations: { accepted: 0, notRefused: 0, withWords: 0, statements: 0, genuineRefused: 0, stored: 0 },
    windows: {},
    figures: {},
  };
  const { violations, windows } = outcome;
  const took: number[] = [];
  try {
    const hooks = hooksOf(providers);
    for (const hook of hooks)
      if ((await send(address, hook.channel, hook.genuine)).status !== 200) violations.genuineRefused = 1;
    windows.statementsOfGenuine = await untilQuiet(statements.count);
    const before = statements.count();
    for (; outcome.n < size; outcome.n++) {
      const hook = hooks[outcome.n % hooks.length] as Hook;
      const { kind, post } = hook.forge(random);
      const began = performance.now();
      const { status, words } = await send(address, hook.channel, post);
      took.push(performance.now() - began);
      if (status < 300) violations.accepted = (violations.accepted ?? 0) + 1;
      if (status !== 401) violations.notRefused = (violations.notRefused ?? 0) + 1;
      if (words > 0) violations.withWords = (violations.withWords ?? 0) + 1;
      const name = `${hook.channel}: ${kind}`;
      windows[name] = (windows[name] ?? 0) + 1;
    }
    await untilQuiet(statements.count);
    violations.statements = statements.count() - before;
    const { rows } = await database.pool.query<{ count: number }>(
      "select count(*)::int as count from messages",
    );
    violations.stored = (rows[0]?.count ?? 0) - hooks.length;
    outcome.figures = {
      msP50: percentile(took, 0.5),
      msP99: percentile(took, 0.99),
      msMax: percentile(took, 1),
    };
    return { ...outcome, atLeast: { statementsOfGenuine: hooks.length } };
  } finally {
    statements.stop();
    await Promise.all([...channels.values()].map((channel) => channel.stop()));
    await close();
    await providers.stop();
  }
}

/** Leads nothing, so that no work of the clock asks the database. */
const NOBODY: Lead = { whileLeading: async () => {} };

function channelsWithoutClock(settings: Record<string, string>, database: Database) {
  const log = createLog("silent", []);
  const config = readConfig({
    ...settings,
    PUBLIC_URL: "http://127.0.0.1:1",
    TELEGRAM_WEBHOOK_SECRET: TELEGRAM_SECRET,
    ZALO_BOT_WEBHOOK_SECRET: ZALO_BOT_SECRET,
  });
  const channels = createChannels(config, log, database, () => NOBODY);
  if (!config.zaloOa) throw new Error("no Official Account is set");
  const tokens = new ZaloTokenStore(database, config.zaloOa.appId);
  const pace = { ...USUAL_PACE, checkMs: LATER_MS };
  return channels.set("zalo-oa", createZaloOa({ ...config.zaloOa, tokens, log, pace }));
}

function serverFor(channels: ReturnType<typeof createChannels>): Hono {
  return createServer({
    log: { error: () => {} },
    publicUrl: null,
    ready: async () => ({ ok: true, faults: [] }),
    assets: createAssets(),
    chat: new Hono(),
    console: new Hono(),
    webhooks: webhooksOf(channels, createBackPressure(() => performance.now()).guard),
  });
}

/** What each provider posts when a member writes, and what somebody makes of it who is not the provider. */
function hooksOf({ zaloOa }: Awaited<ReturnType<typeof startChannels>>): Hook[] {
  const date = 1_764_400_000;
  const chat = { id: 41, type: "private" };
  const telegram = {
    header: "X-Telegram-Bot-Api-Secret-Token",
    secret: TELEGRAM_SECRET,
    body: JSON.stringify({
      update_id: 1,
      message: { message_id: 1, date, chat, from: { id: 41, is_bot: false }, text: "xin chào" },
    }),
  };
  const from = { id: "zb41", display_name: "Bà 41", is_bot: false };
  const zaloBot = {
    header: "X-Bot-Api-Secret-Token",
    secret: ZALO_BOT_SECRET,
    body: JSON.stringify({
      event_name: "message.text.received",
      message: {
        message_id: "m1",
        date: date * 1000,
        chat: { id: "zb41", chat_type: "PRIVATE" },
        from,
        text: "xin chào",
      },
    }),
  };
  const { appId, appSecret, secretKey, oaId } = zaloOa.account;
  const signed = {
    appId,
    appSecret,
    secretKey,
    timestamp: TIMESTAMP,
    body: JSON.stringify({
      app_id: appId,
      sender: { id: "77000000000000041" },
      recipient: { id: oaId },
      event_name: "user_send_text",
      message: { msg_id: "m1", text: "xin chào" },
      timestamp: TIMESTAMP,
    }),
  };
  return [
    { channel: "telegram", genuine: genuine(telegram), forge: (random) => forgeSecret(random, telegram) },
    { channel: "zalo-bot", genuine: genuine(zaloBot), forge: (random) => forgeSecret(random, zaloBot) },
    {
      channel: "zalo-oa",
      genuine: genuinelySigned(signed),
      forge: (random) => forgeSignature(random, signed),
    },
  ];
}

/** Counts every statement that this process sends to any database. */
function countStatements() {
  const prototype = pg.Client.prototype as unknown as { query: (...given: unknown[]) => unknown };
  const query = prototype.query;
  let count = 0;
  prototype.query = function (this: unknown, ...given) {
    count += 1;
    return query.apply(this, given);
  };
  return {
    count: () => count,
    stop: () => {
      prototype.query = query;
    },
  };
}

async function untilQuiet(count: () => number): Promise<number> {
  for (let seen = -1; seen !== count(); ) {
    seen = count();
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  }
  return count();
}

async function send(address: string, channel: string, { headers, body }: Post) {
  const out = request(`${address}/webhooks/${channel}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
  });
  out.end(body);
  const [answer] = await once(out, "response");
  const words = Buffer.concat(await answer.toArray()).length;
  return { status: Number(answer.statusCode), words };
}
