import { Worker } from "node:worker_threads";
import { OUTPUT } from "./child-messages.ts";

/** Plain JavaScript, since a thread would need a second to load our TypeScript loader. */
const WATCH = `
const { writeSync } = require("node:fs");
const { workerData } = require("node:worker_threads");
const end = () => process.kill(process.pid, "SIGKILL");
setInterval(() => {
  if (process.ppid !== workerData.parent) end();
  if (process.memoryUsage.rss() <= workerData.rssBytes) return;
  try { writeSync(workerData.output, '\\n{"stopped":"memory"}\\n'); } catch {}
  end();
}, 40);
`;

/**
 * Ends this process when its parent is gone or its memory is used up. A thread of its own, since a parser in a loop never
 * comes back to the event loop, where a signal of the parent's end would be heard.
 */
export function startWatchdog(rssBytes: number): void {
  const workerData = { parent: process.ppid, rssBytes, output: OUTPUT };
  new Worker(WATCH, { eval: true, execArgv: [], workerData }).unref();
}
