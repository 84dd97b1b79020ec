import type { GroupStore } from "./db/petition-groups.ts";
import type { PetitionStore } from "./db/petitions.ts";
import type { Agency, Commune } from "./knowledge/catalog.ts";
import type { PetitionDesk } from "./petition-desk.ts";
import { mayBecome } from "./petitions/petition.ts";
import { type PetitionFile, PetitionMoved, PetitionRefused } from "./petitions/petition-file.ts";
import { officeOf } from "./petitions/routing.ts";

type Parts = {
  groups: GroupStore;
  petitions: PetitionStore;
  desk: Pick<PetitionDesk, "forward">;
  inForce(): { catalog: { agencies: Agency[]; communes: Commune[] } };
  /** An ISO day in Vietnam. */
  today(): string;
};

/**
 * Sends each petition of a group to an agency, one after the other, each at the office of its own place. What the rules do
 * not allow, or somebody changed meanwhile, stays where it is; a repeat sends nothing twice.
 */
export function createForwardGroup({ groups, petitions, desk, inForce, today }: Parts) {
  async function forward(petition: PetitionFile, by: number, agency: string, reason: string | undefined) {
    const place = { commune: petition.commune, day: today() };
    const to = officeOf(agency, place, inForce().catalog);
    if (!to) throw new PetitionRefused("Cơ quan này hiện không còn hoạt động.");
    await desk.forward(petition, petition.version, by, { ...to, reason });
  }

  return async (
    groupId: number,
    by: number,
    { agency, reason }: { agency: string; reason: string | undefined },
  ): Promise<{ sent: number; stayed: string[] }> => {
    const group = await groups.find(groupId);
    let sent = 0;
    const stayed: string[] = [];
    for (const { code } of group?.petitions ?? []) {
      const petition = await petitions.find(code);
      if (!petition || !mayBecome(petition.status, "forwarded")) {
        stayed.push(code);
        continue;
      }
      try {
        await forward(petition, by, agency, reason);
        sent += 1;
      } catch (error) {
        if (!(error instanceof PetitionMoved || error instanceof PetitionRefused)) throw error;
        stayed.push(code);
      }
    }
    return { sent, stayed };
  };
}
