import { wording } from "./conversation/wording.ts";
import type { ConversationStore } from "./db/conversations.ts";
import type { Database } from "./db/database.ts";
import type { MessageStore, NewOutgoing } from "./db/messages.ts";
import type { PetitionStore } from "./db/petitions.ts";
import type { PetitionFile } from "./petitions/petition-file.ts";
import { cutAtSentences } from "./text/sentences.ts";

/** What staff do from the console: each verb changes the record, writes its event and queues its notice in one transaction. */
export function createStaffDesk(
  database: Database,
  petitions: PetitionStore,
  messages: MessageStore,
  conversations: ConversationStore,
) {
  return {
    /** Answers a petition; the reply goes to the chat it came from. False when that chat is gone (the member had it erased). */
    async answer(petition: PetitionFile, version: number, staffId: number, text: string): Promise<boolean> {
      return database.tx(async (client) => {
        const change = { to: "answered", by: staffId, publicText: text } as const;
        const conversationId = await petitions.change(client, petition.id, version, change);
        if (conversationId === null) return false;
        const said = wording.petitionAnswered(petition.code, text);
        const rows = pieces(`petition:${petition.id}:answer:${version}`, said, staffId);
        await messages.enqueue(
          client,
          conversationId,
          rows.map((row) => ({ ...row, petitionId: petition.id })),
        );
        return true;
      });
    },

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
  };
}

/** What every channel takes in one message; the console knows no channel, so a long text is cut for the narrowest. */
const SHORTEST_LIMIT = 2000;

function pieces(key: string, text: string, staffId: number): NewOutgoing[] {
  return cutAtSentences(text, SHORTEST_LIMIT).map((piece, n) => ({
    key: n === 0 ? key : `${key}:${n}`,
    author: "staff",
    reply: { text: piece, choices: [] },
    staffId,
  }));
}

export type StaffDesk = ReturnType<typeof createStaffDesk>;
