import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { findBinaries } from "../../src/db/binaries.ts";
import { locateCluster } from "../../src/db/cluster.ts";
import { startEmbedded } from "../../src/db/embedded.ts";
import { startWatched } from "../../src/db/watchman.ts";
import { isRunning, serverPid } from "../support/processes.ts";

const log = () => {};
const onLinux = it.runIf(process.platform === "linux");

let dataDir: string;
let location: string;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "cau-noi-data-"));
  chmodSync(dataDir, 0o755);
  const server = await startEmbedded({ dataDir, log });
  location = server.location;
  await server.stop();
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

function startsDespite(pid: number): Promise<void> {
  return startsOver(`${pid}\n${location}\n0\n5432\n/tmp\n\n0 0\nready   \n`);
}

async function startsOver(note: string): Promise<void> {
  writeFileSync(join(location, "postmaster.pid"), note);
  const server = await startEmbedded({ dataDir, log });
  expect(isRunning(serverPid(location))).toBe(true);
  await server.stop();
}

it("starts when the noted number is nobody's", () => startsDespite(2 ** 22 - 1));

it("starts when the noted number belongs to another program now", () => startsDespite(process.pid));

it("starts when the note is empty", () => startsOver(""));

onLinux("starts when the noted server is dead but not yet collected", async () => {
  const parent = spawn("/bin/sh", ["-c", "true & echo $!; exec sleep 30"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const zombie = await new Promise<number>((resolve) =>
    parent.stdout.once("data", (pid) => resolve(Number(pid))),
  );
  await startsDespite(zombie);
  parent.kill();
});

onLinux("stops the noted server first when its watchman was killed", async () => {
  const server = await startEmbedded({ dataDir, log });
  const pid = serverPid(location);
  for (const each of watchmenOf(pid)) process.kill(each, "SIGKILL");
  await server.exited;
  expect(isRunning(pid)).toBe(true);
  const next = await startEmbedded({ dataDir, log });
  expect(isRunning(pid)).toBe(false);
  await next.stop();
  expect(existsSync(server.config.host ?? "")).toBe(false);
});

it("leaves somebody else's server alone and says so", async () => {
  const { folder, user } = locateCluster(dataDir);
  const postgres = join(findBinaries(user, dataDir, null).folder, "postgres");
  const foreign = startWatched(user, [
    postgres,
    "-D",
    folder,
    "-c",
    "listen_addresses=",
    "-c",
    `unix_socket_directories=${folder}`,
  ]);
  await vi.waitFor(() => expect(existsSync(join(folder, "postmaster.pid"))).toBe(true), { timeout: 5_000 });
  await expect(startEmbedded({ dataDir, log })).rejects.toThrow("Một máy chủ PostgreSQL khác");
  expect(isRunning(serverPid(folder))).toBe(true);
  await foreign.stop();
});

/** The shell that waits for the server, and before it the one that waits for us. */
function watchmenOf(server: number): number[] {
  const shell = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${server}/status`, "utf8"))?.[1]);
  const children = readFileSync(`/proc/${shell}/task/${shell}/children`, "utf8")
    .trim()
    .split(" ")
    .map(Number);
  return [...children.filter((pid) => pid !== server), shell];
}
