import { randomInt } from "node:crypto";
import type { Channel, ChannelName } from "../../src/conversation/channel.ts";
import { ConversationStore } from "../../src/db/conversations.ts";
import type { Database } from "../../src/db/database.ts";
import { MessageStore } from "../../src/db/messages.ts";
import { OpinionStore } from "../../src/db/opinions.ts";
import { AttachmentStore } from "../../src/db/petition-attachments.ts";
import { GroupStore } from "../../src/db/petition-groups.ts";
import { PetitionStore } from "../../src/db/petitions.ts";
import { createGroupDesk } from "../../src/group-desk.ts";
import { type InForce, inForceFrom, timeOf } from "../../src/in-force.ts";
import type { Live } from "../../src/library/live.ts";
import { openLibrary } from "../../src/library/open.ts";
import type { Serving } from "../../src/library/serving.ts";
import type { Log } from "../../src/log.ts";
import { createImportOpinions } from "../../src/opinions-desk.ts";
import { makeCode } from "../../src/petitions/code.ts";
import { createPipeline } from "../../src/pipeline.ts";
import { createStaffDesk } from "../../src/staff-desk.ts";

export type Office = Awaited<ReturnType<typeof openOffice>>;

const CHANNELS = ["web-chat", "telegram", "zalo-bot", "zalo-oa"] as const satisfies ChannelName[];

/** The service's own parts over one database: the real answerer, pipeline and desks. Only the networks are missing. */
export async function openOffice(database: Database, knowledgeDir: string, log: Log, today: () => string) {
  const messages = new MessageStore(database);
  const conversations = new ConversationStore(database);
  const groups = new GroupStore(database);
  const petitions = new PetitionStore(
    database,
    timeOf(() => live.now()),
  );
  const settings = { knowledgeDir, dataDir: null, embeddings: null, model: null };
  const opened = await openLibrary({ ...settings, database, log, today });
  const live: Live<Serving & InForce> = await opened.serve((serving) => inForceFrom(serving, petitions));
  const { corpus, triage } = live.now();
  const { topics, communes } = corpus.catalog;
  /** Chats whose network takes no message any more, with what it would say. */
  const shut = new Map<string, "refused" | "waiting">();
  const pipeline = createPipeline({
    database,
    messages,
    conversations,
    petitions,
    attachments: new AttachmentStore(database),
    citations: opened.citations,
    respond: (heard) => live.now().respond(heard),
    channels: new Map(CHANNELS.map((name) => [name, silentChannel(name, shut)])),
    log,
    staffChat: null,
    owner: "demo",
    today,
  });
  const stores = { database, petitions, groups, messages, conversations };
  return {
    ...stores,
    corpus,
    catalog: corpus.catalog,
    shut,
    pipeline,
    desk: Object.assign(
      createStaffDesk(database, petitions, messages, conversations),
      createGroupDesk(stores),
    ),
    importOpinions: createImportOpinions({
      store: new OpinionStore(database, () => makeCode((n) => randomInt(n)), petitions.time),
      topics,
      communes,
      triage,
      today,
    }),
    /** Lets the bot answer, and the answers go out, until nothing is left to do. */
    async settle(): Promise<void> {
      while (await pipeline.handleNext());
      while (await pipeline.deliverNext());
    },
  };
}

const SHUT = {
  refused: { outcome: "refused", reason: "bà con đã chặn tài khoản này" },
  waiting: { outcome: "waiting", reason: "đã quá thời gian Zalo cho trả lời, chờ bà con nhắn lại" },
} as const;

/** Takes every message and sends none. */
function silentChannel(name: ChannelName, shut: Map<string, keyof typeof SHUT>): Channel {
  return {
    name,
    capabilities: {
      maxTextLength: 2000,
      choices: name === "web-chat" || name === "telegram" ? "buttons" : "numbers",
    },
    start: async () => {},
    stop: async () => {},
    send: async ({ chatId }) => {
      const kind = shut.get(chatId);
      return kind ? SHUT[kind] : { outcome: "sent", providerId: null };
    },
    fault: () => null,
  };
}
