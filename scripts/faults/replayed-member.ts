import type { FakeTelegram } from "../../test/support/fake-telegram.ts";
import { type Oa, oaUser } from "./oa.ts";

/** One post of a provider, which can be sent as often as one likes. */
export type Post = { path: string; headers: Record<string, string>; body: Buffer };

/** Somebody whose messages are posted by whoever holds them, and not by the provider's own server. */
export type ReplayedMember = {
  channel: "telegram" | "zalo-oa";
  chat: string;
  /** What the provider would post when he writes this. */
  writes(text: string): Promise<Post>;
  /** What he read, with the choices under it. */
  heard(): { text: string; choices: string[] }[];
};

/** A member on Telegram; `secret` is the one of the webhook. */
export function onTelegram(fake: FakeTelegram, secret: string, id: number): ReplayedMember {
  let count = 0;
  const chat = { id, type: "private", first_name: "Bà" };
  return {
    channel: "telegram",
    chat: String(id),
    async writes(text) {
      count += 1;
      const message = {
        message_id: count,
        date: Math.floor(Date.now() / 1000),
        chat,
        from: { id, is_bot: false, first_name: "Bà" },
        text,
      };
      return {
        path: "/webhooks/telegram",
        headers: { "Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": secret },
        body: Buffer.from(JSON.stringify({ update_id: id * 1_000 + count, message })),
      };
    },
    heard: () =>
      fake.sent
        .filter(({ chatId }) => chatId === String(id))
        .map(({ text, buttons }) => ({ text, choices: buttons.map((button) => button.text) })),
  };
}

/** A member of the Official Account; what it posts is signed as Zalo signs it. */
export function onZaloOa(oa: Oa, number: number): ReplayedMember {
  const member = oa.member(oaUser(number));
  return {
    channel: "zalo-oa",
    chat: member.id,
    async writes(text) {
      const posts: Post[] = [];
      oa.poster.postTo(async (headers, body) => {
        posts.push({
          path: "/webhooks/zalo-oa",
          headers: { "Content-Type": "application/json", ...Object.fromEntries(headers) },
          body: Buffer.from(body),
        });
        return { status: 200 };
      });
      await member.says(text);
      const [post] = posts;
      if (!post) throw new Error("Zalo posted nothing");
      return post;
    },
    heard: () =>
      oa.sent
        .filter(({ userId }) => userId === member.id)
        .map(({ text, buttons }) => ({ text, choices: buttons.map(({ title }) => title) })),
  };
}
