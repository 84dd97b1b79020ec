import type { Staff } from "./account.ts";

type Who = Pick<Staff, "role" | "agency" | "commune">;
type Where = { agency: string | null; area: string | null };

/** Whether an account may know of a petition at all: the people of an agency know of their own only. */
export function maySee({ role, agency, commune }: Who, petition: Where): boolean {
  if (role !== "agency") return true;
  const isTheirs = agency !== null && petition.agency === agency;
  return isTheirs && (commune === null || petition.area === commune);
}

/** What narrows lists and counts to what an account may know of. */
export function sightOf({ role, agency, commune }: Who): { agency?: string; area?: string } {
  if (role !== "agency") return {};
  // No agency has this id, so an account without one sees nothing.
  return { agency: agency ?? "-", ...(commune === null ? {} : { area: commune }) };
}

/** Whether an account reads who a member is and how he is reached. */
export function maySeePerson({ role }: Pick<Staff, "role">): boolean {
  return role !== "viewer";
}
