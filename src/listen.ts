import { once } from "node:events";
import { chmod, rm } from "node:fs/promises";
import type { Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";

export type Listening = { address: string; close(): Promise<void> };

/** A slow reader of headers or sender of a body holds a connection no longer than this. */
const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 30_000;
const KEEP_ALIVE_MS = 5_000;
const CLOSE_PATIENCE_MS = 5_000;
const OWNER_ONLY = 0o600;

/** Serves on a port or, with `socketPath`, on a socket. `close` takes no more requests and lets those at work finish. */
export async function listen(
  app: Hono,
  at: { port: number; host: string; socketPath?: string },
): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: 5_000,
    },
  }) as Server;
  if (at.socketPath) await removeDeadSocket(at.socketPath);
  server.listen(at.socketPath ? { path: at.socketPath } : { port: at.port, host: at.host });
  await once(server, "listening").catch((error: NodeJS.ErrnoException) => {
    throw inPlainWords(error, at);
  });
  if (at.socketPath) await chmod(at.socketPath, OWNER_ONLY);
  return { address: at.socketPath ?? addressOf(server), close: () => close(server) };
}

/** A socket file outlives a process that was killed; it goes when nobody answers on it. */
async function removeDeadSocket(path: string): Promise<void> {
  const probe = connect(path);
  const isAlive = await once(probe, "connect").then(
    () => true,
    () => false,
  );
  probe.destroy();
  if (!isAlive) await rm(path, { force: true });
}

function inPlainWords(
  error: NodeJS.ErrnoException,
  at: { port: number; host: string; socketPath?: string },
): Error {
  if (at.socketPath)
    return new Error(`Không mở được socket ${at.socketPath}: ${error.message}`, { cause: error });
  const reason: Record<string, string> = {
    EADDRINUSE: `Cổng ${at.port} đang có chương trình khác dùng. Hãy tắt chương trình đó hoặc đặt PORT sang số khác.`,
    EACCES: `Không có quyền mở cổng ${at.port}. Hãy đặt PORT từ 1024 trở lên.`,
    EADDRNOTAVAIL: `Máy này không có địa chỉ ${at.host}. Hãy sửa HOST.`,
    ENOTFOUND: `Không tìm thấy địa chỉ ${at.host}. Hãy sửa HOST.`,
  };
  return new Error(reason[error.code ?? ""] ?? `Không mở được máy chủ web: ${error.message}`, {
    cause: error,
  });
}

function addressOf(server: Server): string {
  const { address, port } = server.address() as AddressInfo;
  const isEverywhere = address === "0.0.0.0" || address === "::";
  const host = isEverywhere || address === "127.0.0.1" || address === "::1" ? "localhost" : address;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** Idle connections end at once, busy ones with their answer; who still holds on after the patience is cut off. */
async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const sweeping = setInterval(() => server.closeIdleConnections(), 50);
  const impatience = setTimeout(() => server.closeAllConnections(), CLOSE_PATIENCE_MS);
  await closed;
  clearInterval(sweeping);
  clearTimeout(impatience);
}
