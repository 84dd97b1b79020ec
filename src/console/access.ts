import type { Role } from "../staff/account.ts";

const EVERYONE = ["viewer", "agency", "staff", "admin"] as const;
const READERS = ["viewer", "staff", "admin"] as const;
/** The people of an agency are among them, each for the petitions of his own agency. */
const CASEWORKERS = ["agency", "staff", "admin"] as const;
const WRITERS = ["staff", "admin"] as const;
const ADMINS = ["admin"] as const;
const ANYONE = "anyone";

/** Who may call what: every route of the console stands here, or it is not mounted. */
export const ACCESS = {
  "GET /console": EVERYONE,
  "GET /console/sign-in": ANYONE,
  "POST /console/sign-in": ANYONE,
  "POST /console/sign-out": EVERYONE,
  "GET /console/password": EVERYONE,
  "POST /console/password": EVERYONE,
  "GET /console/petitions": EVERYONE,
  "GET /console/petitions/:code": EVERYONE,
  "POST /console/petitions/:code/take": WRITERS,
  "POST /console/petitions/:code/ask": CASEWORKERS,
  "POST /console/petitions/:code/forward": WRITERS,
  "POST /console/petitions/:code/not-within-authority": CASEWORKERS,
  "POST /console/petitions/:code/answer": CASEWORKERS,
  "POST /console/petitions/:code/resolve": WRITERS,
  "POST /console/petitions/:code/reopen": WRITERS,
  "POST /console/petitions/:code/withdraw": WRITERS,
  "POST /console/petitions/:code/extend": CASEWORKERS,
  "POST /console/petitions/:code/correct": WRITERS,
  "POST /console/petitions/:code/note": CASEWORKERS,
  "POST /console/petitions/:code/presence": EVERYONE,
  "GET /console/petitions/:code/attachments/:id": CASEWORKERS,
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
  "GET /console/opinions/:id": READERS,
  "POST /console/opinions/:id/resume": WRITERS,
  "GET /console/papers": READERS,
  "GET /console/papers/:name": READERS,
  "GET /console/questions": READERS,
  "GET /console/questions/:id": WRITERS,
  "POST /console/questions/:id/petition": WRITERS,
  "POST /console/questions/:id/golden": WRITERS,
  "POST /console/questions/:id/dismiss": WRITERS,
  "GET /console/questions/:id/propose": WRITERS,
  "POST /console/questions/:id/propose": WRITERS,
  "GET /console/judgements": WRITERS,
  "POST /console/judgements/adopt": ADMINS,
  "POST /console/judgements/:id/expect": WRITERS,
  "POST /console/judgements/:id/dismiss": ADMINS,
  "GET /console/chats": WRITERS,
  "GET /console/chats/all": WRITERS,
  "GET /console/chats/failed": WRITERS,
  "POST /console/chats/failed/:id/again": WRITERS,
  "POST /console/chats/failed/:id/settle": WRITERS,
  "GET /console/chats/:id": WRITERS,
  "POST /console/chats/:id/write": WRITERS,
  "POST /console/chats/:id/take-over": WRITERS,
  "POST /console/chats/:id/hand-back": WRITERS,
  "POST /console/chats/:id/judge": WRITERS,
  "GET /console/knowledge": EVERYONE,
  "POST /console/knowledge/files": ADMINS,
  "GET /console/knowledge/documents": EVERYONE,
  "GET /console/knowledge/documents/:slug": EVERYONE,
  "GET /console/knowledge/originals/:hash": WRITERS,
  "GET /console/knowledge/search": EVERYONE,
  "GET /console/knowledge/editions/:id": EVERYONE,
  "POST /console/knowledge/editions/:id/remove": ADMINS,
  "POST /console/knowledge/editions/:id/undo": ADMINS,
  "POST /console/knowledge/editions/:id/check": ADMINS,
  "POST /console/knowledge/editions/:id/publish": ADMINS,
  "POST /console/knowledge/editions/:id/drop": ADMINS,
  "POST /console/knowledge/editions/:id/roll-back": ADMINS,
  "GET /console/knowledge/publications/:id/overtaken": READERS,
  "GET /console/petitions/:code/propose": WRITERS,
  "POST /console/petitions/:code/propose": WRITERS,
  "GET /console/switches": EVERYONE,
  "POST /console/switches": ADMINS,
  "GET /console/directory": EVERYONE,
  "GET /console/directory/:name": EVERYONE,
  "POST /console/directory/:name/save": ADMINS,
  "POST /console/directory/:name/remove": ADMINS,
  "GET /console/precision": EVERYONE,
  "POST /console/precision": ADMINS,
  "GET /console/help": EVERYONE,
  "GET /console/help/:slug": EVERYONE,
  "GET /console/proposals": READERS,
  "GET /console/proposals/:id": READERS,
  "POST /console/proposals/:id/approve": ADMINS,
  "POST /console/proposals/:id/decline": ADMINS,
  "GET /console/staff": ADMINS,
  "POST /console/staff": ADMINS,
  "POST /console/staff/:id/role": ADMINS,
  "POST /console/staff/:id/disable": ADMINS,
  "POST /console/staff/:id/enable": ADMINS,
  "POST /console/staff/:id/reset": ADMINS,
  "POST /console/staff/:id/end-sessions": ADMINS,
  "GET /console/audit": ADMINS,
} as const satisfies Record<string, readonly Role[] | typeof ANYONE>;

export type Route = keyof typeof ACCESS;

export function isOpenToAnyone(route: Route): boolean {
  return ACCESS[route] === ANYONE;
}

/** Whether calling it leaves a line in the audit: every form does, but for the heartbeat of an open page and for signing in, which writes its own. */
export function isAudited(route: Route): boolean {
  return route.startsWith("POST ") && !isOpenToAnyone(route) && !route.endsWith("/presence");
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
