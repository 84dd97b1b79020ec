import type { Context, MiddlewareHandler } from "hono";

type Refuse = (c: Context) => Response | Promise<Response>;

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(?=:|$)/;

/** Lets a request through when our own pages made it, or no browser at all; `refuse` answers the others. */
export function sameOrigin(publicUrl: string | null, refuse: Refuse): MiddlewareHandler {
  const publicOrigin = publicUrl ? new URL(publicUrl).origin : null;

  function isOurs(origin: string, host: string): boolean {
    return origin === publicOrigin || oneLoopback(hostOf(origin)) === oneLoopback(host);
  }

  return async (c, next) => {
    const origin = c.req.header("origin");
    const site = c.req.header("sec-fetch-site");
    const host = new URL(c.req.url).host;
    const isForeign =
      origin === undefined
        ? site !== undefined && site !== "same-origin" && site !== "none"
        : !isOurs(origin, host) || (site === "cross-site" && !LOOPBACK.test(host));
    return isForeign ? refuse(c) : next();
  };
}

/** `localhost` and `127.0.0.1` are the same machine under two names. */
function oneLoopback(host: string): string {
  return host.replace(LOOPBACK, "localhost");
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : "";
}
