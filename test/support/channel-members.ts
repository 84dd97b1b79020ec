import { createChatMember } from "./chat-member.ts";
import { eventually, startFakeTelegram } from "./fake-telegram.ts";
import { startFakeZaloBot } from "./fake-zalo-bot.ts";
import { startFakeZaloOa } from "./fake-zalo-oa.ts";

/** Somebody with a chat on one of the channels. */
export type ChannelMember = {
  channel: "web-chat" | "telegram" | "zalo-bot" | "zalo-oa";
  say(text: string): Promise<unknown>;
  /** All that reached him, in order. */
  heard(): Promise<string[]>;
};

export type Channels = Awaited<ReturnType<typeof startChannels>>;

const CODE = /KN-[2-9A-Z]{6}/;

/** The three providers on loopback, and members on them and on the chat page of one service. */
export async function startChannels() {
  const [telegram, zaloBot, zaloOa] = await Promise.all([
    startFakeTelegram(),
    startFakeZaloBot(),
    startFakeZaloOa(),
  ]);

  return {
    telegram,
    zaloBot,
    zaloOa,
    /** What a service needs to be on all of them. */
    settings: {
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.apiRoot,
      ZALO_BOT_TOKEN: zaloBot.token,
      ZALO_BOT_API_ROOT: zaloBot.apiRoot,
      ZALO_OA_APP_ID: zaloOa.account.appId,
      ZALO_OA_APP_SECRET: zaloOa.account.appSecret,
      ZALO_OA_SECRET_KEY: zaloOa.account.secretKey,
      ZALO_OA_REFRESH_TOKEN: zaloOa.account.seed,
      ZALO_OA_API_ROOT: zaloOa.root,
      ZALO_OA_OAUTH_ROOT: zaloOa.root,
    },
    /** Zalo posts to this service from now on. */
    postTo(address: string): void {
      zaloOa.poster.postTo(async (headers, body) => {
        const response = await fetch(`${address}/webhooks/zalo-oa`, {
          method: "POST",
          headers: { ...Object.fromEntries(headers), "Content-Type": "application/json" },
          body: body as Uint8Array<ArrayBuffer>,
        });
        return { status: response.status };
      });
    },
    async member(channel: ChannelMember["channel"], n: number, address: string): Promise<ChannelMember> {
      switch (channel) {
        case "web-chat": {
          const member = createChatMember(() => address);
          await member.open();
          const heard = async () => (await member.lines()).filter(({ from }) => from !== "member");
          return {
            channel,
            say: (text) => member.post(text),
            heard: async () => (await heard()).map(textOf),
          };
        }
        case "telegram": {
          const member = telegram.member(500 + n);
          const mine = () => telegram.sent.filter(({ chatId }) => chatId === member.id);
          return { channel, say: async (text) => member.says(text), heard: async () => mine().map(textOf) };
        }
        case "zalo-bot": {
          const id = `zb${String(n).padStart(18, "0")}`;
          const member = zaloBot.member(id);
          const mine = () => zaloBot.sent.filter(({ chatId }) => chatId === id);
          return { channel, say: async (text) => member.says(text), heard: async () => mine().map(textOf) };
        }
        case "zalo-oa": {
          const id = `77${String(n).padStart(17, "0")}`;
          const member = zaloOa.member(id);
          const mine = () => zaloOa.sent.filter(({ userId }) => userId === id);
          return { channel, say: (text) => member.says(text), heard: async () => mine().map(textOf) };
        }
      }
    },
    stop: () => Promise.all([telegram.stop(), zaloBot.stop(), zaloOa.stop()]),
  };
}

/** Sends a petition the way the chat asks for it; resolves with its code. */
export async function sendPetition(member: ChannelMember, content: string, commune: string): Promise<string> {
  for (const words of [`/kiennghi ${content}`, "HTX Tân Thuận", commune, "Bỏ qua", "Gửi"]) {
    const before = (await member.heard()).length;
    await member.say(words);
    await heardMore(member, before);
  }
  const code = CODE.exec((await member.heard()).join("\n"))?.[0];
  if (!code) throw new Error(`no code on ${member.channel}: ${(await member.heard()).join(" | ")}`);
  return code;
}

async function heardMore(member: ChannelMember, before: number): Promise<void> {
  let count = before;
  const look = setInterval(() => {
    void member.heard().then(
      (heard) => {
        count = heard.length;
      },
      () => undefined,
    );
  }, 50);
  try {
    await eventually(() => count > before, `an answer on ${member.channel}`, 30_000);
  } finally {
    clearInterval(look);
  }
}

function textOf({ text }: { text: string }): string {
  return text;
}
