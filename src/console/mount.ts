import type { Context, Hono, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { ACCESS, isAudited, isOpenToAnyone, mayCall, type Route } from "./access.ts";
import { actionOf, subjectOf } from "./actions.ts";
import type { Audit } from "./desk.ts";
import type { Handler, Signed } from "./handler.ts";
import { isTokenOf, type StaffSessions } from "./session.ts";
import type { View } from "./view.tsx";

const MAX_FORM_BYTES = 64 * 1024;
const FORM_TYPES = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i;

/** Mounts pages, each behind the guards that its line in access.ts asks for. */
export function createMount(
  app: Hono<Signed>,
  sessions: StaffSessions,
  view: View,
  audit: Pick<Audit, "during">,
) {
  const formsOnly: MiddlewareHandler<Signed> = async (c, next) =>
    FORM_TYPES.test(c.req.header("content-type") ?? "") ? next() : view.refusal(c, 415);

  const limitedTo = (maxSize: number) =>
    bodyLimit({ maxSize, onError: (c) => view.refusal(c as Context<Signed>, 413) });

  const signedIn: MiddlewareHandler<Signed> = async (c, next) => {
    const found = await sessions.read(c);
    if (!found) return c.req.method === "GET" ? c.redirect(signInAddress(c), 303) : view.refusal(c, 401);
    c.set("session", found.session);
    c.set("tokenHash", found.tokenHash);
    return next();
  };

  const fromOurForm: MiddlewareHandler<Signed> = async (c, next) =>
    isTokenOf(c.var.session, (await c.req.parseBody()).csrf) ? next() : view.refusal(c, 403);

  /** What a form does leaves one line in the audit, in the transaction of the change. */
  const audited =
    (route: Route, handler: Handler): Handler =>
    (c) => {
      const action = { by: c.var.session.staff.id, action: actionOf(route), subject: subjectOf(c) };
      return audit.during(
        action,
        async () => handler(c),
        ({ status }) => status >= 400,
      );
    };

  return function mount(route: Route, handler: Handler, { maxFormBytes = MAX_FORM_BYTES } = {}): void {
    if (!Object.hasOwn(ACCESS, route)) throw new Error(`${route} has no line in console/access.ts`);
    const [method = "", path = ""] = route.split(" ");
    const allowed: MiddlewareHandler<Signed> = async (c, next) =>
      mayCall(c.var.session.staff.role, route) ? next() : view.refusal(c, 403);
    const isForm = method === "POST";
    const guards: MiddlewareHandler<Signed>[] = [
      ...(isForm ? [formsOnly] : []),
      // Before a byte of the form is read, since only some may send a long one.
      ...(isOpenToAnyone(route) ? [] : [signedIn, allowed]),
      ...(isForm ? [limitedTo(maxFormBytes)] : []),
      ...(isForm && !isOpenToAnyone(route) ? [fromOurForm] : []),
    ];
    app.on([method], [path], ...guards, isAudited(route) ? audited(route, handler) : handler);
  };
}

export type Mount = ReturnType<typeof createMount>;

function signInAddress(c: Context): string {
  const { pathname, search } = new URL(c.req.url);
  return `/console/sign-in?next=${encodeURIComponent(pathname + search)}`;
}
