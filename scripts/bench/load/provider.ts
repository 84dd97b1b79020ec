import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/** A Bot API on loopback that takes everything at once and tells who was written to. */
export type Provider = { apiRoot: string; token: string; stop(): Promise<void> };

const TOKEN = "7000000002:AALoadLoadLoadLoadLoadLoadLoadLoadLo";
const BOT = { id: 7_000_000_002, is_bot: true, first_name: "Cầu Nối", username: "cau_noi_bot" };

/** Starts it; `onSent` is called with the chat of every message sent, at the moment it arrives. */
export async function startProvider(onSent: (chatId: string) => void): Promise<Provider> {
  let sent = 0;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.url?.split("/").at(-1)?.toLowerCase();
    const payload = request.headers["content-length"] === "0" ? {} : await json(request).catch(() => ({}));
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ ok: true, result: resultOf(method, payload as { chat_id?: unknown }) }));
  }

  function resultOf(method: string | undefined, { chat_id }: { chat_id?: unknown }): unknown {
    if (method === "getme") return BOT;
    if (method !== "sendmessage") return true;
    onSent(String(chat_id));
    sent += 1;
    return { message_id: sent, date: 1, chat: { id: Number(chat_id), type: "private" }, text: "…" };
  }

  const server = createServer((request, response) => void serve(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    apiRoot: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: TOKEN,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
