import type { Log } from "./log.ts";
import type { Service } from "./service.ts";

/** A stop that takes longer than this is cut off; everything acknowledged is in the database by then. */
const STOP_PATIENCE_MS = 9_000;
/** A start serves nobody yet, and what it leaves half done is what a kill would leave, so its next step is not waited for long. */
const START_PATIENCE_MS = 5_000;

process.env.TZ = "Asia/Ho_Chi_Minh";

const stopping = new AbortController();
let log: Log | null = null;
let service: Service | null = null;

for (const name of ["SIGTERM", "SIGINT"] as const)
  process.removeAllListeners(name).on(name, () => stop(name));
process.on("unhandledRejection", (error) => {
  // Going on deaf would be worse than a restart: every acknowledged message is stored and will be handled again.
  log?.fatal({ err: error }, "lỗi không lường trước, dừng để khởi động lại");
  process.exit(1);
});

const starting = start();
starting.then(
  (started) => {
    service = started;
    // A password that exists must be seen, even by who stops the start.
    if (!stopping.signal.aborted || started.firstAccount) announce(started);
  },
  (error: unknown) => {
    if (stopping.signal.aborted) return;
    console.error(error instanceof Error ? error.message : String(error));
    log?.debug({ err: error }, "không khởi động được");
    process.exitCode = 1;
  },
);

/** Everything is loaded only here, for a signal during the second or two that it takes would end us without a word. */
async function start(): Promise<Service> {
  const { signal } = stopping;
  const [{ loadConfig }, { createLog }] = await Promise.all([import("./config.ts"), import("./log.ts")]);
  const config = loadConfig();
  const own = createLog(config.logLevel, config.secrets);
  log = own;
  const { startService } = await import("./service.ts");
  signal.throwIfAborted();
  return startService(config, own, { signal });
}

function stop(name: string): void {
  if (stopping.signal.aborted) return;
  log?.info({ signal: name }, "đang dừng");
  stopping.abort();
  setTimeout(() => process.exit(0), STOP_PATIENCE_MS);
  const untilStarted = setTimeout(() => process.exit(0), START_PATIENCE_MS);
  void starting
    .catch(() => undefined)
    .then(() => clearTimeout(untilStarted))
    .then(() => service?.stop())
    .then(() => process.exit(0));
}

function announce({ address, firstAccount, documents, clauses }: Service): void {
  console.log(`
Cầu Nối đã sẵn sàng (${documents} văn bản, ${clauses} điều khoản).

  Trang trò chuyện của bà con:  ${address}/chat
  Trang của cán bộ:             ${address}/console`);
  if (firstAccount) {
    console.log(`
  Lần đầu khởi động, tài khoản quản trị (mật khẩu chỉ in ra lần này, dùng được trong 24 giờ):
    thư điện tử:  ${firstAccount.email}
    mật khẩu:     ${firstAccount.password}`);
  }
  console.log("\nDừng: Ctrl+C. Cài đặt: xem .env.example.\n");
}
