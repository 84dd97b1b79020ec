import { PassThrough, Readable } from "node:stream";
import { Hono } from "hono";
import { writeBackup } from "./db/backup.ts";
import type { Database } from "./db/database.ts";

/** Gives `npm run backup` everything as one file while the service goes on; a fault cuts the answer off. */
export function backupCommands({ pool }: Pick<Database, "pool">): Hono {
  const app = new Hono();
  app.get("/commands/backup", () => {
    const out = new PassThrough();
    writeBackup(pool, out).catch((error) => void out.destroy(error));
    return new Response(Readable.toWeb(out) as ReadableStream, {
      headers: { "Content-Type": "application/zip" },
    });
  });
  return app;
}
