import type { Role } from "../staff/account.ts";

const READERS = ["viewer", "staff", "admin"] as const;
const WRITERS = ["staff", "admin"] as const;
const ADMINS = ["admin"] as const;
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
  "POST /console/petitions/:code/take": WRITERS,
  "POST /console/petitions/:code/ask": WRITERS,
  "POST /console/petitions/:code/forward": WRITERS,
  "POST /console/petitions/:code/not-within-authority": WRITERS,
  "POST /console/petitions/:code/answer": WRITERS,
  "POST /console/petitions/:code/resolve": WRITERS,
  "POST /console/petitions/:code/reopen": WRITERS,
  "POST /console/petitions/:code/withdraw": WRITERS,
  "POST /console/petitions/:code/extend": WRITERS,
  "POST /console/petitions/:code/correct": WRITERS,
  "POST /console/petitions/:code/note": WRITERS,
  "POST /console/petitions/:code/presence": READERS,
  "GET /console/groups": READERS,
  "POST /console/groups": WRITERS,
  "GET /console/groups/suggestions": READERS,
  "GET /console/groups/:id": READERS,
  "POST /console/groups/:id/answer": WRITERS,
  "POST /console/groups/:id/forward": WRITERS,
  "POST /console/groups/:id/ungroup": WRITERS,
  "GET /console/opinions": READERS,
  "POST /console/opinions": WRITERS,
  "GET /console/opinions/template.csv": READERS,
  "GET /console/papers": READERS,
  "GET /console/papers/:name": READERS,
  "GET /console/questions": READERS,
  "GET /console/chats": READERS,
  "GET /console/chats/:id": READERS,
  "POST /console/chats/:id/write": WRITERS,
  "POST /console/chats/:id/hand-back": WRITERS,
  "GET /console/knowledge": READERS,
  "POST /console/knowledge/files": ADMINS,
  "GET /console/knowledge/documents": READERS,
  "GET /console/knowledge/documents/:slug": READERS,
  "GET /console/knowledge/originals/:hash": WRITERS,
  "GET /console/knowledge/search": READERS,
  "GET /console/knowledge/editions/:id": READERS,
  "POST /console/knowledge/editions/:id/remove": ADMINS,
  "POST /console/knowledge/editions/:id/undo": ADMINS,
  "POST /console/knowledge/editions/:id/check": ADMINS,
  "POST /console/knowledge/editions/:id/publish": ADMINS,
  "POST /console/knowledge/editions/:id/drop": ADMINS,
  "POST /console/knowledge/editions/:id/roll-back": ADMINS,
  "GET /console/knowledge/publications/:id/overtaken": READERS,
  "GET /console/petitions/:code/propose": WRITERS,
  "POST /console/petitions/:code/propose": WRITERS,
  "GET /console/help": READERS,
  "GET /console/help/:slug": READERS,
  "GET /console/proposals": READERS,
  "GET /console/proposals/:id": READERS,
  "POST /console/proposals/:id/approve": ADMINS,
  "POST /console/proposals/:id/decline": ADMINS,
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

/** Whether a role may change what members are answered from. */
export function mayPublish(role: Role): boolean {
  return (ADMINS as readonly Role[]).includes(role);
}
