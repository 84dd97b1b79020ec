import { existsSync } from "node:fs";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import chromium, { inflate } from "@sparticuz/chromium";
import axe, { type AxeResults } from "axe-core";
import { type Browser, type Page, chromium as playwright } from "playwright-core";
import { test } from "vitest";

/** Not the package's own list: it takes away the same-origin rule, and with it what some tests are about. */
const ARGS = [
  "--no-sandbox",
  "--no-zygote",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--font-render-hinting=none",
];

/** A test that needs the browser; the package brings it for one platform only. */
export const browserTest = test.skipIf(process.platform !== "linux" || process.arch !== "x64");

/** A real browser out of an npm package, with its own libraries and fonts: nothing need be installed on the machine. */
export async function openBrowser(): Promise<Browser> {
  const folder = await unpacked();
  return playwright.launch({
    executablePath: join(folder, "chromium"),
    args: ARGS,
    env: {
      ...process.env,
      HOME: folder,
      LD_LIBRARY_PATH: join(folder, "al2023", "lib"),
      FONTCONFIG_FILE: join(folder, "fonts.conf"),
    },
  });
}

/** Unpacking takes seconds, so it is kept; it is named only when it is whole, since two runs may unpack at once. */
async function unpacked(): Promise<string> {
  const packageFolder = dirname(
    dirname(dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium"))),
  );
  const folder = join(
    tmpdir(),
    `cau-noi-browser-${process.getuid?.() ?? 0}-${await versionOf(packageFolder)}`,
  );
  if (existsSync(folder)) return folder;
  const fresh = await mkdtemp(join(tmpdir(), "cau-noi-browser-"));
  await inFolder(fresh, async () => {
    await chromium.executablePath();
    await inflate(join(packageFolder, "bin", "al2023.tar.br"));
  });
  await writeFile(join(fresh, "fonts.conf"), fontsConf(folder));
  await rename(fresh, folder).catch(() => rm(fresh, { recursive: true }));
  return folder;
}

async function versionOf(packageFolder: string): Promise<string> {
  const { default: about } = await import(join(packageFolder, "package.json"), { with: { type: "json" } });
  return about.version;
}

/** The package unpacks to wherever the system keeps its temporary files. */
async function inFolder(folder: string, work: () => Promise<void>): Promise<void> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    await work();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

function fontsConf(folder: string): string {
  return `<?xml version="1.0"?><fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>`;
}

/** What axe finds wrong on a page, a line each; by all its rules, or by one. */
export async function accessibilityFaults(page: Page, rule?: string): Promise<string[]> {
  await page.evaluate(axe.source);
  const options = JSON.stringify(rule ? { runOnly: [rule] } : {});
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${options})`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
