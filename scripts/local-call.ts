import { type IncomingMessage, request } from "node:http";
import type { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** What the service of the same DATA_DIR answered; `body` is null when it was not JSON. */
export type LocalAnswer = { status: number; body: unknown; cookie: string | null };

/** One call to the running service through its socket; rejects when none runs. */
export function callLocal(
  socketPath: string,
  method: "GET" | "POST",
  path: string,
  { json, bytes, type, cookie }: { json?: unknown; bytes?: Uint8Array; type?: string; cookie?: string } = {},
): Promise<LocalAnswer> {
  const body = json === undefined ? bytes : JSON.stringify(json);
  const headers = {
    ...(cookie ? { Cookie: cookie } : {}),
    ...(json === undefined ? {} : { "Content-Type": "application/json" }),
    ...(type === undefined ? {} : { "Content-Type": type }),
  };
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, method, path, headers }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      resolve({
        status: response.statusCode ?? 0,
        body: parseJson(Buffer.concat(chunks).toString("utf8")),
        cookie: response.headers["set-cookie"]?.[0]?.split(";")[0] ?? null,
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Writes what the running service answers to a file; rejects when the answer was cut off. */
export async function downloadLocal(socketPath: string, path: string, out: Writable): Promise<void> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ socketPath, path }, resolve).on("error", reject).end();
  });
  if (response.statusCode !== 200) throw new Error(`Dịch vụ trả lời lỗi ${response.statusCode}.`);
  await pipeline(response, out);
}

/** Whether a service runs on this socket. */
export async function isRunning(socketPath: string): Promise<boolean> {
  return callLocal(socketPath, "GET", "/healthz").then(
    ({ status }) => status === 200,
    () => false,
  );
}
