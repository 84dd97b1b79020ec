import type { ChannelName } from "./conversation/channel.ts";
import { reminderText } from "./conversation/wording.ts";
import { lockChat } from "./db/chats.ts";
import type { Database } from "./db/database.ts";
import type { MessageStore } from "./db/messages.ts";
import { takeReminder } from "./db/reminders.ts";
import type { OfficeTime } from "./petitions/clock.ts";

type Parts = {
  database: Database;
  messages: MessageStore;
  time: OfficeTime;
  /** Where staff are told; null when nowhere, and then nothing is counted as told. */
  staffChat: { channel: ChannelName; chatId: string } | null;
  now: () => Date;
};

/** A step of a loop: tells the staff's chat what is due soon or late, each petition once for each deadline; false when there was nothing to tell. */
export function createReminders({ database, messages, time, staffChat, now }: Parts): () => Promise<boolean> {
  return async () => {
    if (!staffChat) return false;
    return database.tx(async (client) => {
      const reminder = await takeReminder(client, time.daysAt(now()));
      const first = reminder?.petitions[0];
      if (!reminder || !first) return false;
      const chat = await lockChat(client, staffChat.channel, staffChat.chatId);
      const key = `reminder:${reminder.kind}:${first.id}:${first.dueOn}`;
      const reply = { text: reminderText(reminder), choices: [] };
      await messages.enqueue(client, chat, [{ key, author: "bot", reply }]);
      return true;
    });
  };
}
