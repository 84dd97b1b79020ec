import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { CLIENT } from "./connection.ts";
import type { Log } from "./embedded.ts";

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;
const HEARTBEAT_MS = 15_000;

/** Stops listening. */
export type StopListening = () => Promise<void>;

type Subscription = { config: pg.ClientConfig; channel: string; onNotify: (payload: string) => void };

/**
 * Listens on a connection of its own, which is made again whenever it breaks. After such a break the callback
 * runs once with an empty payload, since notices may have been missed.
 */
export async function listen(subscription: Subscription, log: Log): Promise<StopListening> {
  const stopped = new AbortController();
  const first = await subscribe(subscription);
  const done = keepListening(first, subscription, stopped.signal, log);
  return async () => {
    stopped.abort();
    await done;
  };
}

async function keepListening(
  first: pg.Client,
  subscription: Subscription,
  stopped: AbortSignal,
  log: Log,
): Promise<void> {
  let client: pg.Client | null = first;
  while (client) {
    const reason = await untilLost(client, stopped);
    await client.end().catch(() => {});
    if (stopped.aborted) return;
    log("Mất kết nối nhận tin báo, đang nối lại", { reason });
    client = await resubscribe(subscription, stopped);
  }
}

async function resubscribe(subscription: Subscription, stopped: AbortSignal): Promise<pg.Client | null> {
  for (let wait = FIRST_RETRY_MS; !stopped.aborted; wait = Math.min(wait * 2, LAST_RETRY_MS)) {
    const client = await subscribe(subscription).catch(() => null);
    if (client) {
      subscription.onNotify("");
      return client;
    }
    await pause(wait, stopped);
  }
  return null;
}

async function subscribe({ config, channel, onNotify }: Subscription): Promise<pg.Client> {
  const client = new pg.Client({ ...CLIENT, ...config });
  client.on("error", () => {});
  client.on("notification", (notice) => onNotify(notice.payload ?? ""));
  try {
    await client.connect();
    await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}

/** Asks now and then, because a half-open connection reports nothing by itself. */
async function untilLost(client: pg.Client, stopped: AbortSignal): Promise<string> {
  const lost = new AbortController();
  client.once("error", (error) => lost.abort(error.message));
  client.once("end", () => lost.abort("connection ended"));
  const either = AbortSignal.any([stopped, lost.signal]);
  while (!either.aborted) {
    await pause(HEARTBEAT_MS, either);
    if (!either.aborted) await client.query("select 1").catch((error: Error) => lost.abort(error.message));
  }
  return String(either.reason);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}
