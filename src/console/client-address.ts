import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/**
 * The address a request came from. Only a proxy on this machine is believed about whom it speaks for, and only
 * its own word: the last entry, since whatever stands before it the client may have written himself.
 */
export function clientAddress(c: Context): string {
  const peer = (c.env as Partial<HttpBindings> | undefined)?.incoming?.socket?.remoteAddress ?? "unknown";
  const forwarded = c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim();
  return LOOPBACK.test(peer) && forwarded ? forwarded.slice(0, 64) : peer;
}
