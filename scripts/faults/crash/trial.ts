import { setTimeout as sleep } from "node:timers/promises";
import { ConversationState } from "../../../src/conversation/state.ts";
import { lockChat } from "../../../src/db/chats.ts";
import { ConversationStore } from "../../../src/db/conversations.ts";
import { PetitionStore } from "../../../src/db/petitions.ts";
import { makeCode } from "../../../src/petitions/code.ts";
import { createRandom } from "../../kills/random.ts";
import type { Staff } from "./staff.ts";
import type { Subject } from "./subject.ts";

export type Person = ReturnType<Trial["person"]>;
export type Trial = Awaited<ReturnType<typeof openTrial>>;

const RETRY_MS = 20;
let lastId = 700_000;

/** One run through a scenario by people who have never written before; each act waits until everything is at rest again. */
export async function openTrial(subject: Subject, staff: Staff) {
  const { fake, pusher, database, until } = subject;
  const { pool } = database;
  const chats: string[] = [];
  const updates = new Set<number>();
  const firstConversation = await greatest("conversations");
  const firstPetition = await greatest("petitions");
  const firstAudit = await greatest("audit");

  async function greatest(table: "conversations" | "petitions" | "audit"): Promise<number> {
    const { rows } = await pool.query<{ id: number }>(`select coalesce(max(id), 0) as id from ${table}`);
    return rows[0]?.id ?? 0;
  }

  const isAccepted = () =>
    pusher.pushes.every(({ updateId, acceptedAt }) => !updates.has(updateId) || acceptedAt !== null);

  async function open(chat: string | null): Promise<number> {
    const { rows } = await pool.query<{ open: number }>(
      `select (select count(*) from messages m join conversations c on c.id = m.conversation_id
               where m.status in ('open', 'waiting') and ($1::text is null or c.chat_id = $1))::int
            + (select count(*) from petition_attachments where status = 'waiting')::int as open`,
      [chat],
    );
    return rows[0]?.open ?? 1;
  }

  /** Nothing that was told to Telegram or stored waits any more, of one chat or of all. */
  const atRest = (chat: string | null = null) =>
    until(async () => isAccepted() && (await open(chat)) === 0, `rest ${chat ?? "everywhere"}`);

  /** The same where what failed is put off: the pauses are cut short. */
  const atRestAtLast = () =>
    until(async () => {
      await pool.query(
        `with hurried as (
           update messages set due_at = now() where status = 'open' and due_at > now() and lease_owner is null returning id)
         select pg_notify('messages', '') from hurried limit 1`,
      );
      return isAccepted() && (await open(null)) === 0;
    }, "rest at last");

  function person() {
    const member = fake.member(++lastId);
    const { id: chat } = member;
    chats.push(chat);
    const sent = () => fake.sent.filter(({ chatId }) => chatId === chat);
    const note = (update: number) => void updates.add(update);

    return {
      chat,
      sent,
      /** Writes without waiting for anything. */
      writes: (text: string) => note(member.says(text)),
      async says(text: string): Promise<void> {
        note(member.says(text));
        await atRest(chat);
      },
      async presses(label: string): Promise<void> {
        const message = sent().findLast(({ buttons }) => buttons.some(({ text }) => text === label));
        if (!message) throw new Error(`nobody offers "${label}"`);
        note(member.presses(message, label));
        await atRest(chat);
      },
      async sendsPhoto(fileId: string, bytes: Uint8Array): Promise<void> {
        fake.keepFile(fileId, { kind: "bytes", bytes }, bytes.length);
        note(member.sendsPhoto(fileId));
        await atRest(chat);
      },
      choices: () =>
        sent()
          .at(-1)
          ?.buttons.map(({ text }) => text) ?? [],
      /** A petition that was sent earlier, straight into the database. */
      givePetition: (content: string) => givePetition(chat, content),
    };
  }

  async function givePetition(chat: string, content: string): Promise<string> {
    const random = createRandom(++lastId);
    const code = makeCode((n) => Math.floor(random() * n));
    await database.tx(async (client) => {
      const conversation = await lockChat(client, "telegram", chat);
      await new PetitionStore(database).create(client, conversation, `message:given-${code}`, {
        code,
        content,
        stance: "kien-nghi",
        topic: "khac",
        cooperative: "HTX Tân Thuận",
        commune: "Xã Tân Thuận",
        contact: "0900 000 000",
        consent: "1",
      });
      const state = ConversationState.parse({ greeted: true, giving: { code, files: 0 } });
      await new ConversationStore(database).saveState(client, conversation, state);
    });
    return code;
  }

  /** A clerk whose answer was lost on the way looks again, and sends it once more where it did not arrive. */
  async function staffAnswers(code: string, text: string): Promise<void> {
    while (!(await staff.answer(code, text).catch(() => false))) await sleep(RETRY_MS);
    await atRest();
  }

  return {
    subject,
    chats,
    updates,
    /** The ids before it; what came of it has greater ones. */
    before: { conversation: firstConversation, petition: firstPetition, audit: firstAudit },
    person,
    staffAnswers,
    atRest,
    atRestAtLast,
    /** How many messages of a chat are still open. */
    open,
  };
}
