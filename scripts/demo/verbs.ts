import type { PetitionFile } from "../../src/petitions/petition-file.ts";
import { route } from "../../src/petitions/routing.ts";
import type { Members } from "./members.ts";
import type { Office } from "./office.ts";
import { ANSWERS, NOTE, OTHER_OFFICE, QUESTION, REASONS, SUPPLIED, UNSATISFIED } from "./replies.ts";
import type { Verb } from "./stories.ts";

const MORE_DAYS = 10;

/** Does one thing about a petition through the office's own desk, or in the member's own chat; then what is queued goes out. */
export type Act = (code: string, verb: Verb) => Promise<void>;

export function createAct(office: Office, members: Members, by: number, clock: { now: Date }): Act {
  const { desk, petitions } = office;

  async function forward(petition: PetitionFile): Promise<void> {
    const { topic, commune, version } = petition;
    const day = clock.now.toISOString().slice(0, 10);
    const to = route({ topic, commune, day }, office.catalog);
    if (to) await desk.forward(petition, version, by, { agency: to.agency, office: to.office });
  }

  /** A member with a chat says it there; of one without, staff note what he told them. */
  async function verdict(petition: PetitionFile): Promise<void> {
    const { conversationId, code, version } = petition;
    if (conversationId === null) await desk.resolve(petition, version, by, REASONS.satisfied);
    else await members.say(conversationId, `Đã thỏa đáng ${code}`);
  }

  async function byMember({ conversationId }: PetitionFile, text: string): Promise<void> {
    if (conversationId !== null) await members.say(conversationId, text);
  }

  const verbs: Record<Verb, (petition: PetitionFile) => Promise<unknown>> = {
    take: (petition) => desk.take(petition, petition.version, by),
    ask: (petition) => desk.askMember(petition, petition.version, by, QUESTION),
    supply: (petition) => byMember(petition, SUPPLIED),
    forward,
    extend: (petition) => {
      const given = { days: MORE_DAYS, reason: REASONS.extend };
      return desk.extend(petition, petition.version, by, given, clock.now);
    },
    note: (petition) => desk.note(petition, by, NOTE),
    answer: (petition) =>
      desk.answer(petition, petition.version, by, ANSWERS[petition.topic as keyof typeof ANSWERS]),
    satisfied: verdict,
    unsatisfied: (petition) => byMember(petition, `Chưa thỏa đáng ${petition.code}. ${UNSATISFIED}`),
    reopen: (petition) => desk.reopen(petition, petition.version, by, REASONS.reopen),
    notOurs: (petition) => {
      const given = { office: OTHER_OFFICE, reason: REASONS.notOurs };
      return desk.notWithinAuthority(petition, petition.version, by, given);
    },
    withdraw: (petition) => desk.withdraw(petition, petition.version, by, REASONS.withdraw),
  };

  return async (code, verb) => {
    const petition = await petitions.find(code);
    if (!petition) throw new Error(`Kiến nghị ${code} không còn.`);
    await verbs[verb](petition);
    if (petition.conversationId !== null) await office.settle();
  };
}
