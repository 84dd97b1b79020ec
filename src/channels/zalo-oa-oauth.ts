import { z } from "zod";
import { neverWritten } from "./network-errors.ts";
import { post, type Reply, under } from "./zalo-oa-api.ts";
import { describe } from "./zalo-oa-errors.ts";

/** What became of a refresh. "lost": Zalo may have given a new pair that never arrived. */
export type Refreshed =
  | { kind: "given"; accessToken: string; refreshToken: string; lifeSeconds: number }
  | { kind: "rejected" | "unsent" | "lost"; reason: string };

/** Spends a refresh token, which works once. */
export type Refresh = (refreshToken: string) => Promise<Refreshed>;

type Options = {
  appId: string;
  appSecret: string;
  oauthRoot: string;
  timeoutMs: number;
  scrub: (text: string) => string;
};

const Pair = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.coerce.number().positive(),
});
const Failure = z.object({ error: z.coerce.number(), error_name: z.string().catch("") });
const TOO_MANY = -32;

/** The OAuth v4 call of an Official Account. */
export function createRefresh({ appId, appSecret, oauthRoot, timeoutMs, scrub }: Options): Refresh {
  return async (refreshToken) => {
    const form = { refresh_token: refreshToken, app_id: appId, grant_type: "refresh_token" };
    try {
      const reply = await post({
        url: under(oauthRoot, "/v4/oa/access_token"),
        headers: { "Content-Type": "application/x-www-form-urlencoded", secret_key: appSecret },
        body: new URLSearchParams(form).toString(),
        signal: AbortSignal.timeout(timeoutMs),
      });
      return read(reply, scrub);
    } catch (error) {
      const reason = describe(error, scrub);
      return { kind: neverWritten(error) ? "unsent" : "lost", reason };
    }
  };
}

function read(reply: Reply, scrub: (text: string) => string): Refreshed {
  const { success, data } = Pair.safeParse(reply.body);
  if (success) {
    return {
      kind: "given",
      accessToken: data.access_token,
      refreshToken: data.refresh_token,
      lifeSeconds: Math.round(data.expires_in),
    };
  }
  const failure = Failure.safeParse(reply.body).data;
  if (reply.status === 429 || failure?.error === TOO_MANY) {
    return { kind: "unsent", reason: "Zalo yêu cầu chờ" };
  }
  if (failure) return { kind: "rejected", reason: scrub(`${failure.error} ${failure.error_name}`.trim()) };
  const isTurnedBack = reply.status >= 400 && reply.status < 500;
  return { kind: isTurnedBack ? "unsent" : "lost", reason: `trả lời không đúng mẫu (${reply.status})` };
}
