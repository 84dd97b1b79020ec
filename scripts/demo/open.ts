import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Config, loadConfig } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";
import { startService } from "../../src/service.ts";
import { withDatabase } from "../own-database.ts";
import { type DemoAccount, demoAccounts } from "./accounts.ts";
import { fillDemo } from "./fill.ts";

const FOLDER = "./data-demo";
/** Stands in the folder of an example, and tells whether its filling came to its end. */
const MARK = "demo.json";

/** Opens the example, which is made first where there is none, and serves it until it is stopped. */
export async function openDemo({ isFresh }: { isFresh: boolean }): Promise<void> {
  const stopping = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stopping.abort());
  const config = demoConfig();
  const accounts = await prepare(config, isFresh);
  if (stopping.signal.aborted) return;
  const service = await startService(config, createLog("warn"), { signal: stopping.signal });
  announce(service.address ?? "", accounts);
  if (!stopping.signal.aborted)
    await new Promise((resolve) => stopping.signal.addEventListener("abort", resolve, { once: true }));
  await service.stop();
}

/** Nothing of the outside is configured, whatever .env says, so nothing can be sent to anybody. */
function demoConfig(): Config {
  process.env.DATA_DIR ??= FOLDER;
  const outside = { telegram: null, zaloBot: null, zaloOa: null, model: null, embeddings: null };
  return { ...loadConfig(), ...outside, databaseUrl: null, publicUrl: null };
}

async function prepare(config: Config, isFresh: boolean): Promise<DemoAccount[]> {
  const state = await stateOf(config.dataDir);
  if (state === "foreign")
    throw new Error(
      `Thư mục ${config.dataDir} có dữ liệu không phải của bản mẫu nên không dùng. Hãy đặt DATA_DIR là một thư mục trống.`,
    );
  const mark = (filled: boolean) => writeFile(join(config.dataDir, MARK), JSON.stringify({ filled }));
  if (state === "filled" && !isFresh) return withDatabase(config, demoAccounts);
  console.log("Đang làm dữ liệu mẫu, chừng nửa phút…");
  await removeExample(config.dataDir);
  await mkdir(config.dataDir, { recursive: true });
  await mark(false);
  return withDatabase(config, async (database) => {
    const accounts = await demoAccounts(database);
    const by = accounts[0]?.id ?? 0;
    await fillDemo(database, {
      knowledgeDir: config.knowledgeDir,
      log: createLog("error"),
      now: new Date(),
      by,
    });
    await mark(true);
    return accounts;
  });
}

/** A start as root keeps the database elsewhere, and says where. */
async function removeExample(folder: string): Promise<void> {
  const elsewhere = await readFile(join(folder, "postgres-location"), "utf8").catch(() => null);
  if (elsewhere) await rm(elsewhere.trim(), { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
}

/** A folder with anything but an example in it is somebody's own. */
async function stateOf(folder: string): Promise<"empty" | "filled" | "unfinished" | "foreign"> {
  const names: string[] = await readdir(folder).catch(() => []);
  if (names.length === 0) return "empty";
  if (!names.includes(MARK)) return "foreign";
  const { filled } = JSON.parse(await readFile(join(folder, MARK), "utf8")) as { filled?: boolean };
  return filled ? "filled" : "unfinished";
}

function announce(address: string, accounts: DemoAccount[]): void {
  console.log(`
Cầu Nối, bản mẫu, đã sẵn sàng.

  Trang trò chuyện của bà con:  ${address}/chat
  Trang của cán bộ:             ${address}/console

  Tài khoản (mật khẩu của lần mở này):
${accounts.map(({ email, password, sees }) => `    ${email.padEnd(20)} ${password}   ${sees}`).join("\n")}

Dừng: Ctrl+C. Làm lại từ đầu: npm run demo -- --fresh
`);
}
