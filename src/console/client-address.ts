import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";

/** This machine, or one beside it on a network that does not reach the outside. */
const NEAR = /^(::ffff:)?(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|^::1$|^f[cd]/i;

/**
 * The address a request came from. Only a proxy near us is believed about whom it speaks for, and only its own
 * word: the last entry, since whatever stands before it the client may have written himself.
 */
export function clientAddress(c: Context): string {
  const peer = (c.env as Partial<HttpBindings> | undefined)?.incoming?.socket?.remoteAddress ?? "unknown";
  const forwarded = c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim();
  return NEAR.test(peer) && forwarded ? forwarded.slice(0, 64) : peer;
}
