import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { overhear } from "./overheard.ts";
import { onlySettings, ROOT } from "./service-process.ts";

/** A folder that holds nothing, so that nobody's own ./data is opened. */
const NO_DATA = join(mkdtempSync(join(tmpdir(), "cau-noi-none-")), "data");

export type Run = { code: number | null; out: string; err: string };

/** Runs one of our scripts to its end, as npm would, with these settings and no others; it has no data unless a setting names some. */
export async function runScript(
  name: string,
  args: string[],
  { input = "", settings = {} }: { input?: string; settings?: Record<string, string> } = {},
): Promise<Run> {
  const child = spawn(process.execPath, ["--import", "tsx", `scripts/${name}.ts`, ...args], {
    cwd: ROOT,
    env: onlySettings({ DATA_DIR: NO_DATA, ...settings }),
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  child.stdin.end(input);
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  overhear(err);
  return { code, out, err };
}
