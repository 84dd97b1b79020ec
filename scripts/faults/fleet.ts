import { type Balancer, startBalancer } from "../../test/support/balancer.ts";
import type { Built } from "./build.ts";
import { createReplica, type Life, type Replica } from "./replica.ts";

/** Several replicas of one program on one database, behind one door. */
export type Fleet = {
  replicas: Replica[];
  balancer: Balancer;
  /** Where those are that are up. */
  addresses(): string[];
  stop(): Promise<void>;
};

type Given = {
  built: Built;
  databaseUrl: string;
  count: number;
  /** Of each, at each of its starts, beside the address of the door. */
  settings: (life: Life) => Record<string, string>;
};

/** Starts them all and resolves when they are ready. */
export async function startFleet({ built, databaseUrl, count, settings }: Given): Promise<Fleet> {
  const replicas: ReturnType<typeof createReplica>[] = [];
  const addresses = () => replicas.flatMap((each) => each.address() ?? []);
  const balancer = await startBalancer(addresses);
  for (let number = 1; number <= count; number++) {
    const ofIt = (life: Life) => ({ PUBLIC_URL: balancer.address, LOG_LEVEL: "warn", ...settings(life) });
    replicas.push(createReplica(number, { built, databaseUrl, settings: ofIt }));
  }
  async function stop(): Promise<void> {
    await Promise.all(replicas.map((each) => each.end("SIGKILL")));
    for (const each of replicas) each.remove();
    await balancer.close();
  }
  try {
    for (const each of replicas) if (!(await each.start())) throw new Error("a replica did not start");
  } catch (error) {
    await stop();
    throw error;
  }
  return { replicas, balancer, addresses, stop };
}
