import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RefusedFile } from "../../src/knowledge/document.ts";
import { LIMITS } from "../../src/reading/limits.ts";
import { readDocument } from "../../src/reading/read-document.ts";
import { type HostileFile, hostileFiles } from "../support/hostile-files.ts";

const MIB = 2 ** 20;
/** As many as may be read at once, so that none waits for its turn while its time is taken. */
const LANES = 2;

const MAKER = fileURLToPath(new URL("../support/write-hostile-files.ts", import.meta.url));

const files = hostileFiles();
const folder = mkdtempSync(join(tmpdir(), "cau-noi-hostile-"));
const times: { what: string; ms: number }[] = [];
const lag = monitorEventLoopDelay({ resolution: 10 });
const rss = { before: 0, most: 0 };

async function refusalOf(file: HostileFile): Promise<{ error: unknown; ms: number }> {
  const { name, sidecar = null, limits } = file;
  const given = { name, bytes: await readFile(join(folder, String(files.indexOf(file)))), sidecar };
  const start = performance.now();
  const error = await readDocument(given, { ...LIMITS, ...limits }).catch((reason: unknown) => reason);
  rss.most = Math.max(rss.most, process.memoryUsage.rss());
  return { error, ms: performance.now() - start };
}

describe("readDocument", () => {
  const results = new Map<HostileFile, unknown>();

  beforeAll(async () => {
    execFileSync(process.execPath, ["--import", "tsx", MAKER, folder]);
    const queue = [...files];
    const lane = async (): Promise<void> => {
      for (let file = queue.shift(); file; file = queue.shift()) {
        const { error, ms } = await refusalOf(file);
        results.set(file, error);
        times.push({ what: file.what, ms });
      }
    };
    rss.before = process.memoryUsage.rss();
    lag.enable();
    await Promise.all(Array.from({ length: LANES }, lane));
    lag.disable();
  }, 300_000);

  afterAll(() => {
    lag.disable();
    rmSync(folder, { recursive: true });
  });

  it("is tried with at least 60 different hostile files", () => {
    expect(new Set(files.map(({ name, what }) => `${name} ${what}`)).size).toBe(files.length);
    expect(files.length).toBeGreaterThanOrEqual(60);
  });

  it.each(files.map((file) => [file.what, file] as const))("refuses %s", (_, file) => {
    const error = results.get(file);
    expect(error).toBeInstanceOf(RefusedFile);
    expect((error as RefusedFile).file).toBe(file.name);
    expect((error as RefusedFile).reason).toMatch(file.reason);
    expect((error as RefusedFile).reason).toMatch(/[àáảãạăâđèéẻẽẹêìíỉĩịòóỏõọôơùúủũụưỳýỷỹỵ]/iu);
  });

  it("is done with each within 10 s, and stays responsive and small meanwhile", () => {
    const slowest = times.sort((a, b) => b.ms - a.ms)[0];
    const grown = (rss.most - rss.before) / MIB;
    const p99 = lag.percentile(99) / 1e6;
    console.info(
      `${times.length} hostile files; slowest ${slowest?.what}: ${Math.round(slowest?.ms ?? 0)} ms; lag p99 ${p99.toFixed(0)} ms; grown ${Math.round(grown)} MiB`,
    );
    expect(times).toHaveLength(files.length);
    expect(slowest?.ms).toBeLessThan(10_000);
    expect(grown).toBeLessThan(150);
    expect(p99).toBeLessThan(100);
  });
});
