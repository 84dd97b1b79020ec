import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { type Built, buildService, type Patch, sources } from "../build.ts";
import { POISON } from "./poison.ts";

const ROOT = join(import.meta.dirname, "../../..");

/** The service, or what stands for it, and what is loaded before it so that it can crash at a given step. */
export type Crashable = { program: Built; preload: string; remove(): void };

/** The whole service knows no poison, so it is given some. */
const POISONOUS: Patch = {
  file: "src/service.ts",
  from: "respond: (heard) => live.now().respond(heard),",
  to: `respond: async (heard) => {
      if (heard.text.includes(${JSON.stringify(POISON)})) throw new Error("poison");
      return live.now().respond(heard);
    },`,
};

/** Builds the runner, which starts quickly, or the whole service; either with these mistakes in it. */
export async function buildCrashable(
  subject: "runner" | "service",
  mistakes: readonly Patch[] = [],
): Promise<Crashable> {
  // Below node_modules, so that the packages are found from there.
  const folder = mkdtempSync(join(ROOT, "node_modules/.cau-noi-crash-"));
  await build({
    absWorkingDir: ROOT,
    entryPoints: ["preload", "runner"].map((name) => `scripts/faults/crash/${name}.ts`),
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    format: "esm",
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    logLevel: "error",
    plugins: [sources(mistakes, new Set())],
  });
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const runner = { main: join(folder, "runner.mjs"), remove };
  const program = subject === "runner" ? runner : await buildService([POISONOUS, ...mistakes]);
  return {
    program,
    preload: join(folder, "preload.mjs"),
    remove() {
      program.remove();
      remove();
    },
  };
}
