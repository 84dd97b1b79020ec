import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Config } from "../src/config.ts";
import { openDatabase } from "../src/db/database.ts";
import { migrate } from "../src/db/migrate.ts";
import type { FileRow } from "../src/knowledge/gate-report.ts";
import { openLibrary } from "../src/library/open.ts";
import { libraryCommands } from "../src/library-commands.ts";
import { createLog } from "../src/log.ts";
import { commandSocket } from "../src/own-files.ts";
import { todayInVietnam } from "../src/today.ts";
import { callLocal, isRunning } from "./local-call.ts";

/** The knowledge as the commands reach it: through the service that runs on DATA_DIR, else by opening the database. */
export type LibraryCall = {
  /** The JSON answer; throws with the service's own words when it refuses. */
  get(path: string): Promise<unknown>;
  post(path: string, body: object | FormData): Promise<unknown>;
  /** The files with which this call filled a new database; null when there was knowledge already. */
  seeded: FileRow[] | null;
  /** How long it took to open the database, in seconds; 0 through a service. */
  openSeconds: number;
  close(): Promise<void>;
};

const Refused = z.object({ error: z.string() });

export async function openLibraryCall(config: Config): Promise<LibraryCall> {
  const socketPath = commandSocket(config.dataDir);
  return (await isRunning(socketPath)) ? throughService(socketPath) : alone(config);
}

function throughService(socketPath: string): LibraryCall {
  return {
    get: async (path) => unwrap(await callLocal(socketPath, "GET", path)),
    async post(path, body) {
      if (!(body instanceof FormData))
        return unwrap(await callLocal(socketPath, "POST", path, { json: body }));
      const form = new Response(body);
      return unwrap(
        await callLocal(socketPath, "POST", path, {
          bytes: new Uint8Array(await form.arrayBuffer()),
          type: form.headers.get("content-type") ?? "",
        }),
      );
    },
    seeded: null,
    openSeconds: 0,
    close: async () => {},
  };
}

async function alone(config: Config): Promise<LibraryCall> {
  const started = performance.now();
  const log = createLog(process.env.LOG_LEVEL ? config.logLevel : "error");
  const database = await openDatabase({
    url: config.databaseUrl ?? undefined,
    dataDir: config.dataDir,
    log: (message, fields) => log.info(fields ?? {}, message),
  });
  try {
    await migrate(database.pool, fileURLToPath(new URL("../src/db/migrations/", import.meta.url)));
    const openSeconds = (performance.now() - started) / 1000;
    const opened = await openLibrary({ ...config, database, log, today: todayInVietnam });
    let live: ReturnType<typeof opened.serve<object>> | null = null;
    const now = async () => {
      live ??= opened.serve(() => ({}));
      return (await live).now();
    };
    const app = libraryCommands({ ...opened, now, today: todayInVietnam });
    const call = async (path: string, init: RequestInit) => {
      const response = await app.request(path, init);
      return unwrap({ status: response.status, body: await response.json().catch(() => null) });
    };
    return {
      get: (path) => call(path, {}),
      post: (path, body) =>
        call(path, { method: "POST", body: body instanceof FormData ? body : JSON.stringify(body) }),
      seeded: opened.seeded,
      openSeconds,
      close: () => database.close(),
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

function unwrap({ status, body }: { status: number; body: unknown }): unknown {
  if (status < 400) return body;
  const refused = Refused.safeParse(body);
  throw new Error(refused.success ? refused.data.error : `Lỗi ${status}.`);
}
