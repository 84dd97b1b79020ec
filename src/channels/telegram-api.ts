import { Api } from "grammy";
import { rootOf } from "./root.ts";

/** The Bot API client; every call gives up after the given seconds. */
export function createApi(token: string, apiRoot: string, timeoutSeconds: number): Api {
  return new Api(token, { apiRoot: rootOf(apiRoot), timeoutSeconds, fetch: nativeFetch });
}

/** The bot's own user id is the number before the colon of its token. */
export function botIdOf(token: string): number {
  return Number.parseInt(token, 10);
}

type GrammySignal = NonNullable<Parameters<Api["getMe"]>[0]>;

/** grammY types its signals after a polyfill and takes the platform's own. */
export function forGrammy(signal: AbortSignal): GrammySignal {
  return signal as GrammySignal;
}

type FetchOptions = RequestInit & { agent?: unknown; compress?: unknown };

/** grammY brings node-fetch 2, whose keep-alive requests never end under a mocked network; its two private options mean nothing here. */
function nativeFetch(url: string, options: FetchOptions = {}): Promise<Response> {
  const { agent: _agent, compress: _compress, ...rest } = options;
  return globalThis.fetch(url, rest);
}
