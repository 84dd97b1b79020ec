import type {
  Capabilities,
  Channel,
  ChannelName,
  Delivery,
  OutgoingMessage,
} from "../../src/conversation/channel.ts";
import type { Respond } from "../../src/conversation/respond.ts";
import { CitationStore } from "../../src/db/citations.ts";
import { ConversationStore } from "../../src/db/conversations.ts";
import type { Database } from "../../src/db/database.ts";
import { MessageStore } from "../../src/db/messages.ts";
import { AttachmentStore } from "../../src/db/petition-attachments.ts";
import { PetitionStore } from "../../src/db/petitions.ts";
import { createLog } from "../../src/log.ts";
import { createPipeline, type PipelineParts } from "../../src/pipeline.ts";
import { createStaffDesk } from "../../src/staff-desk.ts";
import { overhear } from "./overheard.ts";
import { incoming, turn } from "./samples.ts";

export type Rig = ReturnType<typeof createRig>;

/** A channel that delivers as it is told, and everything else for real. */
export function createScriptedChannel(capabilities: Partial<Capabilities> = {}) {
  const sent: OutgoingMessage[] = [];
  const typing: string[] = [];
  const script: (Delivery | Error)[] = [];
  const channel: Channel = {
    name: "telegram",
    capabilities: { maxTextLength: 4096, choices: "buttons", ...capabilities },
    start: async () => {},
    stop: async () => {},
    async send(message, signal) {
      signal.throwIfAborted();
      const next = script.shift() ?? { outcome: "sent", providerId: String(sent.length + 1) };
      if (next instanceof Error) throw next;
      if (next.outcome === "sent") sent.push(message);
      return next;
    },
    async typing(chatId) {
      typing.push(chatId);
      throw new Error("nobody minds");
    },
    fault: () => null,
  };
  return { channel, sent, typing, script };
}

/** Says the message back. */
export const echo: Respond = async ({ text, state }) => turn(`Trả lời: ${text}`, { state });

type Given = Partial<PipelineParts> & { capabilities?: Partial<Capabilities> };

/** The pipeline on a real database, with a scripted answerer and a scripted channel. */
export function createRig(database: Database, given: Given = {}) {
  const telegram = createScriptedChannel(given.capabilities);
  const logged: Record<string, unknown>[] = [];
  const parts: PipelineParts = {
    database,
    messages: new MessageStore(database),
    conversations: new ConversationStore(database),
    petitions: new PetitionStore(database),
    attachments: new AttachmentStore(database),
    citations: new CitationStore(database),
    respond: echo,
    channels: new Map<ChannelName, Channel>([["telegram", telegram.channel]]),
    log: createLog("info", [], {
      write: (line) => {
        overhear(line);
        logged.push(JSON.parse(line));
      },
    }),
    staffChat: null,
    owner: "rig",
    today: () => "2026-11-24",
    ...given,
  };
  const pipeline = createPipeline(parts);

  return {
    ...parts,
    ...telegram,
    pipeline,
    logged,
    desk: createStaffDesk(database, parts.petitions, parts.messages, parts.conversations),
    /** A member writes; resolves with the id of the message. */
    says: async (chatId: string, text: string, externalId = text) =>
      (await pipeline.receive(incoming({ chatId, text, externalId }))).id,
    /** Handles and delivers until there is nothing due. */
    async settle(): Promise<void> {
      while ((await pipeline.handleNext()) || (await pipeline.deliverNext()));
    },
    textsTo: (chatId: string) =>
      telegram.sent.filter((each) => each.chatId === chatId).map(({ text }) => text),
    statuses: async (chatId: string) =>
      (await parts.messages.transcript("telegram", chatId, 0)).map(
        ({ author, status }) => `${author} ${status}`,
      ),
  };
}
