import type { Database } from "./database.ts";

/** How close together messages may be sent, in milliseconds. */
export type SendPace = {
  /** Between two messages of one chat, on average. */
  chatGapMs: number;
  /** So many messages of one chat may go at once, after a rest. */
  chatBurst: number;
  /** Between two messages, whichever their chats. */
  gapMs: number;
};

/** A turn to send: ours after the wait, or else to be asked for again after it. */
export type SendTurn = { isOurs: boolean; waitMs: number };

/** Who would have to wait longer for the others of all chats asks again instead, and keeps no place. */
const LONGEST_QUEUE_MS = 2_000;
const SHORTEST_WAIT_MS = 50;
const FORGET_EVERY = 1_000;

/** Turns that all replicas take from one queue, by the clock of the database. */
export class SendTurns {
  #taken = 0;

  constructor(private readonly database: Database) {}

  /** The turns of one channel: a chat's own pace comes first, and only who keeps it takes a place among all chats. */
  of(channel: string) {
    return async (chatId: string, pace: SendPace): Promise<SendTurn> => {
      if (++this.#taken % FORGET_EVERY === 0) await this.#forget();
      const { chatGapMs, chatBurst, gapMs } = pace;
      const { rows } = await this.database.pool.query<{ ours: number | null; later: number }>({
        name: "take-send-turn",
        text: `with keys as (select hashtextextended($1, 0) as everyone, hashtextextended($1 || ' ' || $2, 0) as chat),
           line as (
             select everyone, chat,
                    greatest((select free_at from send_turns where key = everyone), now()) as ends,
                    coalesce((select free_at from send_turns where key = chat), now()) as chat_free_at
             from keys),
           own as (
             insert into send_turns as t (key, free_at)
             select chat, now() + $3::interval from line where ends <= now() + $6::interval
             on conflict (key) do update set free_at = greatest(t.free_at, now()) + $3::interval
             where t.free_at <= now() + $4::interval
             returning key),
           place as (
             insert into send_turns as t (key, free_at) select everyone, now() + $5::interval from line, own
             on conflict (key) do update set free_at = greatest(t.free_at, now()) + $5::interval
             returning t.free_at - $5::interval as at)
         select extract(epoch from (select at from place) - clock_timestamp())::float8 * 1000 as ours,
                extract(epoch from greatest(chat_free_at - $4::interval, ends - $6::interval) - now())::float8 * 1000
                  as later
         from line`,
        values: [
          channel,
          chatId,
          seconds(chatGapMs),
          seconds(chatGapMs * (chatBurst - 1)),
          seconds(gapMs),
          seconds(LONGEST_QUEUE_MS),
        ],
      });
      const { ours, later } = rows[0] ?? { ours: null, later: LONGEST_QUEUE_MS };
      return ours === null
        ? { isOurs: false, waitMs: Math.max(later, SHORTEST_WAIT_MS) }
        : { isOurs: true, waitMs: Math.max(ours, 0) };
    };
  }

  /** What is free already says nothing. */
  async #forget(): Promise<void> {
    await this.database.pool.query("delete from send_turns where free_at < now()");
  }
}

function seconds(ms: number): string {
  return `${ms / 1000} seconds`;
}
