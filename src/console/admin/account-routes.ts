import type { ConsoleOptions } from "../desk.ts";
import type { Mount } from "../mount.ts";
import type { View } from "../view.tsx";
import { auditPage } from "./audit-page.tsx";
import { staffPages } from "./staff-page.tsx";

/** The pages about who works here and what they did. */
export function mountAccounts(mount: Mount, options: ConsoleOptions, view: View): void {
  const staff = staffPages(options, view);
  mount("GET /console/staff", staff.show);
  mount("POST /console/staff", staff.create);
  mount("POST /console/staff/:id/role", staff.setRole);
  mount("POST /console/staff/:id/disable", staff.disable);
  mount("POST /console/staff/:id/enable", staff.enable);
  mount("POST /console/staff/:id/reset", staff.reset);
  mount("POST /console/staff/:id/end-sessions", staff.endSessions);
  mount("GET /console/audit", auditPage(options, view));
}
