import type { FakeTelegram } from "../../test/support/fake-telegram.ts";

/** How long members waited for their next reply after a kill that took their message with it. */
export function createRecovery({ sent }: Pick<FakeTelegram, "sent">) {
  const kills: { at: number; chats: string[] }[] = [];

  return {
    killed: (at: number, chats: string[]): void => void kills.push({ at, chats }),

    /** One number for each kill and each such member, in milliseconds; who was hit again before his reply counts from the last hit. */
    waitsMs(): number[] {
      const lastHit = new Map<string, number>();
      const waits: number[] = [];
      const events = [
        ...kills.flatMap(({ at, chats }) => chats.map((chat) => ({ at, chat, isKill: true }))),
        ...sent.map(({ at, chatId }) => ({ at, chat: chatId, isKill: false })),
      ].sort((a, b) => a.at - b.at);
      for (const { at, chat, isKill } of events) {
        const hitAt = lastHit.get(chat);
        if (isKill) lastHit.set(chat, at);
        else if (hitAt !== undefined) {
          waits.push(at - hitAt);
          lastHit.delete(chat);
        }
      }
      return waits;
    },
  };
}
