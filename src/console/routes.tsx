import { Hono } from "hono";
import { mountAccounts } from "./admin/account-routes.ts";
import { mountSettings } from "./admin/settings-routes.ts";
import { mountChats } from "./chats/routes.ts";
import type { ConsoleOptions } from "./desk.ts";
import type { Signed } from "./handler.ts";
import { helpPages } from "./help/help-page.tsx";
import { mountKnowledge } from "./knowledge/routes.ts";
import { createMount } from "./mount.ts";
import { passwordPages } from "./password-page.tsx";
import { mountPetitions } from "./petitions/routes.ts";
import { createStaffSessions } from "./session.ts";
import { signInPages } from "./sign-in.tsx";
import { createView } from "./view.tsx";

/** Every page of the console. The caller keeps forms of other origins out. */
export function consoleRoutes(options: ConsoleOptions): Hono<Signed> {
  const { staff, publicUrl, publish } = options;
  const view = createView(publish(new URL("./browser/", import.meta.url)), () =>
    options.office.switches.off(),
  );
  const sessions = createStaffSessions(staff, publicUrl);
  const app = new Hono<Signed>();
  const mount = createMount(app, sessions, view, options.audit);

  const signIn = signInPages(staff, sessions, view);
  mount("GET /console/sign-in", signIn.show);
  mount("POST /console/sign-in", signIn.submit);
  mount("POST /console/sign-out", signIn.leave);

  const password = passwordPages(staff, view);
  mount("GET /console/password", password.show);
  mount("POST /console/password", password.submit);

  mountPetitions(mount, options, view);

  mountChats(mount, options, view);

  mountKnowledge(mount, options, view);

  mountSettings(mount, options, view);
  mountAccounts(mount, options, view);

  const help = helpPages(view);
  mount("GET /console/help", help.list);
  mount("GET /console/help/:slug", help.show);

  return app;
}
