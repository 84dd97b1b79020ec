import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";

export type Asset = { body: Uint8Array<ArrayBuffer>; type: string };

const TYPES: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** The static files of the pages. Their address carries a hash of the folder, so a browser may keep them for good. */
export function createAssets() {
  const files = new Map<string, Asset>();
  return {
    /** Reads a folder of static files and returns the address they are served under, with a slash at its end. */
    publish(folder: URL): string {
      const read = readdirSync(folder)
        .filter((name) => extname(name) in TYPES)
        .sort()
        .map((name) => ({ name, body: new Uint8Array(readFileSync(new URL(name, folder))) }));
      const hash = createHash("sha256");
      for (const { name, body } of read) hash.update(name).update(body);
      const base = `/assets/${hash.digest("base64url").slice(0, 12)}/`;
      for (const { name, body } of read) files.set(base + name, { body, type: TYPES[extname(name)] ?? "" });
      return base;
    },
    find: (path: string): Asset | null => files.get(path) ?? null,
  };
}

export type Assets = ReturnType<typeof createAssets>;
