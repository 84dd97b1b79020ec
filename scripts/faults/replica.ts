import { rmSync } from "node:fs";
import { newFolder, type ServiceProcess, spawnService } from "../../test/support/service-process.ts";
import type { Built } from "./build.ts";

/** One life of a replica, from its start to its end; times are milliseconds since the epoch. */
export type Life = {
  /** Number of the replica, and of this life of it. */
  replica: number;
  life: number;
  pid: number;
  startedAt: number;
  readyAt: number | null;
  endedAt: number | null;
  /** How it ended, when it did. */
  signal: NodeJS.Signals | null;
  code: number | null;
};

/** A replica of the service: one process at a time, which can be killed and started again. */
export type Replica = {
  number: number;
  lives: Life[];
  /** Where it is reached now; null while it is down. */
  address(): string | null;
  process(): ServiceProcess | null;
  /** Starts it; true when it became ready, false when it was killed on the way; another end is an error. */
  start(): Promise<boolean>;
  /** Sends a signal that ends it, and waits for the end. */
  end(signal: "SIGKILL" | "SIGTERM"): Promise<Life | null>;
  /** Sends a signal that does not end it. */
  signal(signal: "SIGSTOP" | "SIGCONT"): void;
};

type Given = {
  built: Built;
  databaseUrl: string;
  /** Its settings; the number of the life is known only when it starts. */
  settings: (life: Life) => Record<string, string>;
};

/** Makes a replica, which is not running yet; its folder goes when it is removed. */
export function createReplica(number: number, { built, databaseUrl, settings }: Given) {
  const folder = newFolder();
  const lives: Life[] = [];
  let current: ServiceProcess | null = null;
  let address: string | null = null;

  async function start(): Promise<boolean> {
    const life = newLife(number, lives.length);
    const service = spawnService({ DATABASE_URL: databaseUrl, ...settings(life) }, folder, [built.main]);
    life.pid = service.pid;
    lives.push(life);
    current = service;
    void service.ended.then(({ code, signal }) => {
      Object.assign(life, { endedAt: Date.now(), code, signal });
      if (current !== service) return;
      current = null;
      address = null;
    });
    const started = await service.started().catch(() => null);
    if (started) {
      life.readyAt = Date.now();
      if (current === service) address = started.address;
      return true;
    }
    const { code, signal } = await service.ended;
    if (signal === "SIGKILL" || code === 0) return false;
    throw new Error(`replica ${number} did not start: ${signal ?? code} ${service.complaints()}`);
  }

  const replica: Replica & { remove(): void } = {
    number,
    lives,
    address: () => address,
    process: () => current,
    start,
    async end(signal) {
      const life = lives.at(-1) ?? null;
      // A kill takes the address with it at once, so that nobody is sent to it any more.
      if (signal === "SIGKILL") address = null;
      const service = current;
      service?.kill(signal);
      await service?.ended;
      return life;
    },
    signal: (signal) => current?.kill(signal),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  return replica;
}

function newLife(replica: number, life: number): Life {
  return {
    replica,
    life,
    pid: 0,
    startedAt: Date.now(),
    readyAt: null,
    endedAt: null,
    signal: null,
    code: null,
  };
}
