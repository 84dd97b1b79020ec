import { randomBytes } from "node:crypto";

export type Payload = Record<string, unknown>;
export type SentMessage = { chatId: string; messageId: string; text: string; at: number };
export type Webhook = { url: string; secretToken: string };

/** What the fake server knows of its bot. */
export type World = {
  sent: SentMessage[];
  webhook: Webhook;
  /** How Zalo answers a poll while a webhook is set; its documentation does not say. */
  codeUnderWebhook: number;
  refusing: Map<string, object>;
};

const MAX_TEXT = 2_000;
const AGENT = "Java/17.0.9";

export const ok = (result?: unknown): object => ({ ok: true, ...(result === undefined ? {} : { result }) });

export const failure = (code: number, description: string): object => ({
  ok: false,
  description,
  error_code: code,
});

/** An id as Zalo makes them: hex digits, longer than any number that JavaScript holds. */
export const newId = (): string => randomBytes(10).toString("hex");

/** The methods that need no waiting, by their names, whose case matters. */
export const METHODS: Record<string, (payload: Payload, world: World) => object | Promise<object>> = {
  getMe: () =>
    ok({
      id: "1459232241454765289",
      account_name: "bot.VDKyGxQvc",
      account_type: "BASIC",
      can_join_groups: false,
    }),
  deleteWebhook: (_payload, world) => {
    world.webhook = { url: "", secretToken: "" };
    return ok({ url: "", updated_at: Date.now() });
  },
  getWebhookInfo: (_payload, { webhook }) => ok({ url: webhook.url, updated_at: Date.now() }),
  setWebhook: async ({ url, secret_token }, world) => {
    const secretToken = String(secret_token ?? "");
    if (secretToken.length < 8 || secretToken.length > 256)
      return failure(400, "Bad Request: invalid secret_token");
    if (!/^https?:\/\//.test(String(url))) return failure(400, "Bad Request: invalid url");
    world.webhook = { url: String(url), secretToken };
    return ok({ url, updated_at: Date.now(), verification: await probe(String(url)) });
  },
  sendMessage: ({ chat_id, text }, world) => {
    const chatId = String(chat_id ?? "");
    const refused = world.refusing.get(chatId);
    if (refused) return refused;
    if (typeof text !== "string" || text.trim() === "") return failure(400, "Bad Request: text is empty");
    if (text.length > MAX_TEXT) return failure(400, "Bad Request: text is too long");
    const messageId = newId();
    world.sent.push({ chatId, messageId, text, at: Date.now() });
    return ok({ message_id: messageId, date: Date.now() });
  },
  sendChatAction: ({ action }) =>
    action === "typing" ? ok() : failure(400, "Bad Request: action is not supported"),
};

/** Zalo's look at a new webhook: a post without body, type and secret. */
async function probe(url: string): Promise<object> {
  const began = Date.now();
  const status = await fetch(url, { method: "POST", headers: { "user-agent": AGENT } }).then(
    (answer) => answer.status,
    () => null,
  );
  const outcome = status === null ? "webhook.err.unreachable" : outcomeOf(status);
  const details = { ok: outcome === "webhook.ok", outcome, hint: "", latency_ms: Date.now() - began };
  return { ...details, url, ...(status === null ? {} : { status_code: status }) };
}

function outcomeOf(status: number): string {
  if (status < 300) return "webhook.ok";
  if (status === 403 || status === 404) return `webhook.http.${status}`;
  return status >= 500 ? "webhook.http.5xx" : "webhook.http.other";
}

/** Posts an update to the webhook; the status that came back, or null. */
export async function post({ url, secretToken }: Webhook, body: object): Promise<number | null> {
  const headers = {
    "content-type": "application/json",
    "user-agent": AGENT,
    "x-bot-api-secret-token": secretToken,
  };
  return fetch(url, { method: "POST", headers, body: JSON.stringify(body) }).then(
    (answer) => answer.status,
    () => null,
  );
}
