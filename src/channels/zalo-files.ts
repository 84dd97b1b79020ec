import type { FetchedFile } from "../conversation/channel.ts";
import { download } from "./file-download.ts";

/** Where Zalo keeps what members send, as seen in its messages. */
const HOSTS = ["zdn.vn", "zadn.vn", "zalo.me", "zaloapp.com"];
const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"]);

/**
 * Fetches what an address in a message of Zalo leads to. The address is only words that somebody posted to us, so it is
 * followed to Zalo alone; where the API itself is on this machine, so may its files be.
 */
export function createFetchFile(apiRoot: string) {
  const api = new URL(apiRoot);
  const local = LOOPBACK.has(api.hostname) ? api.origin : null;
  return (address: string, signal: AbortSignal): Promise<FetchedFile> =>
    download(address, (url) => isAtZalo(url) || url.origin === local, signal);
}

function isAtZalo({ protocol, hostname, port, username }: URL): boolean {
  const isPlain = protocol === "https:" && port === "" && username === "";
  return isPlain && HOSTS.some((host) => hostname.endsWith(`.${host}`));
}
