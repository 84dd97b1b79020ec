import { CHANNEL_NAMES } from "../../src/conversation/channel.ts";
import type { Database } from "../../src/db/database.ts";
import type { Log } from "../../src/log.ts";
import { createChatPlan } from "./chats.ts";
import { createDice } from "./dice.ts";
import { planGroups } from "./groups.ts";
import { createMembers } from "./members.ts";
import { openOffice } from "./office.ts";
import { demoOpinions } from "./opinions.ts";
import { createPast } from "./past.ts";
import { planPetitions } from "./petitions.ts";
import { createSchedule } from "./schedule.ts";
import { createAct } from "./verbs.ts";
import { dayOf } from "./working-time.ts";

export type Demo = {
  knowledgeDir: string;
  log: Log;
  /** The moment at which the example ends; everything in it lies in the months before. */
  now: Date;
  /** The account in whose name the office of the example works. */
  by: number;
};

const SEED = 692;

/**
 * Fills a database that holds no petition yet: 692 opinions on paper and by chat, in every status, questions with the answers
 * that the service gives, groups, a chat that waits for a person. Everything is done by the service's own parts.
 */
export async function fillDemo(database: Database, { knowledgeDir, log, now, by }: Demo): Promise<void> {
  const clock = { now };
  const office = await openOffice(database, knowledgeDir, log, () => dayOf(clock.now));
  const dice = createDice(SEED);
  const members = createMembers(office);
  const act = createAct(office, members, by, clock);
  const schedule = createSchedule(createPast(database, office.petitions.time), clock, now);
  const parts = { office, members, act, schedule, dice, now, by, channels: CHANNEL_NAMES };
  const opinions = demoOpinions(office.catalog.communes, SEED, dayOf(now));
  planPetitions(opinions, parts);
  await createChatPlan(knowledgeDir, parts);
  planGroups(parts);
  await schedule.play();
  clock.now = now;
  await office.petitions.refreshDues();
}
