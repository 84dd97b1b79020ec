import { pino } from "pino";

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

/** The service's own log: JSON lines on standard error, so that a command's `--json` owns standard output. */
export function createLog(level: string) {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: "[ẩn]" },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}

export type Log = ReturnType<typeof createLog>;
