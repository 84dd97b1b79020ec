import { parseArgs } from "node:util";

const HELP = `Mở một bản mẫu đã có sẵn dữ liệu: thành viên, cuộc trò chuyện, 692 ý kiến (262 đồng thuận) và việc cán bộ đã làm.

  npm run demo [-- --fresh]

  --fresh  bỏ bản mẫu cũ và làm lại từ đầu, tính tới hôm nay

Bản mẫu nằm ở ./data-demo (đổi bằng DATA_DIR), không đụng tới ./data. Lần đầu làm dữ liệu mất chừng nửa phút; các lần sau
mở lại bản đang có với những gì đã làm thêm. Cổng: PORT (mặc định 3000). Không gửi gì ra mạng: mọi khóa của Telegram, Zalo
và mô hình ngôn ngữ trong .env đều bị bỏ qua. Mật khẩu in ra được làm mới ở mỗi lần mở. Dừng: Ctrl+C.`;

process.env.TZ = "Asia/Ho_Chi_Minh";

const options = readOptions();
if (options.help) console.log(HELP);
else {
  const { openDemo } = await import("./demo/open.ts");
  await openDemo({ isFresh: options.fresh === true }).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  });
}

function readOptions(): { help?: boolean; fresh?: boolean } {
  try {
    return parseArgs({ options: { help: { type: "boolean" }, fresh: { type: "boolean" } } }).values;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    return process.exit(2);
  }
}
