import { wording } from "./conversation/wording.ts";
import type { ConversationStore } from "./db/conversations.ts";
import type { Database } from "./db/database.ts";
import type { MessageStore } from "./db/messages.ts";
import type { PetitionStore } from "./db/petitions.ts";
import { createPetitionDesk } from "./petition-desk.ts";
import { pieces } from "./staff-pieces.ts";

/** What staff do from the console: each verb changes the record, writes its event and queues its notice in one transaction. */
export function createStaffDesk(
  database: Database,
  petitions: PetitionStore,
  messages: MessageStore,
  conversations: ConversationStore,
) {
  return Object.assign(createPetitionDesk({ database, petitions, messages, conversations }), {
    /** Writes to a chat that people hold. `key` comes from the form, so a double click sends once. */
    async write(conversationId: number, staffId: number, key: string, text: string): Promise<void> {
      await database.tx((client) =>
        messages.enqueue(client, conversationId, pieces(`staff:${key}`, text, staffId)),
      );
    },

    /** Gives a chat back to the bot and says so to the member. */
    async handBack(conversationId: number, key: string): Promise<void> {
      await database.tx(async (client) => {
        await conversations.hold(client, conversationId, false);
        await messages.enqueue(client, conversationId, [
          { key: `hand-back:${key}`, author: "bot", reply: { text: wording.handedBack, choices: [] } },
        ]);
      });
    },
  });
}
