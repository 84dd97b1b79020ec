import type { TakenOver } from "./conversation/channel.ts";
import type { ConversationStore } from "./db/conversations.ts";
import type { Database } from "./db/database.ts";
import { recordStaffWords } from "./db/staff-words.ts";

/** Keeps what staff wrote from the provider's own app and gives them the chat; both or neither, and once for each message. */
export function createTakenOver(database: Database, conversations: ConversationStore): TakenOver {
  return (words) =>
    database.tx(async (client) => {
      const { conversationId, isNew } = await recordStaffWords(client, words);
      // A repeat may come long after staff have handed the chat back.
      if (isNew) await conversations.takeOver(client, conversationId);
    });
}
