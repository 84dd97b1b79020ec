import { type DestinationStream, pino } from "pino";

/** Fields that must never reach a log, at any depth that our own calls use. */
const SECRET_FIELDS = [
  "token",
  "secret",
  "password",
  "apiKey",
  "authorization",
  "cookie",
  "text",
  "contact",
  "chatId",
  "content",
];
const HIDDEN = "[ẩn]";

/**
 * The service's own log: JSON lines on standard error, so that a command's `--json` owns standard output.
 * `secrets` are hidden wherever they turn up, even in the message of somebody else's error.
 */
export function createLog(
  level: string,
  secrets: string[] = [],
  destination: DestinationStream = pino.destination({ dest: 2, sync: true }),
) {
  const paths = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths, censor: HIDDEN },
    serializers: { err: outline },
    hooks: { streamWrite: (line: string) => secrets.reduce(hide, line) },
  };
  return pino(options, destination);
}

export type Log = ReturnType<typeof createLog>;

function hide(line: string, secret: string): string {
  return line.replaceAll(JSON.stringify(secret).slice(1, -1), HIDDEN);
}

/** An error without the fields that its library hung on it, since a database's may hold a member's words. */
function outline(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  const code = "code" in error ? { code: error.code } : {};
  return { name, message, stack, ...code, ...(cause === undefined ? {} : { cause: outline(cause) }) };
}
