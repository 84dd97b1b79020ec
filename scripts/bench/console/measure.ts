import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Config, readConfig } from "../../../src/config.ts";
import { newAccount } from "../../../src/console/first-account.ts";
import type { Database } from "../../../src/db/database.ts";
import { StaffStore } from "../../../src/db/staff.ts";
import { buildCorpus, type Catalog } from "../../../src/knowledge/corpus.ts";
import { readKnowledgeFiles } from "../../../src/knowledge-files.ts";
import { createLog } from "../../../src/log.ts";
import { startService } from "../../../src/service.ts";
import { withDatabase } from "../../own-database.ts";
import { type Browser, signIn } from "./browser.ts";
import { fillConsole, type Size } from "./fill.ts";
import { listPages, type Page } from "./pages.ts";

/** How long a page took, over so many requests. */
export type Timed = Page & { status: number; p50Ms: number; p95Ms: number; maxMs: number };

const WARM_UPS = 2;

/** Fills the database of a folder, unless it was filled before, and asks every list page of the service on it. */
export async function measureConsole(
  dataDir: string,
  options: Size & { requests: number; only: string },
): Promise<Timed[]> {
  const config = readConfig({ DATA_DIR: dataDir });
  const { catalog } = buildCorpus(await readKnowledgeFiles(config.knowledgeDir));
  const account = await prepare(config, catalog, options);
  const stopping = new AbortController();
  const service = await startService(config, createLog("error"), {
    signal: stopping.signal,
    withPort: false,
  });
  try {
    const browse = await signIn(service.socketPath, account);
    const timed: Timed[] = [];
    for (const page of listPages(catalog))
      if (page.name.includes(options.only)) timed.push(await time(page, browse, options.requests));
    return timed;
  } finally {
    await service.stop();
  }
}

/** A folder that was filled before must hold what is to be measured; a filling that was cut off holds less. */
async function prepare(config: Config, catalog: Catalog, size: Size) {
  const isNew = !existsSync(join(config.dataDir, "postgres"));
  return withDatabase(config, async (database) => {
    if (isNew) await fillConsole(database, catalog, size);
    else await expectSize(database, size, config.dataDir);
    const email = `do-${Date.now()}@xa.test`;
    const account = await newAccount(new StaffStore(database), { name: "Đo", email, role: "admin" });
    if (!account) throw new Error("the account exists");
    return account;
  });
}

async function expectSize({ pool }: Database, size: Size, folder: string): Promise<void> {
  const { rows } = await pool.query<Size>(
    "select (select count(*) from petitions) as petitions, (select count(*) from messages) as messages",
  );
  const found = rows[0];
  if (found?.petitions !== size.petitions || found.messages !== size.messages)
    throw new Error(
      `Thư mục ${folder} có ${found?.petitions} kiến nghị và ${found?.messages} tin nhắn, khác với số cần đo. Hãy chọn thư mục khác.`,
    );
}

async function time(page: Page, browse: Browser, requests: number): Promise<Timed> {
  for (let i = 1; i < WARM_UPS; i += 1) await browse(page.path);
  const { status } = await browse(page.path);
  const times: number[] = [];
  for (let i = 0; i < requests; i += 1) times.push((await browse(page.path)).ms);
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.ceil(share * times.length) - 1] ?? Number.NaN;
  return { ...page, status, p50Ms: at(0.5), p95Ms: at(0.95), maxMs: at(1) };
}
