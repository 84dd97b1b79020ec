import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";

const FOLDER = "CAU_NOI_OVERHEARD";

/** What tests write everywhere as somebody's secret or own words; none of it belongs into a log. */
const CANARIES = [
  "AAFakeFakeFakeFakeFakeFakeFakeFakeFak",
  "4021599340776518291:FakeFake",
  "AppSecretAppSecret01",
  "OaSecretKeyOaSecret1",
  "seed-refresh-token-0123456789",
  "bi-mat_0123456789",
  "0123456789abcdef0123456789abcdef",
  "0900 000 000",
  "Đường vào kho lúa của hợp tác xã hư nặng",
  "htx vay không thế chấp tối đa bao nhiêu",
  "nộp hồ sơ vay hôm 12/10 bên quỹ hợp tác xã",
];

/** Keeps what a log of any test said, so that the whole run can be searched at its end. */
export function overhear(...said: unknown[]): void {
  write("said", said.map((one) => (typeof one === "string" ? one : inspect(one, { depth: 6 }))).join(" "));
}

/** From now on this secret of a test counts too. */
export function canary(secret: string): void {
  if (secret.length >= 8) write("canaries", secret);
}

function write(name: string, line: string): void {
  const folder = process.env[FOLDER];
  if (folder) appendFileSync(join(folder, name), `${line}\n`);
}

/** Before the first test; gives what ends it, which fails the run when a log said a secret. */
export function listenToLogs(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "cau-noi-overheard-"));
  process.env[FOLDER] = folder;
  return () => {
    const said = textOf(join(folder, "said"));
    const canaries = [...CANARIES, ...textOf(join(folder, "canaries")).split("\n")].filter(Boolean);
    rmSync(folder, { recursive: true });
    const found = new Set(canaries.filter((secret) => said.includes(secret)));
    if (found.size > 0)
      throw new Error(`a log said ${found.size} secrets, the first in: ${around(said, found)}`);
    console.log(
      `\n${said.length.toLocaleString("en")} characters of logs hold none of ${canaries.length} secrets`,
    );
  };
}

function around(said: string, found: Set<string>): string {
  const [secret = ""] = found;
  const at = said.indexOf(secret);
  return said.slice(Math.max(0, at - 200), at + secret.length + 100);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
