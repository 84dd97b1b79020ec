import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** The door of a service of several replicas: each request goes to the next one that is up, and 502 comes back when none took it. */
export type Balancer = { address: string; close(): Promise<void> };

/** Opens a port; `addresses` tells where the replicas are now. */
export async function startBalancer(addresses: () => string[]): Promise<Balancer> {
  let turn = 0;
  const server = createServer((from, to) => {
    const up = addresses();
    const next = up[turn++ % Math.max(up.length, 1)];
    if (!next) return void to.writeHead(502).end();
    forward(from, to, next);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function forward(from: IncomingMessage, to: ServerResponse, address: string): void {
  const out = request(
    new URL(from.url ?? "/", address),
    { method: from.method, headers: { ...from.headers, host: new URL(address).host } },
    (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
      answer.on("error", () => to.destroy());
    },
  );
  // Before the answer began nobody knows whether it was heard, so the sender has to try again.
  out.on("error", () => (to.headersSent ? to.destroy() : to.writeHead(502).end()));
  to.on("close", () => out.destroy());
  from.pipe(out);
}
