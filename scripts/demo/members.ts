import type { ChannelName } from "../../src/conversation/channel.ts";
import type { Office } from "./office.ts";
import type { DemoOpinion } from "./opinions.ts";

/** Members of the example at their chats: each message goes the real way and is answered before the next. */
export type Members = ReturnType<typeof createMembers>;

const SKIP = "Bỏ qua";

export function createMembers({ messages, conversations, petitions, desk, database, settle }: Office) {
  let said = 0;

  async function sayIn(channel: ChannelName, chatId: string, text: string): Promise<number> {
    said += 1;
    const { conversationId } = await messages.receive({
      channel,
      chatId,
      externalId: `demo-${said}`,
      text,
      attachment: null,
      sentAt: new Date(),
    });
    await settle();
    return conversationId;
  }

  async function codeOf(conversationId: number): Promise<string> {
    const { rows } = await database.pool.query<{ code: string }>(
      "select code from petitions where conversation_id = $1 order by id desc limit 1",
      [conversationId],
    );
    if (!rows[0]) throw new Error("Cuộc trò chuyện mẫu không thành kiến nghị.");
    return rows[0].code;
  }

  return {
    sayIn,

    /** Says something in a chat that there is. */
    async say(conversationId: number, text: string): Promise<void> {
      const chat = await conversations.find(conversationId);
      if (chat) await sayIn(chat.channel as ChannelName, chat.chatId, text);
    },

    /** Sends an opinion as a petition, step by step; where its words were sorted otherwise, staff set that right. Returns its code. */
    async petition(channel: ChannelName, chatId: string, opinion: DemoOpinion, by: number): Promise<string> {
      const { noi_dung, hop_tac_xa, xa_phuong, lien_he } = opinion;
      const steps = [`/kiennghi ${noi_dung}`, hop_tac_xa || SKIP, xa_phuong || SKIP, lien_he || SKIP, "Gửi"];
      let conversationId = 0;
      for (const text of steps) conversationId = await sayIn(channel, chatId, text);
      const code = await codeOf(conversationId);
      const file = await petitions.find(code);
      const right = { stance: opinion.loai, topic: opinion.chu_de } as Parameters<typeof desk.correct>[3];
      if (file) await desk.correct(file, file.version, by, right);
      return code;
    },
  };
}
