import axios from "axios";
import { z } from "zod";
import { rootOf } from "./root.ts";
import { impatientAgents } from "./zalo-bot-connection.ts";

/** One call of a method; resolves with its result and throws one of the errors below. */
export type Call = (
  method: string,
  payload: object,
  limits: { signal?: AbortSignal; timeoutMs?: number },
) => Promise<unknown>;

/** Zalo answered `ok: false`; the HTTP status beside it says nothing. */
export class ZaloRefusal extends Error {
  constructor(
    readonly code: number,
    readonly description: string,
  ) {
    super(`${code} ${description}`);
    this.name = "ZaloRefusal";
  }
}

/** Something answered, and not in Zalo's way. */
export class UnreadableAnswer extends Error {
  constructor(status: number) {
    super(`câu trả lời không đúng mẫu (HTTP ${status})`);
    this.name = "UnreadableAnswer";
  }
}

/** No whole answer came; the cause says why. */
export class CallFailed extends Error {
  constructor(method: string, cause: unknown) {
    super(`không gọi được ${method}`, { cause });
    this.name = "CallFailed";
  }
}

const CONNECT_MS = 5_000;
const MAX_ANSWER_BYTES = 1024 * 1024;

const answerSchema = z.object({
  ok: z.boolean(),
  result: z.unknown().optional(),
  error_code: z.coerce.number().optional().catch(undefined),
  errorCode: z.coerce.number().optional().catch(undefined),
  description: z.string().catch(""),
});
type Answer = z.infer<typeof answerSchema>;

type Options = {
  token: string;
  apiRoot: string;
  /** Hears with every answer whether Zalo knows the token. */
  onToken(isKnown: boolean): void;
};

/** The Zalo Bot API. The token is part of each address, so no error of axios, which carries that, leaves here. */
export function createApi({ token, apiRoot, onToken }: Options): Call {
  const client = axios.create({
    baseURL: `${rootOf(apiRoot)}/bot${token}`,
    ...impatientAgents(CONNECT_MS),
    proxy: false,
    maxRedirects: 0,
    maxContentLength: MAX_ANSWER_BYTES,
    responseType: "text",
    transformResponse: (text: unknown) => text,
    validateStatus: () => true,
  });

  return async (method, payload, { signal, timeoutMs = 0 }) => {
    const { status, data } = await client
      .post<unknown>(`/${method}`, payload, { timeout: timeoutMs, ...(signal ? { signal } : {}) })
      .catch((error: unknown) => {
        throw new CallFailed(method, causeOf(error));
      });
    const answer = read(data);
    if (!answer) throw new UnreadableAnswer(status);
    const code = answer.ok ? null : codeOf(answer, status);
    onToken(code !== 401);
    if (code === null) return answer.result;
    throw new ZaloRefusal(code, answer.description);
  };
}

function causeOf(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  return error.cause instanceof Error ? error.cause : new Error(error.message);
}

/** An update that comes without an envelope is its own result. */
function read(data: unknown): Answer | null {
  try {
    const body: unknown = JSON.parse(String(data));
    const isBare = z.object({ ok: z.undefined().optional(), event_name: z.string() }).safeParse(body).success;
    return answerSchema.parse(isBare ? { ok: true, result: body } : body);
  } catch {
    return null;
  }
}

/** A live answer came with words and no code. */
function codeOf({ error_code, errorCode, description }: Answer, status: number): number {
  const written = error_code ?? errorCode;
  if (written !== undefined) return written;
  if (/unauthorized/i.test(description)) return 401;
  if (/timeout/i.test(description)) return 408;
  return status >= 400 ? status : 0;
}
