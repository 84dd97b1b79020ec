import { createHash, randomBytes } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

const SHORTEST_SECRET = 32;
/** The system allows 103 bytes on some machines and 107 on others. */
const LONGEST_SOCKET_PATH = 103;

/** A secret of this installation, made on the first start and readable by its owner alone. */
export async function ownSecret(dataDir: string): Promise<string> {
  const path = join(dataDir, "session-secret");
  const kept = (await readFile(path, "utf8").catch(() => "")).trim();
  if (kept.length >= SHORTEST_SECRET) return kept;
  const made = randomBytes(SHORTEST_SECRET).toString("base64url");
  // Renamed into place, since a kill between creating and writing would leave an empty secret for ever.
  await writeFile(`${path}.new`, made, { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
  return made;
}

/** Where the commands on this machine find the service that runs on the same DATA_DIR. */
export function commandSocket(dataDir: string): string {
  const inside = join(resolve(dataDir), "cau-noi.sock");
  if (Buffer.byteLength(inside) <= LONGEST_SOCKET_PATH) return inside;
  return `/tmp/cau-noi-${createHash("sha256").update(inside).digest("hex").slice(0, 32)}.sock`;
}
