import type pg from "pg";
import type { Database } from "./db/database.ts";
import type { GroupStore, LockedMember } from "./db/petition-groups.ts";
import type { Agency, Commune } from "./knowledge/catalog.ts";
import type { PetitionDesk } from "./petition-desk.ts";
import type { Stayed } from "./petitions/group.ts";
import { mayBecome, STATUSES } from "./petitions/petition.ts";
import { PetitionRefused } from "./petitions/petition-file.ts";
import { officeOf } from "./petitions/routing.ts";

type Parts = {
  database: Database;
  groups: GroupStore;
  desk: Pick<PetitionDesk, "forwardIn">;
  inForce(): { catalog: { agencies: Agency[]; communes: Commune[] } };
  /** An ISO day in Vietnam. */
  today(): string;
};

/** `key` comes from the form: a double click sends once. */
export type ForwardingOfGroup = { key: string; agency: string; reason: string | undefined };

/**
 * Sends the petitions of a group to an agency in one transaction, each at the office of its own place. What the rules do not
 * allow stays, with its reason. Null when this key was sent before. Throws PetitionMoved when the group changed since `version`.
 */
export function createForwardGroup({ database, groups, desk, inForce, today }: Parts) {
  type Sending = ForwardingOfGroup & { by: number };

  /** Why the petition stays; null when it went. */
  async function forward(client: pg.PoolClient, petition: LockedMember, given: Sending) {
    if (!mayBecome(petition.status, "forwarded"))
      return `đang ở trạng thái “${STATUSES[petition.status].label}”`;
    const to = officeOf(given.agency, { commune: petition.commune, day: today() }, inForce().catalog);
    if (!to) return "cơ quan này hiện không còn hoạt động";
    try {
      await desk.forwardIn(client, petition, petition.version, given.by, { ...to, reason: given.reason });
      return null;
    } catch (error) {
      if (!(error instanceof PetitionRefused)) throw error;
      return error.message;
    }
  }

  return async (
    groupId: number,
    version: number,
    by: number,
    given: ForwardingOfGroup,
  ): Promise<{ sent: string[]; stayed: Stayed[] } | null> =>
    database.tx(async (client) => {
      const opened = await groups.openForward(client, groupId, version, { ...given, by });
      if (!opened) return null;
      const sent: string[] = [];
      const stayed: Stayed[] = [];
      for (const petition of opened.petitions) {
        const why = await forward(client, petition, { ...given, by });
        if (why === null) sent.push(petition.code);
        else stayed.push({ code: petition.code, why });
      }
      await groups.noteForward(client, opened.id, sent, stayed);
      return { sent, stayed };
    });
}
