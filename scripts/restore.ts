import "./plain-errors.ts";
import { loadConfig } from "../src/config.ts";
import { restoreBackup } from "../src/db/restore.ts";
import { commandSocket } from "../src/own-files.ts";
import { isRunning } from "./local-call.ts";
import { oneFile } from "./one-file.ts";
import { MIGRATIONS, withDatabaseAsIs } from "./own-database.ts";

const HELP = `Khôi phục một bản sao lưu vào cơ sở dữ liệu trống: DATA_DIR mới, hoặc DATABASE_URL của một cơ sở dữ liệu mới.

  npm run restore -- <tệp.zip>

Khôi phục trọn vẹn hoặc không gì cả. Sau đó đặt lại các mã bí mật trong .env (Zalo OA cần ZALO_OA_REFRESH_TOKEN mới) và
npm start. Câu hỏi còn dở lúc sao lưu được trả lời tiếp; tin trả lời đang gửi dở thì cán bộ xem lại rồi bấm gửi.`;

const file = oneFile(HELP);
if (file) await restore(file);

async function restore(file: string): Promise<void> {
  const config = loadConfig();
  if (await isRunning(commandSocket(config.dataDir)))
    throw new Error("Dịch vụ đang chạy trên DATA_DIR này; xin dừng nó hoặc chọn DATA_DIR mới.");
  const { manifest, unsure } = await withDatabaseAsIs(config, ({ pool }) =>
    restoreBackup(pool, MIGRATIONS, file),
  );
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  console.log(`Đã khôi phục ${manifest.tables.length} bảng, ${rows} dòng, như lúc ${manifest.at}.`);
  if (unsure > 0)
    console.log(`${unsure} tin đang gửi lúc sao lưu: xem ở mục tin chưa đến nơi của trang cán bộ.`);
}
