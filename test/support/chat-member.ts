import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

export type Line = {
  id: number;
  from: "member" | "bot" | "staff";
  text: string;
  choices: string[];
  sentAt: string;
};

export type ChatMember = ReturnType<typeof createChatMember>;

/** A member at the chat page, who speaks to its two routes as the page does. */
export function createChatMember(addressOf: () => string) {
  let cookie = "";

  async function call(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { ...init.headers, ...(cookie ? { Cookie: cookie } : {}) };
    const response = await fetch(addressOf() + path, {
      signal: AbortSignal.timeout(10_000),
      ...init,
      headers,
    });
    cookie = response.headers.getSetCookie()[0]?.split(";")[0] ?? cookie;
    return response;
  }

  /** Posts a message; the id stays the same when it is posted again. */
  async function post(text: string, clientId: string = randomUUID()) {
    const headers = { "Content-Type": "application/json" };
    const body = JSON.stringify({ text, clientId });
    const response = await call("/chat/messages", { method: "POST", headers, body });
    const { id } = (await response.json()) as { id?: number };
    return { status: response.status, id: id ?? 0 };
  }

  async function lines(after = 0): Promise<Line[]> {
    const { messages } = (await (await call(`/chat/messages?after=${after}`)).json()) as { messages: Line[] };
    return messages;
  }

  /** Writes and waits for the line that answers. */
  async function say(text: string, withinMs = 20_000): Promise<Line> {
    const { id } = await post(text);
    return waitFor((line) => line.id > id && line.from === "bot", withinMs);
  }

  async function waitFor(isIt: (line: Line) => boolean, withinMs = 20_000): Promise<Line> {
    for (const end = Date.now() + withinMs; Date.now() < end; await sleep(25)) {
      const found = (await lines()).find(isIt);
      if (found) return found;
    }
    throw new Error(`no such line within ${withinMs} ms: ${JSON.stringify(await lines())}`);
  }

  return {
    /** Opens the page, which gives the chat its cookie. */
    async open(): Promise<void> {
      const { status } = await call("/chat");
      if (status !== 200) throw new Error(`the chat page answers with ${status}`);
    },
    post,
    lines,
    say,
    waitFor,
  };
}
