import "./plain-errors.ts";
import { parseArgs } from "node:util";
import { z } from "zod";
import { NewStaff } from "../src/commands.ts";
import { type Config, loadConfig } from "../src/config.ts";
import { newAccount, type PrintedAccount } from "../src/console/first-account.ts";
import { StaffStore } from "../src/db/staff.ts";
import { commandSocket } from "../src/own-files.ts";
import { callLocal, isRunning } from "./local-call.ts";
import { withDatabase } from "./own-database.ts";

const HELP = `Thêm tài khoản làm việc trên trang của cán bộ, in mật khẩu dùng được trong 24 giờ.

  npm run create-staff -- --name "Nguyễn Thị Hạnh" --email hanh@xa.vn --role staff

  --name    tên hiện trên trang và trong quá trình xử lý kiến nghị
  --email   dùng để đăng nhập
  --role    viewer (chỉ xem, không thấy dữ liệu cá nhân), agency (cán bộ của một cơ quan, chỉ thấy kiến nghị
            của cơ quan mình), staff (trả lời mọi kiến nghị) hoặc admin (quản trị)
  --agency  mã của cơ quan, khi --role là agency: như trong knowledge/agencies.yaml
  --commune "xã Tân Bình": chỉ kiến nghị của xã, phường này, khi cơ quan có ở mọi xã`;

const { values } = readOptions();
if (values.help) {
  console.log(HELP);
} else {
  const account = NewStaff.safeParse(values);
  if (!account.success) refuseUsage(account.error.issues.map(({ message }) => message));
  await create(account.data).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  });
}

async function create(account: NewStaff): Promise<void> {
  const config = loadConfig();
  const socketPath = commandSocket(config.dataDir);
  const printed = (await isRunning(socketPath))
    ? await askService(socketPath, account)
    : await createAlone(config, account);
  console.log(`Đã thêm tài khoản (mật khẩu chỉ in ra lần này, dùng được trong 24 giờ):
  thư điện tử:  ${printed.email}
  mật khẩu:     ${printed.password}`);
}

/** The running service holds the database, so it adds the account. */
async function askService(socketPath: string, account: NewStaff): Promise<PrintedAccount> {
  const { status, body } = await callLocal(socketPath, "POST", "/commands/staff", { json: account });
  if (status !== 200) throw new Error(z.object({ error: z.string() }).parse(body).error);
  return z.object({ email: z.string(), password: z.string() }).parse(body);
}

function createAlone(config: Config, account: NewStaff): Promise<PrintedAccount> {
  return withDatabase(config, async (database) => {
    const printed = await newAccount(new StaffStore(database), account);
    if (!printed) throw new Error(`Đã có tài khoản dùng ${account.email}.`);
    return printed;
  });
}

function readOptions() {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      options: {
        name: text,
        email: text,
        role: text,
        agency: text,
        commune: text,
        help: { type: "boolean" },
      },
    });
  } catch {
    return refuseUsage(["Không hiểu các tùy chọn đã cho."]);
  }
}

function refuseUsage(faults: string[]): never {
  console.error(`${faults.join("\n")}\n\n${HELP}`);
  process.exit(2);
}
