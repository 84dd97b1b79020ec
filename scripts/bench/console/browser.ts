import { request } from "node:http";

/** A signed-in member of staff who asks a running service through its socket. */
export type Browser = (path: string) => Promise<{ status: number; html: string; ms: number }>;

/** Signs in on the socket of a service. */
export async function signIn(
  socketPath: string,
  account: { email: string; password: string },
): Promise<Browser> {
  const body = new URLSearchParams(account).toString();
  const headers = { "Content-Type": "application/x-www-form-urlencoded", Host: "localhost" };
  const { cookie } = await ask(socketPath, "POST", "/console/sign-in", headers, body);
  if (!cookie) throw new Error("Không đăng nhập được.");
  return (path) => ask(socketPath, "GET", path, { Cookie: cookie, Host: "localhost" });
}

function ask(
  socketPath: string,
  method: "GET" | "POST",
  path: string,
  headers: Record<string, string>,
  body?: string,
): Promise<{ status: number; html: string; ms: number; cookie: string | null }> {
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, method, path: encodeURI(path), headers }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      const html = Buffer.concat(chunks).toString("utf8");
      const cookies = (response.headers["set-cookie"] ?? []).map((line) => line.split(";")[0] ?? "");
      const cookie = cookies.filter((line) => !line.endsWith("=")).join("; ") || null;
      resolve({ status: response.statusCode ?? 0, html, ms: performance.now() - begun, cookie });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
