import type pg from "pg";
import { masked } from "./answering/mask.ts";
import { petitionWording, wording } from "./conversation/wording.ts";
import type { ConversationStore } from "./db/conversations.ts";
import type { Database } from "./db/database.ts";
import type { FailedMessageStore } from "./db/failed-messages.ts";
import type { JudgementStore } from "./db/judgements.ts";
import type { MessageStore } from "./db/messages.ts";
import type { AskedOnce, OpenQuestionStore } from "./db/open-questions.ts";
import type { PetitionStore } from "./db/petitions.ts";
import type { NewJudgement } from "./knowledge/judgement.ts";
import type { Triage } from "./petitions/triage.ts";
import { pieces } from "./staff-pieces.ts";

type Parts = {
  database: Database;
  messages: MessageStore;
  conversations: ConversationStore;
  petitions: PetitionStore;
  judgements: JudgementStore;
  questions: OpenQuestionStore;
  failed: FailedMessageStore;
  /** Sorts a question as a petition, by what is in force now. */
  triage: Triage;
  newCode(): string;
};

const LONGEST_QUOTE = 300;

/** What staff do about chats, answers and questions; each verb is one transaction. */
export function createChatDesk(parts: Parts) {
  const { database, messages, conversations, petitions, judgements, questions, failed } = parts;

  return {
    /** Takes a chat over from the bot and says so to the member; a chat that people hold already stays as it is. */
    async takeOver(conversationId: number, key: string): Promise<void> {
      await database.tx(async (client) => {
        if (!(await conversations.takeOver(client, conversationId))) return;
        const notice = { text: wording.tookOver, choices: [] };
        await messages.enqueue(client, conversationId, [
          { key: `take-over:${key}`, author: "bot", reply: notice },
        ]);
      });
    },

    /** Notes what is wrong with an answer; null when an open judgement stands on it already. */
    judge: (judgement: NewJudgement, by: number): Promise<number | null> =>
      database.tx((client) => judgements.add(client, kept(judgement), by)),

    /** Notes the document that was expected; false when the judgement was decided meanwhile. */
    expect: (id: number, given: { document: string; fact: string | null }): Promise<boolean> =>
      database.tx((client) => judgements.expect(client, id, given)),

    /** Dismisses a judgement; false when it was decided meanwhile. */
    dismiss: (id: number, reason: string, by: number): Promise<boolean> =>
      database.tx(async (client) => {
        const given = { status: "dismissed", by, reason, edition: null } as const;
        return (await judgements.decide(client, [id], given)) === 1;
      }),

    /** Notes that judgements became golden questions of a staged edition; how many there still were to decide. */
    adopt: (ids: number[], edition: number, by: number): Promise<number> =>
      database.tx((client) =>
        judgements.decide(client, ids, { status: "golden", by, reason: null, edition }),
      ),

    /** Makes a petition for every chat that asked this and tells each its code; the codes made now. */
    petitionFor: (messageId: number, by: number): Promise<string[]> =>
      database.tx(async (client) => {
        const codes: string[] = [];
        for (const asked of byChat(await questions.lockSame(client, messageId)))
          codes.push(await petitionOf(client, asked, by));
        return codes;
      }),

    /** Makes a golden question of a question without an answer; false when somebody dealt with it before. */
    questionToGolden: (judgement: NewJudgement, by: number): Promise<boolean> =>
      database.tx(async (client) => {
        const same = await questions.lockSame(client, judgement.messageId);
        if (same.length === 0) return false;
        const id = await judgements.add(client, kept(judgement), by);
        if (id === null) return false;
        await handleAll(client, same, { how: "golden", by, judgement: id });
        return true;
      }),

    /** Puts a question and all of the same words away; how many that were. */
    dismissQuestion: (messageId: number, reason: string, by: number): Promise<number> =>
      database.tx(async (client) => {
        const same = await questions.lockSame(client, messageId);
        await handleAll(client, same, { how: "dismissed", by, reason });
        return same.length;
      }),

    /** Notes that knowledge was proposed for a question and all of the same words. */
    questionToKnowledge: (messageId: number, by: number): Promise<void> =>
      database.tx(async (client) => {
        await handleAll(client, await questions.lockSame(client, messageId), { how: "knowledge", by });
      }),

    /** Handles a buried message once more, or sends a reply again; false when it has gone on meanwhile. */
    tryAgain: (messageId: number): Promise<boolean> =>
      database.tx((client) => failed.reopen(client, messageId)),

    /** Notes that a member was told another way; false when the message has gone on meanwhile. */
    settle: (messageId: number, note: string): Promise<boolean> =>
      database.tx((client) => failed.settle(client, messageId, `đã báo bằng cách khác: ${note}`)),
  };

  /** Sorted by its topic, and without what only its member may know. */
  function kept(judgement: NewJudgement) {
    const question = masked(judgement.question);
    const context = judgement.context === null ? null : masked(judgement.context);
    return { ...judgement, question, context, topic: parts.triage(question).topic };
  }

  type HandlingOfAll = Parameters<OpenQuestionStore["handle"]>[2];

  async function handleAll(client: pg.PoolClient, asked: AskedOnce[], handling: HandlingOfAll) {
    for (const { messageId } of asked) await questions.handle(client, messageId, handling);
  }

  /** One petition per chat, whose other questions of the same words belong to it. */
  async function petitionOf(
    client: pg.PoolClient,
    [newest, ...others]: [AskedOnce, ...AskedOnce[]],
    by: number,
  ): Promise<string> {
    const code = parts.newCode();
    const { conversationId, messageId, text } = newest;
    const sorted = parts.triage(text);
    const stance = sorted.stance === "dong-thuan" ? "kien-nghi" : sorted.stance;
    const petition = { code, content: text, stance, topic: sorted.topic, ...UNKNOWN };
    const id = await petitions.create(client, conversationId, `message:${messageId}`, petition);
    await petitions.note(client, id, by, "Cán bộ lập thay bà con từ câu hỏi chưa có lời đáp.");
    await handleAll(client, [newest, ...others], { how: "petition", by, petition: id });
    const told = pieces(`lodged:${messageId}`, petitionWording.lodgedFor(code, quoted(text)), by);
    await messages.enqueue(
      client,
      conversationId,
      told.map((row) => ({ ...row, petitionId: id })),
    );
    return code;
  }
}

/** The questions of each chat, newest first; chats in the order in which they are locked everywhere. */
function byChat(asked: AskedOnce[]): [AskedOnce, ...AskedOnce[]][] {
  const chats = new Map<number, [AskedOnce, ...AskedOnce[]]>();
  for (const one of asked) {
    const others = chats.get(one.conversationId);
    if (others) others.push(one);
    else chats.set(one.conversationId, [one]);
  }
  return [...chats].sort(([a], [b]) => a - b).map(([, questions]) => questions);
}

const UNKNOWN = { cooperative: null, commune: null, contact: null };

function quoted(text: string): string {
  return text.length <= LONGEST_QUOTE ? text : `${text.slice(0, LONGEST_QUOTE).trimEnd()}…`;
}
