import type { Channel, ChannelName, FetchedFile } from "./conversation/channel.ts";
import type { AttachmentStore } from "./db/petition-attachments.ts";
import type { Log } from "./log.ts";

type Parts = { attachments: AttachmentStore; channels: Map<ChannelName, Channel>; log: Log };

const FETCH_TIMEOUT_MS = 15_000;
const MOST_TRIES = 6;
const FIRST_DELAY_SECONDS = 15;
/** The sixth try comes about an hour and a half after the first. */
const DELAY_GROWS_BY = 4;

/** A step that fetches the next photo or document of a petition from its provider; false when none is due. */
export function createFetchAttachments({ attachments, channels, log }: Parts): () => Promise<boolean> {
  return async () => {
    const fetching = [...channels.values()].filter(({ fetchFile }) => fetchFile).map(({ name }) => name);
    const claimed = await attachments.claim(fetching);
    if (!claimed) return false;
    const file = await fetchFrom(channels.get(claimed.channel), claimed.reference);
    if (file.outcome === "fetched") {
      await attachments.keep(claimed, file.bytes);
      return true;
    }
    const { reason } = file;
    log.warn({ attachment: claimed.id, tries: claimed.tries, reason }, "an attachment was not fetched");
    if (file.outcome === "refused" || claimed.tries >= MOST_TRIES) await attachments.fail(claimed, reason);
    else await attachments.putOff(claimed, reason, delay(claimed.tries, file.afterSeconds));
    return true;
  };
}

function delay(tries: number, atLeast: number): number {
  return Math.max(atLeast, FIRST_DELAY_SECONDS * DELAY_GROWS_BY ** (tries - 1));
}

/** A channel answers with a FetchedFile; what it throws all the same is not repeated, since it may hold an address with a token. */
async function fetchFrom(channel: Channel | undefined, reference: string): Promise<FetchedFile> {
  const retry = { outcome: "retry", afterSeconds: 0, reason: "lỗi không rõ khi tải tệp" } as const;
  try {
    return (await channel?.fetchFile?.(reference, AbortSignal.timeout(FETCH_TIMEOUT_MS))) ?? retry;
  } catch {
    return retry;
  }
}
