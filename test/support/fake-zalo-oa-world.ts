export type Button = { title: string; type: string; payload: string };
export type SentMessage = {
  userId: string;
  messageId: string;
  text: string;
  buttons: Button[];
  billed: boolean;
};
export type Account = { appId: string; appSecret: string; secretKey: string; oaId: string; seed: string };
export type Answer = { status: number; body: object; headers?: Record<string, string> };

const ACCESS_MS = 90_000_000;
const FREE_MS = 48 * 3_600_000;
const WINDOW_MS = 7 * 24 * 3_600_000;
const MAX_TEXT = 2000;

export type World = ReturnType<typeof createWorld>;

/** What Zalo knows of one Official Account, on a clock that only tests move. */
export function createWorld(account: Account) {
  const world = {
    account,
    now: Date.parse("2026-11-24T08:00:00Z"),
    access: null as { token: string; until: number } | null,
    refreshToken: account.seed,
    given: 0,
    /** Every attempt to spend a refresh token. */
    spent: [] as { token: string; accepted: boolean }[],
    /** When each person last wrote, by id. */
    heard: new Map<string, number>(),
    refusing: new Map<string, { code: number; message: string }>(),
    sent: [] as SentMessage[],
  };
  return world;
}

export const ok = (data: object): Answer => ({ status: 200, body: { data, error: 0, message: "Success" } });

/** Zalo's failures come with HTTP 200. */
export const failure = (code: number, message: string): Answer => ({
  status: 200,
  body: { error: code, message },
});

/** Spends a refresh token: the pair before it dies at once. */
export function rotate(world: World, form: URLSearchParams, secret: string | undefined): Answer {
  const token = form.get("refresh_token") ?? "";
  const isOurs = secret === world.account.appSecret && form.get("app_id") === world.account.appId;
  const isAsked = form.get("grant_type") === "refresh_token";
  const accepted = isOurs && isAsked && token === world.refreshToken;
  world.spent.push({ token, accepted });
  if (!isOurs) return oauthFailure(-14002, "Invalid appId");
  if (!accepted) return oauthFailure(-14014, "Invalid refresh token");
  world.given += 1;
  world.access = { token: `access-token-${world.given}-${"a".repeat(40)}`, until: world.now + ACCESS_MS };
  world.refreshToken = `refresh-token-${world.given}-${"r".repeat(40)}`;
  const pair = { access_token: world.access.token, refresh_token: world.refreshToken };
  return { status: 200, body: { ...pair, expires_in: String(ACCESS_MS / 1000) } };
}

function oauthFailure(error: number, name: string): Answer {
  return { status: 200, body: { error, error_name: name, error_reason: name, ref_doc: "https://oauth" } };
}

type Asked = {
  recipient?: { user_id?: unknown };
  message?: { text?: unknown; attachment?: { type?: string; payload?: { buttons?: Button[] } } };
};

/** A consultation message. */
export function sendConsultation(world: World, asked: Asked, token: string | undefined): Answer {
  return tokenFault(world, token) ?? contentFault(asked) ?? windowFault(world, asked) ?? accept(world, asked);
}

function tokenFault({ access, now }: World, token: string | undefined): Answer | null {
  if (!token || token !== access?.token) return failure(-216, "Access token is invalid");
  return now >= access.until ? failure(-220, "Access token has expired") : null;
}

function contentFault({ recipient, message }: Asked): Answer | null {
  if (typeof recipient?.user_id !== "string") return failure(-201, "user_id is invalid!");
  const text = message?.text;
  if (typeof text !== "string" || text.trim() === "") return failure(-201, "text is invalid!");
  if (text.length > MAX_TEXT) return failure(-210, "Text exceeds 2000 characters");
  const buttons = buttonsOf(message);
  const isWrong = ({ title, payload }: Button) => !title || title.length > 100 || payload.length > 1000;
  if (message?.attachment && message.attachment.type !== "template") return failure(-233, "Unsupported type");
  return buttons.length > 5 || buttons.some(isWrong) ? failure(-201, "buttons is invalid!") : null;
}

function windowFault(world: World, { recipient }: Asked): Answer | null {
  const userId = String(recipient?.user_id);
  const refused = world.refusing.get(userId);
  if (refused) return failure(refused.code, refused.message);
  return silenceOf(world, userId) > WINDOW_MS
    ? failure(-230, "User has not interacted with the OA in the past 7 days")
    : null;
}

function accept(world: World, { recipient, message }: Asked): Answer {
  const userId = String(recipient?.user_id);
  const messageId = `${world.sent.length + 1}f3cdf3af15046090912`;
  const billed = silenceOf(world, userId) > FREE_MS;
  world.sent.push({ userId, messageId, text: String(message?.text), buttons: buttonsOf(message), billed });
  const quota = { quota_type: billed ? "sub_quota" : "reply", remain: "8", total: "8" };
  return ok({ message_id: messageId, user_id: userId, sent_time: String(world.now), quota });
}

function silenceOf({ heard, now }: World, userId: string): number {
  return now - (heard.get(userId) ?? Number.NEGATIVE_INFINITY);
}

function buttonsOf(message: Asked["message"]): Button[] {
  return message?.attachment?.payload?.buttons ?? [];
}
