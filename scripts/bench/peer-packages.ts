import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a peer needs from the registry, pinned; peers are never dependencies of the product. */
export type Packages = Record<string, string>;

const INSTALL_PATIENCE_MS = 300_000;

/** Installs a peer's packages once per machine, in a folder of their own below the temporary one; the folder. */
export async function installPeer(packages: Packages): Promise<string> {
  const name = Object.entries(packages).map(([name, version]) => `${name}-${version}`.replace(/[@/]/g, ""));
  const folder = join(tmpdir(), "cau-noi-bench", name.join("+"));
  const done = join(folder, "installed");
  if (existsSync(done)) return folder;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const wanted = Object.entries(packages).map(([name, version]) => `${name}@${version}`);
  await npm(["install", "--prefix", folder, "--no-audit", "--no-fund", "--legacy-peer-deps", ...wanted]);
  await writeFile(done, "");
  return folder;
}

/** A module out of such a folder. */
export async function importFrom(folder: string, name: string): Promise<Record<string, unknown>> {
  return import(createRequire(join(folder, "package.json")).resolve(name));
}

function npm(args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn("npm", args, {
      stdio: ["ignore", "ignore", "pipe"],
      timeout: INSTALL_PATIENCE_MS,
      shell: process.platform === "win32",
    });
    let said = "";
    child.stderr.on("data", (chunk) => {
      said = (said + chunk).slice(-600);
    });
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve() : reject(new Error(said.trim() || `npm dừng với mã ${code}`)),
    );
  });
}
