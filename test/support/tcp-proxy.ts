import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A port in front of a database server that can be made to swallow everything, as a broken network does. */
export type TcpGate = {
  /** From now on new connections go to the server of this URL; gives the URL that leads through the port. */
  through(databaseUrl: string): string;
  /** What is open now, and what is opened until the thaw, stays silent for ever; the server holds on to it until the thaw. */
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
};

/** A gate to one server. */
export type TcpProxy = { url: string } & Omit<TcpGate, "through">;

type Pair = { near: Socket; far: Socket; isSilent: boolean };

/** Opens a TCP port in front of the server of a database URL. */
export async function tcpProxy(databaseUrl: string): Promise<TcpProxy> {
  const gate = await openTcpGate();
  return { url: gate.through(databaseUrl), ...gate };
}

/** Opens a TCP port that leads nowhere yet. */
export async function openTcpGate(): Promise<TcpGate> {
  const pairs = new Set<Pair>();
  let target: URL | null = null;
  let isFrozen = false;
  const server = createServer((near) => {
    if (!target) return void near.destroy();
    const pair = { near, far: connectTo(target), isSilent: isFrozen };
    pairs.add(pair);
    join(pair);
    near.on("close", () => pair.isSilent || pairs.delete(pair));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    through(databaseUrl) {
      target = new URL(databaseUrl);
      return throughPort(target, (server.address() as AddressInfo).port);
    },
    freeze() {
      isFrozen = true;
      for (const pair of pairs) pair.isSilent = true;
    },
    thaw() {
      isFrozen = false;
      for (const { far, isSilent } of pairs) if (isSilent) far.destroy();
    },
    async close() {
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function join(pair: Pair): void {
  const { near, far } = pair;
  for (const [from, to] of [
    [near, far],
    [far, near],
  ] as const) {
    from.on("data", (chunk) => pair.isSilent || to.write(chunk));
    from.on("close", () => pair.isSilent || to.destroy());
    from.on("error", () => {});
  }
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
