import type { Role } from "../staff/account.ts";

const READERS = ["viewer", "staff", "admin"] as const;
const WRITERS = ["staff", "admin"] as const;
const ANYONE = "anyone";

/** Who may call what: every route of the console stands here, or it is not mounted. */
export const ACCESS = {
  "GET /console": READERS,
  "GET /console/sign-in": ANYONE,
  "POST /console/sign-in": ANYONE,
  "POST /console/sign-out": READERS,
  "GET /console/password": READERS,
  "POST /console/password": READERS,
  "GET /console/petitions": READERS,
  "GET /console/petitions/:code": READERS,
  "POST /console/petitions/:code/answer": WRITERS,
  "GET /console/questions": READERS,
  "GET /console/chats": READERS,
  "GET /console/chats/:id": READERS,
  "POST /console/chats/:id/write": WRITERS,
  "POST /console/chats/:id/hand-back": WRITERS,
} as const satisfies Record<string, readonly Role[] | typeof ANYONE>;

export type Route = keyof typeof ACCESS;

export function isOpenToAnyone(route: Route): boolean {
  return ACCESS[route] === ANYONE;
}

export function mayCall(role: Role, route: Route): boolean {
  const allowed: readonly Role[] | typeof ANYONE = ACCESS[route];
  return allowed === ANYONE || allowed.includes(role);
}

/** Whether a role may work on petitions and chats, or only look. */
export function mayWrite(role: Role): boolean {
  return (WRITERS as readonly Role[]).includes(role);
}
