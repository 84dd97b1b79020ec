import type { Context } from "hono";
import type { Author } from "../../knowledge/edition.ts";
import type { Signed } from "../handler.ts";

/** Whoever is signed in, as the author of a change. */
export function authorOf(c: Context<Signed>): Author & { staffId: number } {
  const { id, name } = c.var.session.staff;
  return { name, staffId: id };
}
