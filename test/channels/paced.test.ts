import { describe, expect, it } from "vitest";
import { paced, type TakeTurn } from "../../src/channels/paced.ts";
import { telegramPace } from "../../src/channels/telegram-pace.ts";
import { createWebChat } from "../../src/channels/web-chat/channel.ts";
import type { OutgoingMessage } from "../../src/conversation/channel.ts";

const MESSAGE: OutgoingMessage = { chatId: "42", text: "Xin chào", choices: [] };

/** A channel that notes what it was asked to send, and when. */
function noting(takeTurn: TakeTurn) {
  const sent: { text: string; at: number; late: boolean }[] = [];
  const channel = paced(
    {
      ...createWebChat(),
      send: async ({ text }, until) => {
        sent.push({ text, at: performance.now(), late: until.aborted });
        return { outcome: "sent", providerId: "1" };
      },
    },
    takeTurn,
  );
  const send = (until = AbortSignal.timeout(60_000)) => channel.send(MESSAGE, until);
  return { channel, sent, send };
}

describe("a paced channel", () => {
  it("asks for a turn of the chat, and sends when it has come", async () => {
    const asked: string[] = [];
    const { sent, send } = noting(async (chatId) => {
      asked.push(chatId);
      return { isOurs: true, waitMs: 80 };
    });
    const began = performance.now();
    expect(await send()).toEqual({ outcome: "sent", providerId: "1" });
    expect(asked).toEqual(["42"]);
    expect((sent[0]?.at ?? 0) - began).toBeGreaterThan(75);
  });

  it("puts a message off without a call when there is no turn", async () => {
    const { sent, send } = noting(async () => ({ isOurs: false, waitMs: 700 }));
    expect(await send()).toMatchObject({ outcome: "retry", afterSeconds: 0.7 });
    expect(sent).toEqual([]);
  });

  it("puts it off when nobody can tell whose turn it is", async () => {
    const { sent, send } = noting(() => Promise.reject(new Error("no database")));
    expect(await send()).toMatchObject({ outcome: "retry", afterSeconds: 2 });
    expect(sent).toEqual([]);
  });

  it("leaves it to the send to give up when the time is over", async () => {
    const { sent, send } = noting(async () => ({ isOurs: true, waitMs: 60_000 }));
    await send(AbortSignal.timeout(20));
    expect(sent).toMatchObject([{ late: true }]);
  });

  it("is the same channel in all else", () => {
    const { channel } = noting(async () => ({ isOurs: true, waitMs: 0 }));
    expect(channel).toMatchObject({ name: "web-chat", capabilities: createWebChat().capabilities });
  });
});

describe("the pace of Telegram", () => {
  const inAMinute = (chatId: string) => {
    const { chatGapMs, chatBurst } = telegramPace(chatId, 30);
    return chatBurst + 60_000 / chatGapMs;
  };

  it("is one message a second for a person and 20 a minute for a group, with a short burst", () => {
    expect(inAMinute("700001")).toBe(65);
    expect(inAMinute("-100123")).toBe(20);
  });

  it("is nine tenths of the given number of messages a second for all", () => {
    expect(telegramPace("1", 30).gapMs * 27).toBeCloseTo(1000);
  });
});
