import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Channel } from "./conversation/channel.ts";
import type { Database } from "./db/database.ts";

/** Figures for Prometheus; never a member's words, names or numbers. */
export function createMetrics(database: Database, refusedPosts: () => number): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: "cau_noi_messages",
    help: "Messages by direction and status; open ones wait to be handled or sent.",
    labelNames: ["direction", "status"],
    registers: [registry],
    async collect() {
      const { rows } = await database.pool.query<{ direction: string; status: string; count: number }>(
        "select direction, status, count(*)::int as count from messages group by 1, 2",
      );
      this.reset();
      for (const { direction, status, count } of rows) this.set({ direction, status }, count);
    },
  });
  new Counter({
    name: "cau_noi_posts_refused_total",
    help: "Posts of messages that were answered 503 at once, since messages came faster than they could be stored.",
    registers: [registry],
    collect() {
      this.reset();
      this.inc(refusedPosts());
    },
  });
  return registry;
}

/** Whether messages can be taken and answered now, and if not, what is missing, in a few words each. */
export async function readiness(
  database: Database,
  channels: Iterable<Channel>,
  others: (() => string | null)[],
) {
  const answers = await database.pool.query("select 1").then(
    () => true,
    () => false,
  );
  const faults = [
    ...others.flatMap((fault) => fault() ?? []),
    ...(answers ? [] : [database.fault() ?? "cơ sở dữ liệu không trả lời"]),
    ...[...channels].flatMap((channel) => {
      const fault = channel.fault();
      return fault ? [`${channel.name}: ${fault}`] : [];
    }),
  ];
  return { ok: faults.length === 0, faults };
}
