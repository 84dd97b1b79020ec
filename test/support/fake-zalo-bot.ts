import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createFileHost } from "./fake-files.ts";
import { eventually } from "./fake-telegram.ts";
import { failure, METHODS, newId, ok, type Payload, post, type World } from "./fake-zalo-bot-methods.ts";
import { createUpdateQueue } from "./fake-zalo-bot-queue.ts";

export { eventually };

/** What goes wrong with one call; "delivered" kinds do the work first and then lose the answer. */
export type Fault =
  | { kind: "error"; code: number; description: string }
  | { kind: "raw"; status: number; body: string }
  | { kind: "slow"; ms: number }
  | { kind: "hang" }
  | { kind: "reset" }
  | { kind: "reset after delivery" }
  | { kind: "cut-off answer" };

export const overQuota: Fault = { kind: "error", code: 429, description: "Quota exceeded" };
export const wrongToken: Fault = { kind: "error", code: 401, description: "Unauthorized" };
export const internalError: Fault = { kind: "error", code: 403, description: "Internal error" };
export const htmlPage = (status = 200): Fault => ({
  kind: "raw",
  status,
  body: "<!doctype html><html>Đang bảo trì</html>",
});

export type Call = { method: string; payload: Payload; at: number };
export type FakeZaloBot = Awaited<ReturnType<typeof startFakeZaloBot>>;

const MAX_HOLD_SECONDS = 60;
const IDLE = failure(408, "Request timeout");

/** A Zalo Bot server on loopback for one bot, with members who write to it and faults by order. */
export async function startFakeZaloBot({
  token = "4021599340776518291:FakeFakeFakeFakeFakeFake",
  port = 0,
} = {}) {
  const world: World = {
    sent: [],
    webhook: { url: "", secretToken: "" },
    codeUnderWebhook: 400,
    refusing: new Map(),
  };
  const settings = { wrapped: false };
  const queue = createUpdateQueue();
  const faults: { method: string; fault: Fault; times: number }[] = [];
  const calls: Call[] = [];
  const host = createFileHost();
  const posted: (number | null)[] = [];
  const server = createServer(
    (request, response) => void serve(request, response).catch(() => response.destroy()),
  );
  server.listen(port, "127.0.0.1");
  await once(server, "listening");

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://fake");
    const payload = await payloadOf(request, url);
    if (host.serve(url.pathname, response)) return;
    const [, given, method = ""] = /^\/bot([^/]+)\/(\w+)$/.exec(url.pathname) ?? [];
    if (given !== token) return reply(response, failure(401, "Unauthorized"));
    calls.push({ method, payload, at: Date.now() });
    return answer(method, payload, response, takeFault(method));
  }

  async function answer(method: string, payload: Payload, response: ServerResponse, fault: Fault | null) {
    if (fault?.kind === "hang") return;
    if (fault?.kind === "slow") await sleep(fault.ms);
    if (fault?.kind === "error") return reply(response, failure(fault.code, fault.description));
    if (fault?.kind === "raw") return void response.writeHead(fault.status).end(fault.body);
    if (fault?.kind === "reset") return void response.socket?.resetAndDestroy();
    const result = method === "getUpdates" ? await nextUpdate(payload) : await run(method, payload);
    if (fault?.kind === "reset after delivery") return void response.socket?.resetAndDestroy();
    if (fault?.kind === "cut-off answer") return cutOff(response, result);
    return reply(response, result);
  }

  async function run(method: string, payload: Payload): Promise<object> {
    return METHODS[method]?.(payload, world) ?? failure(400, "Bad Request: method not found");
  }

  async function nextUpdate({ timeout = 30 }: Payload): Promise<object> {
    if (world.webhook.url) return failure(world.codeUnderWebhook, "Webhook is set");
    const update = await queue.poll(Math.min(Number(timeout), MAX_HOLD_SECONDS) * 1000);
    return update ? ok(update) : IDLE;
  }

  function takeFault(method: string): Fault | null {
    const found = faults.find((each) => each.method === method && each.times > 0);
    if (found) found.times -= 1;
    return found?.fault ?? null;
  }

  /** Queues the update, or posts it where a webhook is set: flat, and once, since resending is not documented. */
  function give(update: object): void {
    const body = settings.wrapped ? ok(update) : update;
    if (world.webhook.url) void post(world.webhook, body).then((status) => posted.push(status));
    else queue.push(update);
  }

  return {
    token,
    apiRoot: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    world,
    sent: world.sent,
    calls,
    /** The statuses that our webhook answered. */
    posted,
    give,
    waiting: queue.pendingCount,
    /** Where Zalo keeps what members send. */
    host,
    /** Whether posted updates stand in the envelope that the documentation shows. */
    wrap: (wrapped: boolean) => void Object.assign(settings, { wrapped }),
    member: (id: string, groupId?: string) => createMember(give, id, groupId),
    callsOf: (method: string) => calls.filter((call) => call.method === method),
    /** The next `times` calls of the method go wrong. */
    fail: (method: string, fault: Fault, times = 1) => void faults.push({ method, fault, times }),
    heal: () => void faults.splice(0),
    /** From now on, every message to this chat is refused. */
    refuse: (chatId: string, code: number, description: string) =>
      void world.refusing.set(chatId, failure(code, description)),
    waitForCalls: (method: string, count = 1) =>
      eventually(
        () => calls.filter((call) => call.method === method).length >= count,
        `${count} × ${method}`,
      ),
    async stop() {
      queue.endWaits();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** A member in their private chat, whose id is their own, or in the group given. */
function createMember(give: (update: object) => void, id: string, groupId?: string) {
  const chat = { id: groupId ?? id, chat_type: groupId ? "GROUP" : "PRIVATE" };
  const from = { id, display_name: `Bà ${id}`, is_bot: false };
  const sends = (kind: string, content: object): string => {
    const message_id = newId();
    give({
      event_name: `message.${kind}.received`,
      message: { message_id, date: Date.now(), chat, from, ...content },
    });
    return message_id;
  };
  return {
    says: (text: string) => sends("text", { text }),
    sendsPhoto: (photo_url: string) => sends("image", { photo_url, message_type: "CHAT_PHOTO" }),
    sendsFile: () => sends("unsupported", {}),
  };
}

async function payloadOf(request: IncomingMessage, url: URL): Promise<Payload> {
  const body = Buffer.concat(await request.toArray()).toString();
  if (request.headers["content-type"]?.includes("json")) return body ? JSON.parse(body) : {};
  return Object.fromEntries([...url.searchParams, ...new URLSearchParams(body)]);
}

function reply(response: ServerResponse, body: object): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function cutOff(response: ServerResponse, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  response.write(text.slice(0, 20), () => response.destroy());
}
