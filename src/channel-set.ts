import type { Lead } from "./channels/lead.ts";
import { paced } from "./channels/paced.ts";
import { createTelegram } from "./channels/telegram.ts";
import { telegramPace } from "./channels/telegram-pace.ts";
import { createWebChat } from "./channels/web-chat/channel.ts";
import { createZaloBot } from "./channels/zalo-bot.ts";
import { createZaloOa } from "./channels/zalo-oa.ts";
import type { Config } from "./config.ts";
import type { Channel, ChannelName } from "./conversation/channel.ts";
import { COMMANDS } from "./conversation/commands.ts";
import type { Database } from "./db/database.ts";
import { OffsetStore } from "./db/offsets.ts";
import { SendTurns } from "./db/send-turns.ts";
import { ZaloTokenStore } from "./db/zalo-tokens.ts";
import type { Log } from "./log.ts";
import type { WebhookHandler } from "./server.ts";

/** Every channel that is configured, by name; the web chat always is. What one process does for all is led under the channel's name. */
export function createChannels(
  config: Config,
  log: Log,
  database: Database,
  leadOf: (office: ChannelName) => Lead,
): Map<ChannelName, Channel> {
  const channels: Channel[] = [createWebChat()];
  if (config.telegram) {
    const { token, apiRoot, webhookSecret, messagesPerSecond } = config.telegram;
    const telegram = createTelegram({
      token,
      apiRoot,
      webhookSecret: webhookSecret ?? undefined,
      publicUrl: config.publicUrl ?? undefined,
      commands: COMMANDS.map(({ name, description }) => ({ command: name, description })),
      log,
      offsets: new OffsetStore(database).of("telegram"),
      lead: leadOf("telegram"),
    });
    channels.push(messagesPerSecond > 0 ? atPace(telegram, messagesPerSecond, database) : telegram);
  }
  if (config.zaloBot) {
    const lead = leadOf("zalo-bot");
    channels.push(createZaloBot({ ...config.zaloBot, publicUrl: config.publicUrl, lead, log }));
  }
  if (config.zaloOa) {
    const tokens = new ZaloTokenStore(database, config.zaloOa.appId);
    channels.push(createZaloOa({ ...config.zaloOa, tokens, log }));
  }
  return new Map(channels.map((channel) => [channel.name, channel]));
}

/** Every process takes its turns from one line in the database. */
function atPace(telegram: Channel, perSecond: number, database: Database): Channel {
  const take = new SendTurns(database).of(telegram.name);
  return paced(telegram, (chatId) => take(chatId, telegramPace(chatId, perSecond)));
}

/** What the channels that are posted to do with a post, by their names; `guard` stands before each of them. */
export function webhooksOf(
  channels: Map<ChannelName, Channel>,
  guard: (handle: WebhookHandler) => WebhookHandler,
) {
  return Object.fromEntries(
    [...channels.values()].flatMap((channel) => {
      const take = channel.webhook?.bind(channel);
      return take ? [[channel.name, guard(take)] as const] : [];
    }),
  );
}
