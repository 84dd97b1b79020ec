import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A door to the database server that can be made to swallow everything, as a broken network does. */
export type TcpProxy = { url: string; freeze(): void; thaw(): void; close(): Promise<void> };

/** Opens a TCP port in front of the server of a database URL. */
export async function tcpProxy(databaseUrl: string): Promise<TcpProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let frozen = false;
  const server = createServer((near) => {
    const far = connectTo(target);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (chunk) => frozen || to.write(chunk));
      from.on("close", () => frozen || to.destroy());
      from.on("error", () => {});
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: throughPort(target, (server.address() as AddressInfo).port),
    freeze: () => {
      frozen = true;
    },
    thaw: () => {
      frozen = false;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function connectTo(target: URL): Socket {
  const port = target.port || "5432";
  const folder = target.searchParams.get("host");
  return folder ? connect(`${folder}/.s.PGSQL.${port}`) : connect(Number(port), target.hostname);
}

function throughPort(target: URL, port: number): string {
  const url = new URL(target);
  url.searchParams.delete("host");
  url.hostname = "127.0.0.1";
  url.port = String(port);
  return url.href;
}
