import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createFileHost } from "./fake-files.ts";
import { createMember, createPoster } from "./fake-zalo-oa-people.ts";
import {
  type Account,
  type Answer,
  createWorld,
  failure,
  rotate,
  sendConsultation,
} from "./fake-zalo-oa-world.ts";

export { signatureOf } from "./fake-zalo-oa-people.ts";
export type { SentMessage } from "./fake-zalo-oa-world.ts";

/** What goes wrong with one call; "after delivery" kinds do the work first and then lose the answer. */
export type Fault =
  | { kind: "error"; code: number; message: string }
  | { kind: "status"; status: number; body: string; headers?: Record<string, string> }
  | { kind: "hang" }
  | { kind: "slow"; ms: number }
  | { kind: "reset" }
  | { kind: "reset after delivery" }
  | { kind: "cut-off answer" };

export const tooMany: Fault = { kind: "error", code: -32, message: "Out of limit call api" };
export const gatewayPage = (status: number): Fault => ({
  kind: "status",
  status,
  body: "<html>Bad Gateway</html>",
});

export type Path = "send" | "refresh";
export type Call = { path: Path; headers: IncomingMessage["headers"]; body: string };
export type FakeZaloOa = Awaited<ReturnType<typeof startFakeZaloOa>>;

const PATHS: Record<string, Path> = { "/v3.0/oa/message/cs": "send", "/v4/oa/access_token": "refresh" };

export const ACCOUNT: Account = {
  appId: "3608214578901234567",
  appSecret: "AppSecretAppSecret01",
  secretKey: "OaSecretKeyOaSecret1",
  oaId: "3886120987654321098",
  seed: "seed-refresh-token-0123456789",
};

/** Zalo on loopback for one Official Account: its OAuth, its consultation messages, its webhook, and faults by order. */
export async function startFakeZaloOa(account: Account = ACCOUNT) {
  const world = createWorld(account);
  const poster = createPoster(world);
  const faults: { path: Path; fault: Fault; times: number }[] = [];
  const calls: Call[] = [];
  const host = createFileHost();
  const server = createServer(
    (request, response) => void serve(request, response).catch(() => response.destroy()),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray()).toString();
    if (host.serve(request.url ?? "", response)) return;
    const path = PATHS[request.url ?? ""];
    if (!path || request.method !== "POST") return reply(response, failure(-1, "Unknown API"));
    calls.push({ path, headers: request.headers, body });
    return answer(response, { path, headers: request.headers, body }, takeFault(path));
  }

  async function answer(response: ServerResponse, call: Call, fault: Fault | null): Promise<void> {
    if (fault?.kind === "hang") return;
    if (fault?.kind === "slow") await sleep(fault.ms);
    if (fault?.kind === "error") return reply(response, limited(failure(fault.code, fault.message)));
    if (fault?.kind === "reset") return void response.socket?.resetAndDestroy();
    if (fault?.kind === "status") return void response.writeHead(fault.status, fault.headers).end(fault.body);
    const result = work(call);
    if (fault?.kind === "reset after delivery") return void response.socket?.resetAndDestroy();
    if (fault?.kind === "cut-off answer") return cutOff(response, result);
    return reply(response, result);
  }

  function work({ path, headers, body }: Call): Answer {
    return path === "refresh"
      ? rotate(world, new URLSearchParams(body), String(headers.secret_key))
      : sendConsultation(world, JSON.parse(body), headers.access_token?.toString());
  }

  function takeFault(path: Path): Fault | null {
    const found = faults.find((each) => each.path === path && each.times > 0);
    if (found) found.times -= 1;
    return found?.fault ?? null;
  }

  return {
    account,
    root,
    sent: world.sent,
    spent: world.spent,
    calls,
    poster,
    /** Where Zalo keeps what members send. */
    host,
    member: (id: string) => createMember(world, poster, id),
    /** Lets time pass at Zalo. */
    pass: (ms: number) => {
      world.now += ms;
    },
    now: () => world.now,
    /** Zalo refuses the access token from now on, as after its 25 hours. */
    expire: () => {
      if (world.access) world.access.until = world.now;
    },
    /** A person fetches a new pair by hand; the one before dies. */
    grant: (refreshToken: string) => {
      world.refreshToken = refreshToken;
      world.access = null;
    },
    secrets: () => [
      account.appSecret,
      account.secretKey,
      account.seed,
      ...world.spent.map(({ token }) => token),
      world.refreshToken,
      world.access?.token ?? "",
    ],
    /** The next `times` calls go wrong. */
    fail: (path: Path, fault: Fault, times = 1) => void faults.push({ path, fault, times }),
    /** From now on, every message to this person is refused. */
    refuse: (userId: string, code: number, message: string) =>
      void world.refusing.set(userId, { code, message }),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function limited(answer: Answer): Answer {
  return { ...answer, headers: { "X-RateLimit-Limit": "100", "X-RateLimit-Remain": "0" } };
}

function reply(response: ServerResponse, { status, body, headers }: Answer): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

function cutOff(response: ServerResponse, { status, body }: Answer): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { "content-length": Buffer.byteLength(text) });
  response.write(text.slice(0, 20), () => response.destroy());
}
