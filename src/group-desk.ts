import { wording } from "./conversation/wording.ts";
import type { ConversationStore } from "./db/conversations.ts";
import type { Database } from "./db/database.ts";
import type { MessageStore } from "./db/messages.ts";
import { type Answerable, type GroupStore, groupAnswerKey } from "./db/petition-groups.ts";
import type { PetitionStore } from "./db/petitions.ts";
import { VERDICTS } from "./petition-desk.ts";
import { pieces } from "./staff-pieces.ts";

type Stores = {
  database: Database;
  petitions: PetitionStore;
  groups: GroupStore;
  messages: MessageStore;
  conversations: ConversationStore;
};

/** What staff do to a group of petitions. */
export function createGroupDesk({ database, petitions, groups, messages, conversations }: Stores) {
  return {
    /**
     * Gives one answer to all petitions of a group, each member in his own chat and with his own code, in one transaction.
     * `key` comes from the form: a double click answers once. Returns the answer's id, for its ledger, or null when this key
     * was answered before. Throws PetitionMoved when the group changed since `version` was read.
     */
    async answerGroup(
      groupId: number,
      version: number,
      by: number,
      { key, text }: { key: string; text: string },
    ): Promise<number | null> {
      return database.tx(async (client) => {
        const opened = await groups.openAnswer(client, groupId, version, { by, key, text });
        if (!opened) return null;
        for (const petition of opened.petitions.filter(({ answerable }) => answerable)) {
          await petitions.change(client, petition.id, petition.version, {
            to: "answered",
            by,
            publicText: text,
          });
          await tell(petition, opened.id);
        }
        return opened.id;

        async function tell({ id, code, conversationId }: Answerable, answerId: number): Promise<void> {
          if (conversationId === null) return;
          const said = wording.petitionAnswered(code, text);
          const rows = pieces(groupAnswerKey(answerId, id), said, by, VERDICTS);
          await messages.enqueue(
            client,
            conversationId,
            rows.map((row) => ({ ...row, petitionId: id })),
          );
          await conversations.expect(client, conversationId, { code, what: "verdict" }, VERDICTS);
        }
      });
    },
  };
}

export type GroupDesk = ReturnType<typeof createGroupDesk>;
