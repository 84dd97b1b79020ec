import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { compress } from "hono/compress";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Assets } from "./assets.ts";
import { createErrorPages } from "./console/error-page.tsx";
import type { Signed } from "./console/handler.ts";
import type { Log } from "./log.ts";
import { sameOrigin } from "./same-origin.ts";

/** Takes what a provider posts; its own answer, 2xx only after the message is stored. */
export type WebhookHandler = (
  headers: Headers,
  rawBody: Uint8Array,
) => Promise<{ status: number; retryAfter?: number }>;

export type ServerOptions = {
  log: Pick<Log, "error">;
  publicUrl: string | null;
  /** Whether messages can be taken and answered now, and if not, what is missing, in a few words each. */
  ready(): Promise<{ ok: boolean; faults: string[] }>;
  /** Prometheus text. */
  metrics?(): Promise<string>;
  assets: Assets;
  chat: Hono;
  console: Hono<Signed>;
  /** By the name of the channel, for those that take webhooks. */
  webhooks: Partial<Record<string, WebhookHandler>>;
};

const MAX_WEBHOOK_BYTES = 1024 * 1024;
const UNKNOWN = { ok: false, faults: ["không kiểm tra được"] };
const YEAR_SECONDS = 31_536_000;

/** One web server: health, metrics, the channels' webhooks, the member's chat page, the console. */
export function createServer(options: ServerOptions): Hono {
  const { log, publicUrl, assets, webhooks, metrics } = options;
  const errors = createErrorPages(assets.publish);
  const app = new Hono();

  app.use(savedOnly);
  app.use(secureHeaders(policy(publicUrl)));
  app.use(neverStored);
  app.use("/chat/messages", sameOrigin(publicUrl, errors.foreign));
  app.on("POST", "/console/*", sameOrigin(publicUrl, errors.foreign));

  app.get("/", (c) => c.redirect("/chat"));
  app.get("/healthz", (c) => c.text("ok"));
  app.get("/readyz", async (c) => {
    const { ok, faults } = await options.ready().catch(() => UNKNOWN);
    return ok ? c.json({ ready: true }) : c.json({ ready: false, faults }, 503);
  });
  if (metrics) {
    app.get("/metrics", async (c) =>
      c.body(await metrics(), 200, { "Content-Type": "text/plain; version=0.0.4; charset=utf-8" }),
    );
  }

  app.post(
    "/webhooks/:channel",
    bodyLimit({ maxSize: MAX_WEBHOOK_BYTES, onError: errors.tooLarge }),
    async (c) => {
      const name = c.req.param("channel");
      const handle = Object.hasOwn(webhooks, name) ? webhooks[name] : undefined;
      if (!handle) return errors.notFound(c);
      const { status, retryAfter } = await handle(
        c.req.raw.headers,
        new Uint8Array(await c.req.arrayBuffer()),
      );
      if (retryAfter !== undefined) c.header("Retry-After", String(retryAfter));
      return c.body(null, status as ContentfulStatusCode & 204);
    },
  );

  app.get("/assets/*", compress(), (c) => {
    const asset = assets.find(c.req.path);
    if (!asset) return errors.notFound(c);
    return c.body(asset.body, 200, {
      "Content-Type": asset.type,
      "Cache-Control": `public, max-age=${YEAR_SECONDS}, immutable`,
    });
  });

  app.route("/", options.chat);
  app.route("/", options.console);
  app.notFound(errors.notFound);
  app.onError((error, c) => {
    if (error instanceof HTTPException && error.status < 500) return errors.refused(c, error.status);
    log.error({ method: c.req.method, path: c.req.path, ...outline(error) }, "Một yêu cầu web gặp lỗi");
    return errors.broken(c);
  });
  return app;
}

/** What a page of ours may load: our own files and nothing else. A form may be posted to us alone. */
function policy(publicUrl: string | null): Parameters<typeof secureHeaders>[0] {
  return {
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", "data:"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
    xFrameOptions: "DENY",
    // With "no-referrer" a browser sends "Origin: null" with our own forms.
    referrerPolicy: "same-origin",
    strictTransportSecurity: publicUrl?.startsWith("https:") ? `max-age=${YEAR_SECONDS}` : false,
  };
}

/** A file that is sent to be saved runs nothing, should a browser open it all the same. */
async function savedOnly(c: Context, next: () => Promise<void>): Promise<void> {
  await next();
  if (c.res.headers.get("Content-Disposition")?.startsWith("attachment"))
    c.header("Content-Security-Policy", "sandbox");
}

async function neverStored(c: Context, next: () => Promise<void>): Promise<void> {
  await next();
  if (!c.res.headers.has("Cache-Control")) c.header("Cache-Control", "no-store");
}

/** An error for the log: no fields of the database's own, since those may hold a member's words. */
function outline(error: Error) {
  return { error: error.name, message: error.message, stack: error.stack };
}
