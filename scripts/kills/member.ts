import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { createChatMember, type Line } from "../../test/support/chat-member.ts";
import { markOf, type Posted } from "./checks.ts";
import { COMPLAINT, QUESTIONS, UNANSWERABLE } from "./phrases.ts";
import { pick, type Random } from "./random.ts";

/** One member who chats through every outage. */
export type Member = {
  /** Chats until the signal, then finishes what is under way. */
  run(signal: AbortSignal): Promise<void>;
  /** A message of his was sent and not yet acknowledged. */
  isPosting(): boolean;
  /** A message of his was acknowledged and not yet answered. */
  isWaiting(): boolean;
};

type Given = {
  number: number;
  random: Random;
  /** Throws while the service is down. */
  addressOf: () => string;
  posts: Posted[];
  onPost: () => void;
  /** How long an acknowledged message waited for its reply. */
  onReply: (waitedFrom: number) => void;
};

const RETRY_MS = 100;
const POLL_MS = 60;
const BURST = 3;

export function createMember(given: Given): Member {
  const { number, random, addressOf, posts } = given;
  const chat = createChatMember(addressOf);
  const state = { isPosting: false, isWaiting: false, seen: 0, said: 0, code: "" };

  /** Tries until the service says that it has the message; the id makes a second try harmless. */
  async function post(text: string, isConfirmation = false): Promise<number> {
    const posted: Posted = {
      member: number,
      clientId: randomUUID(),
      text,
      acknowledged: null,
      isConfirmation,
    };
    posts.push(posted);
    state.isPosting = true;
    given.onPost();
    for (;;) {
      const answer = await chat.post(text, posted.clientId).catch(() => null);
      if (answer?.status === 202) {
        posted.acknowledged = answer.id;
        state.isPosting = false;
        return answer.id;
      }
      await sleep(RETRY_MS);
    }
  }

  async function ask(text: string, isConfirmation = false): Promise<Line> {
    const id = await post(text, isConfirmation);
    const from = performance.now();
    state.isWaiting = true;
    for (;;) {
      const reply = (await news()).find((line) => line.from === "bot" && line.id > id);
      if (reply) {
        state.isWaiting = false;
        given.onReply(from);
        return reply;
      }
      await sleep(POLL_MS);
    }
  }

  async function news(): Promise<Line[]> {
    const lines = await chat.lines(state.seen).catch(() => []);
    state.seen = lines.at(-1)?.id ?? state.seen;
    return lines;
  }

  /** Answers what an intake asks, up to the code. */
  async function petition(opening: string): Promise<void> {
    let reply = await ask(opening);
    while (!state.code || !reply.text.includes(state.code)) {
      const isLast = reply.choices.includes("Sửa nội dung");
      const isStep = reply.choices.includes("Bỏ qua");
      if (!isLast && !isStep && !reply.choices.includes("Gửi kiến nghị")) return;
      reply = await ask(isLast ? "Gửi" : isStep ? detail() : "Gửi kiến nghị", isLast);
      state.code = /KN-[0-9A-Z]{6}/.exec(reply.text)?.[0] ?? "";
    }
  }

  const detail = () => pick(random, ["Bỏ qua", `HTX số ${number}`, "Vị Thanh"]);

  async function burst(): Promise<void> {
    for (let n = 0; n < BURST; n++) await post(pick(random, QUESTIONS));
    await ask("cảm ơn");
  }

  async function next(): Promise<void> {
    const mark = markOf(number, ++state.said);
    const drawn = random();
    if (drawn < 0.45) await ask(pick(random, QUESTIONS));
    else if (drawn < 0.55) await burst();
    else if (drawn < 0.62 && state.code) await ask(`/tracuu ${state.code}`);
    else if (drawn < 0.8) await petition(`${UNANSWERABLE} ${mark}`);
    else await petition(`/kiennghi ${COMPLAINT} ${mark}`);
  }

  async function open(): Promise<void> {
    while (
      !(await chat.open().then(
        () => true,
        () => false,
      ))
    )
      await sleep(RETRY_MS);
  }

  return {
    async run(signal) {
      await open();
      while (!signal.aborted) {
        state.code = "";
        await next();
        await sleep(random() * 150);
      }
    },
    isPosting: () => state.isPosting,
    isWaiting: () => state.isWaiting,
  };
}
