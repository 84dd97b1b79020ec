import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Replica } from "./replica.ts";

/** How a replica answered one post; times are milliseconds, `at` since the epoch. */
export type TimedAnswer = {
  replica: number;
  at: number;
  ms: number;
  /** 0 when no answer came at all. */
  status: number;
};

/** Longer than any answer may take. */
const PATIENCE_MS = 30_000;

/** A door in front of the replicas that measures how long each takes to answer, also when the sender has long given up. */
export async function startTimedDoor(replicas: () => readonly Replica[]) {
  const answers: TimedAnswer[] = [];
  let turn = 0;

  async function forward(from: IncomingMessage, to: ServerResponse): Promise<void> {
    const body = Buffer.concat(await from.toArray());
    const up = replicas().filter((replica) => replica.address() !== null);
    const replica = up[turn++ % Math.max(up.length, 1)];
    if (!replica) return void to.writeHead(502).end();
    const at = Date.now();
    const began = performance.now();
    const response = await fetch(new URL(from.url ?? "/", replica.address() ?? ""), {
      method: from.method ?? "POST",
      headers: headersOf(from),
      body,
      signal: AbortSignal.timeout(PATIENCE_MS),
    }).catch(() => null);
    await response?.arrayBuffer().catch(() => undefined);
    answers.push({
      replica: replica.number,
      at,
      ms: performance.now() - began,
      status: response?.status ?? 0,
    });
    to.writeHead(response?.status ?? 502).end();
  }

  const server = createServer((from, to) => void forward(from, to).catch(() => to.destroy()));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers,
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const kept = ["content-type", "x-telegram-bot-api-secret-token"];
  return Object.fromEntries(kept.flatMap((name) => (headers[name] ? [[name, String(headers[name])]] : [])));
}
