import "./plain-errors.ts";
import { createWriteStream, existsSync } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { loadConfig } from "../src/config.ts";
import { writeBackup } from "../src/db/backup.ts";
import { LEFT_OUT } from "../src/db/backup-file.ts";
import { describeBackup } from "../src/db/restore.ts";
import { commandSocket } from "../src/own-files.ts";
import { downloadLocal, isRunning } from "./local-call.ts";
import { oneFile } from "./one-file.ts";
import { withDatabaseAsIs } from "./own-database.ts";

const HELP = `Sao lưu mọi dữ liệu vào một tệp, kể cả khi dịch vụ đang chạy.

  npm run backup -- <tệp.zip>

Tệp có cả lời của bà con và họ tên cán bộ: xin cất như hồ sơ mật. Mã bí mật của Telegram, Zalo, khóa phiên (SESSION_SECRET
hay data/session-secret) và các phiên đang đăng nhập không nằm trong tệp.`;

const file = oneFile(HELP);
if (file) await backUp(file);

/** Nothing stands under the name before it is whole and on the disk. */
async function backUp(file: string): Promise<void> {
  if (existsSync(file)) throw new Error(`Đã có tệp ${file}; xin chọn tên khác.`);
  const config = loadConfig();
  const socketPath = commandSocket(config.dataDir);
  const partial = `${file}.partial`;
  const out = createWriteStream(partial, { mode: 0o600, flush: true });
  try {
    if (await isRunning(socketPath)) await downloadLocal(socketPath, "/commands/backup", out);
    else await withDatabaseAsIs(config, (database) => writeBackup(database.pool, out));
    const { at, tables } = await describeBackup(partial);
    await rename(partial, file);
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    const megabytes = ((await stat(file)).size / 1e6).toFixed(1);
    console.log(`Đã sao lưu ${tables.length} bảng, ${rows} dòng, như lúc ${at}, vào ${file} (${megabytes} MB).
Không gồm: ${LEFT_OUT.join(", ")}.`);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
