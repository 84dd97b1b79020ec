import { createTelegram } from "./channels/telegram.ts";
import { createWebChat } from "./channels/web-chat/channel.ts";
import { createZaloBot } from "./channels/zalo-bot.ts";
import { createZaloOa } from "./channels/zalo-oa.ts";
import type { Config } from "./config.ts";
import type { Channel, ChannelName } from "./conversation/channel.ts";
import { COMMANDS } from "./conversation/commands.ts";
import type { Database } from "./db/database.ts";
import { OffsetStore } from "./db/offsets.ts";
import { ZaloTokenStore } from "./db/zalo-tokens.ts";
import type { Log } from "./log.ts";

/** Every channel that is configured, by name; the web chat always is. */
export function createChannels(config: Config, log: Log, database: Database): Map<ChannelName, Channel> {
  const channels: Channel[] = [createWebChat()];
  if (config.telegram) {
    const { token, apiRoot, webhookSecret } = config.telegram;
    channels.push(
      createTelegram({
        token,
        apiRoot,
        webhookSecret: webhookSecret ?? undefined,
        publicUrl: config.publicUrl ?? undefined,
        commands: COMMANDS.map(({ name, description }) => ({ command: name, description })),
        log,
        offsets: new OffsetStore(database).of("telegram"),
      }),
    );
  }
  if (config.zaloBot) channels.push(createZaloBot({ ...config.zaloBot, publicUrl: config.publicUrl, log }));
  if (config.zaloOa) {
    const tokens = new ZaloTokenStore(database, config.zaloOa.appId);
    channels.push(createZaloOa({ ...config.zaloOa, tokens, log }));
  }
  return new Map(channels.map((channel) => [channel.name, channel]));
}

/** What the channels that are posted to do with a post, by their names. */
export function webhooksOf(channels: Map<ChannelName, Channel>) {
  return Object.fromEntries(
    [...channels.values()].flatMap((channel) => {
      const take = channel.webhook?.bind(channel);
      return take ? [[channel.name, take] as const] : [];
    }),
  );
}
