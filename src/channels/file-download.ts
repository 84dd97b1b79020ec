import type { FetchedFile } from "../conversation/channel.ts";

/** As much as Telegram gives a bot, and more than Zalo lets members send. */
export const MOST_BYTES = 20 * 1024 * 1024;
export const TOO_LARGE: FetchedFile = { outcome: "refused", reason: "tệp lớn hơn 20 MB" };

const MOST_REDIRECTS = 3;
const NETWORK_SECONDS = 15;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Fetches a file from the places that are allowed and nowhere else, wherever a redirect points. Addresses may hold a token,
 * so none of them leaves here, in a reason or in an error.
 */
export async function download(
  address: string,
  allows: (url: URL) => boolean,
  signal: AbortSignal,
): Promise<FetchedFile> {
  try {
    let url = parse(address);
    for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
      if (!url || !allows(url)) return refused("địa chỉ tệp không thuộc nơi được phép tải");
      const answer = await fetch(url.href, { redirect: "manual", signal });
      if (!REDIRECTS.has(answer.status)) return await read(answer);
      await answer.body?.cancel();
      url = parse(answer.headers.get("location") ?? "", url);
    }
    return refused("địa chỉ tệp dẫn đi vòng quá nhiều lần");
  } catch {
    return retry(signal.aborted ? "tải tệp quá lâu" : "không tải được trọn vẹn tệp");
  }
}

function parse(address: string, base?: URL): URL | null {
  return URL.canParse(address, base?.href) ? new URL(address, base) : null;
}

async function read(answer: Response): Promise<FetchedFile> {
  const { status } = answer;
  if (status === 200) return readBody(answer);
  await answer.body?.cancel();
  if (status === 429 || status >= 500) return retry(`nơi giữ tệp đang lỗi (${status})`);
  return refused(
    status === 404 || status === 410 ? "tệp không còn nữa" : `nơi giữ tệp không cho tải (${status})`,
  );
}

/** What a server says of the length is not believed, only counted on when it is too much already. */
async function readBody(answer: Response): Promise<FetchedFile> {
  if (Number(answer.headers.get("content-length")) > MOST_BYTES) {
    await answer.body?.cancel();
    return TOO_LARGE;
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body ?? []) {
    length += chunk.length;
    if (length > MOST_BYTES) return TOO_LARGE;
    chunks.push(chunk);
  }
  return length === 0 ? refused("tệp rỗng") : { outcome: "fetched", bytes: Buffer.concat(chunks) };
}

export function refused(reason: string): FetchedFile {
  return { outcome: "refused", reason };
}

export function retry(reason: string, afterSeconds = NETWORK_SECONDS): FetchedFile {
  return { outcome: "retry", afterSeconds, reason };
}
