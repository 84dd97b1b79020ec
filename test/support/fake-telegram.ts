import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createFileHost, type KeptFile } from "./fake-files.ts";
import {
  type Answer,
  allowFrom,
  failure,
  METHODS,
  ok,
  type Payload,
  type SentMessage,
  type World,
} from "./fake-telegram-methods.ts";
import { createMember } from "./fake-telegram-people.ts";
import { createPusher, type Pusher, type PushOptions } from "./fake-telegram-push.ts";
import { createUpdateQueue } from "./fake-telegram-queue.ts";

export type { Member } from "./fake-telegram-people.ts";
export type { SentMessage };

/** What goes wrong with one call; "delivered" kinds do the work first and then lose the answer. */
export type Fault =
  | { kind: "error"; code: number; description: string; parameters?: object }
  | { kind: "hang" }
  | { kind: "slow"; ms: number }
  | { kind: "slow"; ms: number }
  | { kind: "reset" }
  | { kind: "reset after delivery" }
  | { kind: "cut-off answer" }
  | { kind: "gateway page"; status: number };

export const tooMany = (seconds: number): Fault => ({
  kind: "error",
  code: 429,
  description: `Too Many Requests: retry after ${seconds}`,
  parameters: { retry_after: seconds },
});
export const serverError: Fault = { kind: "error", code: 500, description: "Internal Server Error" };
export const wrongToken: Fault = { kind: "error", code: 401, description: "Unauthorized" };

export type Call = {
  method: string;
  payload: Payload;
  at: number;
  /** Who called, for callers that say so in their API root; else empty. */
  from: string;
  /** What went wrong with it. */
  fault: Fault | null;
  /** It did what it was meant to, whatever its caller heard. */
  done: boolean;
};
/** Decides whether a call goes wrong. */
export type Mishap = (method: string, payload: Payload) => Fault | null;
export type FakeTelegram = Awaited<ReturnType<typeof startFakeTelegram>>;

type Options = { token?: string; username?: string; port?: number };

/** A Bot API server on loopback for one bot, with people who write to it and faults by order. */
export async function startFakeTelegram(options: Options = {}) {
  const {
    token = "7000000001:AAFakeFakeFakeFakeFakeFakeFakeFakeFak",
    username = "cau_noi_bot",
    port = 0,
  } = options;
  const world = createWorld({ id: Number.parseInt(token, 10), username });
  const faults: { method: string; fault: Fault; times: number }[] = [];
  const calls: Call[] = [];
  let mishap: Mishap = () => null;
  let pusher: Pusher | null = null;
  const host = createFileHost();
  const server = createServer(
    (request, response) => void serve(request, response).catch(() => response.destroy()),
  );
  server.listen(port, "127.0.0.1");
  await once(server, "listening");

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://fake");
    const payload = await payloadOf(request, url);
    if (host.serve(url.pathname, response)) return;
    const [, from = "", given, name] = /^(?:\/from\/([\w-]+))?\/bot([^/]+)\/(\w+)$/.exec(url.pathname) ?? [];
    if (given !== token) return reply(response, given?.includes(":") ? unauthorized : notFound);
    const method = String(name).toLowerCase();
    const fault = takeFault(method) ?? mishap(method, payload);
    const call: Call = { method, payload, at: Date.now(), from, fault, done: false };
    calls.push(call);
    return answer(call, response);
  }

  async function answer(call: Call, response: ServerResponse) {
    const { method, payload, fault } = call;
    if (fault?.kind === "hang") return;
    if (fault?.kind === "slow") await sleep(fault.ms);
    if (fault?.kind === "slow") await sleep(fault.ms);
    if (fault?.kind === "error")
      return reply(response, failure(fault.code, fault.description, fault.parameters));
    if (fault?.kind === "reset") return void response.socket?.resetAndDestroy();
    if (fault?.kind === "gateway page")
      return void response.writeHead(fault.status).end("<html>Bad Gateway</html>");
    const result = method === "getupdates" ? await updates(payload, response) : run(method, payload);
    call.done = result.status === 200;
    if (fault?.kind === "reset after delivery") return void response.socket?.resetAndDestroy();
    if (fault?.kind === "cut-off answer") return cutOff(response, result);
    return reply(response, result);
  }

  function run(method: string, payload: Payload): Answer {
    return METHODS[method]?.(payload, world) ?? notFound;
  }

  async function updates(payload: Payload, response: ServerResponse): Promise<Answer> {
    if (world.webhook.url)
      return failure(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    allowFrom(payload, world);
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    const { offset = 0, limit = 100, timeout = 0 } = payload;
    const request = { offset: Number(offset), limit: Number(limit), timeout: Math.min(Number(timeout), 50) };
    const found = await world.queue.poll(request, gone.signal);
    return found === "conflict" ? conflict : ok(found);
  }

  function keepFileAt(fileId: string, path: string, file: KeptFile, size = 1000): void {
    world.files.set(fileId, { path, size });
    host.put(new URL(`/file/bot${token}/${path}`, "http://fake").pathname, file);
  }

  function takeFault(method: string): Fault | null {
    const found = faults.find((each) => each.method === method && each.times > 0);
    if (found) found.times -= 1;
    return found?.fault ?? null;
  }

  return {
    token,
    apiRoot: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bot: world.bot,
    sent: world.sent,
    calls,
    /** The webhook and the menu that the bot asked for. */
    settings: () => ({ webhook: world.webhook, commands: world.commands }),
    member: (id: number) => createMember(world, id),
    memberOf: (groupId: number, id: number) => createMember(world, id, groupId),
    /** Queues an update as it stands; its number is given unless it brings one. */
    push: (update: object): number => world.queue.push({ ...update }),
    /** Telegram keeps a file from now on; it tells this size of it. */
    keepFile: (fileId: string, file: KeptFile, size = 1000) =>
      keepFileAt(fileId, `photos/file_${world.files.size}.jpg`, file, size),
    keepFileAt,
    renumberUpdates: world.queue.renumber,
    unconfirmed: world.queue.pendingCount,
    /** Forgets what waits to be given. */
    drop: world.queue.drop,
    callsOf: (method: string) => calls.filter((call) => call.method === method.toLowerCase()),
    /** From now on Telegram tells that a post to the webhook failed just now. */
    failPost: (message: string) => void Object.assign(world, { webhookError: { at: Date.now(), message } }),
    /** The next `times` calls of the method go wrong. */
    fail: (method: string, fault: Fault, times = 1) =>
      void faults.push({ method: method.toLowerCase(), fault, times }),
    heal: () => void faults.splice(0),
    /** From now on this decides about every call that nothing else was ordered for. */
    mishaps: (decide: Mishap) => {
      mishap = decide;
    },
    /** Posts updates to the webhook that the bot sets, instead of keeping them for a poll. */
    startPushing: (given: Omit<PushOptions, "webhook">): Pusher => {
      pusher = createPusher({ ...given, webhook: () => world.webhook });
      world.queue.divert(pusher.take);
      return pusher;
    },
    /** From now on, every message to this chat is refused. */
    refuse: (chatId: string, code: number, description: string, parameters?: object) =>
      void world.refusing.set(chatId, failure(code, description, parameters)),
    waitForSent: (count: number) => eventually(() => world.sent.length >= count, `${count} sent messages`),
    waitForCalls: (method: string, count = 1) =>
      eventually(
        () => calls.filter((call) => call.method === method.toLowerCase()).length >= count,
        `${count} × ${method}`,
      ),
    stop: async () => {
      await pusher?.stop();
      await stop(server, world);
    },
  };
}

/** Waits until something is true, in small steps; says what never came true. */
export async function eventually(
  isTrue: () => boolean,
  what = "the condition",
  withinMs = 5_000,
): Promise<void> {
  const end = Date.now() + withinMs;
  while (!isTrue()) {
    if (Date.now() > end) throw new Error(`waited ${withinMs} ms in vain for ${what}`);
    await sleep(5);
  }
}

const unauthorized = failure(401, "Unauthorized");
const notFound = failure(404, "Not Found");
const conflict = failure(
  409,
  "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
);

function createWorld(bot: World["bot"]): World {
  let messageId = 100;
  return {
    bot,
    queue: createUpdateQueue(880_000_001),
    sent: [],
    nextMessageId: () => ++messageId,
    openQueries: new Set(),
    webhook: { url: "", secretToken: "" },
    webhookError: null,
    commands: [],
    refusing: new Map(),
    files: new Map(),
  };
}

async function payloadOf(request: IncomingMessage, url: URL): Promise<Payload> {
  const body = Buffer.concat(await request.toArray()).toString();
  if (request.headers["content-type"]?.includes("json")) return body ? JSON.parse(body) : {};
  return Object.fromEntries([...url.searchParams, ...new URLSearchParams(body)]);
}

function reply(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function cutOff(response: ServerResponse, { status, body }: Answer): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  });
  response.write(text.slice(0, 20), () => response.destroy());
}

async function stop(server: Server, world: World): Promise<void> {
  world.queue.endWaits();
  server.closeAllConnections();
  server.close();
  await once(server, "close");
}
