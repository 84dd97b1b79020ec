import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { GivenPassage, Rephrased } from "../../src/answering/rephrase.ts";

/** What the server was asked, as it came over the wire. */
export type ModelCall = { authorization: string; body: string; question: string; passages: GivenPassage[] };

/** How the server answers: with sentences, with any text, or with a fault of the network. */
export type Behaviour =
  | { kind: "sentences"; write: (call: ModelCall) => Rephrased[] }
  | { kind: "text"; text: string }
  | { kind: "status"; status: number }
  | { kind: "slow"; ms: number; write: (call: ModelCall) => Rephrased[] }
  | { kind: "hang" }
  | { kind: "drip" }
  | { kind: "cut off" }
  | { kind: "reset" };

export type FakeModel = Awaited<ReturnType<typeof startFakeModel>>;

/** Says the passages again as they are, sentence by sentence: the model that does its work. */
export const faithful: Behaviour = {
  kind: "sentences",
  write: ({ passages }) =>
    passages.flatMap(({ id, text }) =>
      text
        .split("\n")
        .slice(0, 6)
        .map((line) => ({ text: line, cites: [id] })),
    ),
};

/** A chat server on loopback that speaks as OpenAI's does and behaves as it is told. */
export async function startFakeModel() {
  const calls: ModelCall[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let behaviour: Behaviour = faithful;
  const server = createServer(
    (request, response) => void serve(request, response).catch(() => response.destroy()),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray()).toString();
    const call = { authorization: request.headers.authorization ?? "", body, ...dataIn(body) };
    calls.push(call);
    await answer(call, response);
  }

  async function answer(call: ModelCall, response: ServerResponse): Promise<void> {
    if (behaviour.kind === "hang") return;
    if (behaviour.kind === "reset") return void response.socket?.resetAndDestroy();
    if (behaviour.kind === "status") {
      const error = { message: "no", type: "server_error", code: null };
      return void response.writeHead(behaviour.status, JSON_TYPE).end(JSON.stringify({ error }));
    }
    if (behaviour.kind === "text") return send(response, behaviour.text);
    if (behaviour.kind === "drip") return drip(response);
    if (behaviour.kind === "cut off")
      return void response.writeHead(200, JSON_TYPE).write('{"choices":[{"mess', () => response.destroy());
    if (behaviour.kind === "slow") await wait(behaviour.ms);
    send(response, JSON.stringify({ sentences: behaviour.write(call) }));
  }

  /** One space after another keeps the connection busy without ever saying anything. */
  function drip(response: ServerResponse): void {
    response.writeHead(200, JSON_TYPE);
    const timer = setInterval(() => response.write(" "), 100);
    timers.add(timer);
    response.on("close", () => clearInterval(timer));
  }

  function wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      timers.add(setTimeout(resolve, ms));
    });
  }

  return {
    calls,
    settings: {
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
      name: "fake-model",
      apiKey: null as string | null,
    },
    behave: (next: Behaviour) => {
      behaviour = next;
    },
    async stop(): Promise<void> {
      for (const timer of timers) clearTimeout(timer);
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const JSON_TYPE = { "content-type": "application/json" };

function send(response: ServerResponse, content: string): void {
  const choices = [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }];
  const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
  response
    .writeHead(200, JSON_TYPE)
    .end(
      JSON.stringify({ id: "1", object: "chat.completion", created: 1, model: "fake-model", choices, usage }),
    );
}

/** What the prompt holds as data. */
function dataIn(body: string): { question: string; passages: GivenPassage[] } {
  const { messages } = JSON.parse(body) as { messages: { content: string }[] };
  const user = messages.at(-1)?.content ?? "";
  return JSON.parse(user.slice(user.indexOf("{"), user.lastIndexOf("}") + 1));
}
