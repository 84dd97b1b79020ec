import { RETENTION } from "./conversation/retention.ts";
import type { Database } from "./db/database.ts";
import { sweepSilent } from "./db/retention.ts";
import type { Log } from "./log.ts";

/** Few enough that no chat is locked for long. */
const CHATS_AT_A_TIME = 100;

/** A step of a loop: erases what silent chats need no longer; false when there was nothing to erase. */
export function createRetentionSweep(
  database: Database,
  log: Log,
  limit = CHATS_AT_A_TIME,
): () => Promise<boolean> {
  return async () => {
    const count = await database.tx((client) => sweepSilent(client, { ...RETENTION, limit }));
    if (count > 0) log.info({ count }, "đã xóa lời trao đổi hết thời hạn lưu");
    return count > 0;
  };
}
