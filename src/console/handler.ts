import type { Context } from "hono";
import type { Session } from "../staff/account.ts";

/** What a page finds when somebody is signed in; pages open to anyone must not read it. */
export type Signed = { Variables: { session: Session; tokenHash: Buffer } };

export type Handler = (c: Context<Signed>) => Response | Promise<Response>;
