import { loadConfig, WrongSettings } from "./config.ts";
import { createLog } from "./log.ts";
import type { Service } from "./service.ts";

/** A stop that takes longer than this is cut off; everything acknowledged is in the database by then. */
const STOP_PATIENCE_MS = 9_500;

process.env.TZ = "Asia/Ho_Chi_Minh";

const config = readSettings();
const log = createLog(config.logLevel, config.secrets);
const stopping = new AbortController();
let service: Service | null = null;

for (const name of ["SIGTERM", "SIGINT"] as const) process.on(name, () => stop(name));
process.on("unhandledRejection", (error) => {
  // Going on deaf would be worse than a restart: every acknowledged message is stored and will be handled again.
  log.fatal({ err: error }, "lỗi không lường trước, dừng để khởi động lại");
  process.exit(1);
});

// Loaded only now, for a signal during the second that it takes would end us without a word.
const starting = import("./service.ts").then(({ startService }) =>
  startService(config, log, { signal: stopping.signal }),
);
starting.then(
  (started) => {
    service = started;
    // A password that exists must be seen, even by who stops the start.
    if (!stopping.signal.aborted || started.firstAccount) announce(started);
  },
  (error: unknown) => {
    if (stopping.signal.aborted) return;
    console.error(error instanceof Error ? error.message : String(error));
    log.debug({ err: error }, "không khởi động được");
    process.exitCode = 1;
  },
);

function stop(name: string): void {
  if (stopping.signal.aborted) return;
  log.info({ signal: name }, "đang dừng");
  stopping.abort();
  setTimeout(() => process.exit(0), STOP_PATIENCE_MS).unref();
  void starting
    .catch(() => undefined)
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

function readSettings() {
  try {
    return loadConfig();
  } catch (error) {
    if (!(error instanceof WrongSettings)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
