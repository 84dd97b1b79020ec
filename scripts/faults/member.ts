import { setTimeout as sleep } from "node:timers/promises";
import type { FakeTelegram, SentMessage } from "../../test/support/fake-telegram.ts";
import { markOf } from "../kills/checks.ts";
import { COMPLAINT, QUESTIONS, UNANSWERABLE } from "../kills/phrases.ts";
import { pick, type Random } from "../kills/random.ts";

type Given = {
  number: number;
  random: Random;
  fake: FakeTelegram;
  /** Milliseconds between two thoughts, at most. */
  pauseMs?: number;
};

const POLL_MS = 40;
const PATIENCE_MS = 90_000;
const BURST = 3;

/** The Telegram id of a member; ids of people have six digits or more. */
export const chatOf = (number: number): string => String(700_000 + number);

/** A member who chats on Telegram through every outage until the signal, and finishes what is under way. */
export function createTelegramMember({ number, random, fake, pauseMs = 400 }: Given) {
  const person = fake.member(Number(chatOf(number)));
  const own: SentMessage[] = [];
  let looked = 0;
  let said = 0;
  let code = "";

  /** All that was sent to this chat; a long run sends too much for looking through all of it every time. */
  function heard(): SentMessage[] {
    for (; looked < fake.sent.length; looked++) {
      const message = fake.sent[looked];
      if (message?.chatId === person.id) own.push(message);
    }
    return own;
  }

  /** The next thing that the bot says; null when patience ends, which the checks will find again. */
  async function ask(text: string, rest: AbortSignal): Promise<SentMessage | null> {
    const before = heard().length;
    person.says(text);
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(POLL_MS)) {
      const reply = heard()[before];
      if (reply) return reply;
      if (rest.aborted && Date.now() > end - PATIENCE_MS / 2) return null;
    }
    return null;
  }

  /** Answers what an intake asks, up to the code. */
  async function petition(opening: string, rest: AbortSignal): Promise<void> {
    let reply = await ask(opening, rest);
    for (let steps = 0; reply && steps < 8; steps++) {
      const choices = reply.buttons.map(({ text }) => text);
      const isLast = choices.includes("Sửa nội dung");
      const isStep = choices.includes("Bỏ qua");
      if (!isLast && !isStep && !choices.includes("Gửi kiến nghị")) return;
      reply = await ask(isLast ? "Gửi" : isStep ? detail() : "Gửi kiến nghị", rest);
      code = /KN-[0-9A-Z]{6}/.exec(reply?.text ?? "")?.[0] ?? code;
    }
  }

  const detail = () => pick(random, ["Bỏ qua", `HTX số ${number}`, "Vị Thanh"]);

  async function next(rest: AbortSignal): Promise<void> {
    const mark = markOf(number, ++said);
    const drawn = random();
    if (drawn < 0.45) await ask(pick(random, QUESTIONS), rest);
    else if (drawn < 0.55) await burst(rest);
    else if (drawn < 0.62 && code) await ask(`/tracuu ${code}`, rest);
    else if (drawn < 0.8) await petition(`${UNANSWERABLE} ${mark}`, rest);
    else await petition(`/kiennghi ${COMPLAINT} ${mark}`, rest);
  }

  /** Several messages in a row, as people type. */
  async function burst(rest: AbortSignal): Promise<void> {
    for (let n = 0; n < BURST; n++) person.says(pick(random, QUESTIONS));
    await ask("cảm ơn", rest);
  }

  return {
    async run(rest: AbortSignal): Promise<void> {
      while (!rest.aborted) {
        await next(rest);
        await sleep(random() * pauseMs);
      }
    },
  };
}
