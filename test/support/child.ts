import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A second Node process of ours, told by the lines it prints. */
export type Child = {
  lines: string[];
  /** Resolves with the first line that starts so, printed already or still to come. */
  line(start: string): Promise<string>;
  /** Ends it as a power switch would, and waits until it is gone. */
  kill(): Promise<void>;
  exitCode(): Promise<number | null>;
};

/** Runs a TypeScript file in a process of its own. */
export function startChild(
  script: string,
  args: string[],
  options: { cwd?: string; uid?: number; gid?: number } = {},
): Child {
  const child = spawn(process.execPath, ["--import", "tsx", script, ...args], {
    ...options,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  const exited = once(child, "exit").then(([code]) => code as number | null);
  createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
  return {
    lines,
    line: (start) => waitForLine(child, lines, start),
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
    },
    exitCode: () => exited,
  };
}

async function waitForLine(child: ChildProcess, lines: string[], start: string): Promise<string> {
  for (;;) {
    const found = lines.find((line) => line.startsWith(start));
    if (found !== undefined) return found;
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`The process ended without saying "${start}": ${lines.join(" | ")}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
