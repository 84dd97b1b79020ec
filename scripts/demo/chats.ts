import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseGolden } from "../../src/knowledge/catalog.ts";
import { pick } from "./dice.ts";
import type { Planning } from "./petitions.ts";
import { HELD_CHAT, HELPED_CHAT, HELPED_REPLY } from "./replies.ts";
import { dayOf, daysBefore, duringDay } from "./working-time.ts";

const CHATS = 40;
const CHAT_DAYS = 60;
const MOST_QUESTIONS = 3;
/** One question of so many is one that the documents do not answer. */
const UNANSWERABLE_ONE_OF = 4;
const HELD_SINCE_MS = 100 * 60_000;
const FILES = [
  "giong-thanh-vien",
  "von-vay",
  "nhan-su-tap-huan",
  "ha-tang-thi-truong",
  "dang-ky-quan-tri",
  "khong-tra-loi-duoc",
];

/** Members who ask, a chat that waits for a person, and one that a person has given back. */
export async function createChatPlan(knowledgeDir: string, planning: Planning): Promise<void> {
  const { schedule, members, dice, now, channels } = planning;
  const { answerable, unanswerable } = await questionsOf(knowledgeDir);
  for (let i = 0; i < CHATS; i += 1) {
    const channel = channels[i % channels.length] ?? "web-chat";
    const day = daysBefore(dayOf(now), Math.floor((i * CHAT_DAYS) / CHATS));
    const questions = Array.from({ length: 1 + dice(MOST_QUESTIONS) }, () =>
      pick(dice(UNANSWERABLE_ONE_OF) === 0 ? unanswerable : answerable, dice),
    );
    schedule.add(duringDay(day, dice), () => sayAll(channel, randomUUID(), questions));
  }
  schedule.add(new Date(now.getTime() - HELD_SINCE_MS), () => sayAll("zalo-oa", randomUUID(), HELD_CHAT));
  planHelped();

  async function sayAll(
    channel: (typeof channels)[number],
    chatId: string,
    texts: string[],
  ): Promise<number> {
    let conversationId = 0;
    for (const text of texts) conversationId = await members.sayIn(channel, chatId, text);
    return conversationId;
  }

  function planHelped(): void {
    const { office, by } = planning;
    schedule.add(duringDay(daysBefore(dayOf(now), 3), dice), async () => {
      const chat = await sayAll("telegram", randomUUID(), HELPED_CHAT);
      await office.desk.write(chat, by, randomUUID(), HELPED_REPLY);
      await office.desk.handBack(chat, randomUUID());
      await office.settle();
    });
  }
}

async function questionsOf(knowledgeDir: string) {
  const files = await Promise.all(
    FILES.map(async (name) => {
      const path = join(knowledgeDir, "golden", `${name}.jsonl`);
      return parseGolden(path, await readFile(path, "utf8"));
    }),
  );
  const of = (kind: "answerable" | "unanswerable") =>
    files
      .flat()
      .flatMap((question) => (question.kind === kind && question.split === "build" ? [question.text] : []));
  return { answerable: of("answerable"), unanswerable: of("unanswerable") };
}
