import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { onlySettings, ROOT } from "./service-process.ts";

export type Run = { code: number | null; out: string; err: string };

/** Runs one of our scripts to its end, as npm would, with these settings and no others. */
export async function runScript(
  name: string,
  args: string[],
  { input = "", settings = {} }: { input?: string; settings?: Record<string, string> } = {},
): Promise<Run> {
  const child = spawn(process.execPath, ["--import", "tsx", `scripts/${name}.ts`, ...args], {
    cwd: ROOT,
    env: onlySettings(settings),
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  child.stdin.end(input);
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, err };
}
