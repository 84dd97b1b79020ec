import "./plain-errors.ts";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { z } from "zod";
import { readConfig } from "../src/config.ts";
import { newAccount } from "../src/console/first-account.ts";
import { openDatabase } from "../src/db/database.ts";
import { migrate } from "../src/db/migrate.ts";
import { StaffStore } from "../src/db/staff.ts";

const HELP = `Thêm tài khoản làm việc trên trang của cán bộ, in mật khẩu dùng được trong 24 giờ.

  npm run create-staff -- --name "Nguyễn Thị Hạnh" --email hanh@xa.vn --role staff

  --name    tên hiện trên trang và trong quá trình xử lý kiến nghị
  --email   dùng để đăng nhập
  --role    viewer (chỉ xem), staff (trả lời) hoặc admin (quản trị)`;

const Account = z.object({
  name: z
    .string("thiếu --name")
    .trim()
    .min(1, "--name không được trống")
    .max(100, "--name dài quá 100 ký tự"),
  email: z
    .email("--email phải là một địa chỉ thư điện tử")
    .max(254, "--email dài quá 254 ký tự")
    .toLowerCase(),
  role: z.enum(["viewer", "staff", "admin"], "--role phải là viewer, staff hoặc admin"),
});

const { values } = readOptions();
if (values.help) {
  console.log(HELP);
} else {
  const account = Account.safeParse(values);
  if (!account.success) refuseUsage(account.error.issues.map(({ message }) => message));
  await create(account.data).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  });
}

async function create(account: z.infer<typeof Account>): Promise<void> {
  loadDotEnv();
  const { databaseUrl, dataDir } = readConfig(process.env);
  const database = await openDatabase({
    ...(databaseUrl ? { url: databaseUrl } : {}),
    dataDir,
    log: () => {},
  });
  try {
    await migrate(database.pool, fileURLToPath(new URL("../src/db/migrations/", import.meta.url)));
    const printed = await newAccount(new StaffStore(database), account);
    if (!printed) throw new Error(`Đã có tài khoản dùng ${account.email}.`);
    console.log(`Đã thêm tài khoản (mật khẩu chỉ in ra lần này, dùng được trong 24 giờ):
  thư điện tử:  ${printed.email}
  mật khẩu:     ${printed.password}`);
  } finally {
    await database.close();
  }
}

/** Without a .env file, the environment and the defaults are enough. */
function loadDotEnv(): void {
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

function readOptions() {
  const text = { type: "string" } as const;
  try {
    return parseArgs({ options: { name: text, email: text, role: text, help: { type: "boolean" } } });
  } catch {
    return refuseUsage(["Không hiểu các tùy chọn đã cho."]);
  }
}

function refuseUsage(faults: string[]): never {
  console.error(`${faults.join("\n")}\n\n${HELP}`);
  process.exit(2);
}
