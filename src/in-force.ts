import { randomInt } from "node:crypto";
import { shorthandOf } from "./answering/assistant.ts";
import { createRespond, type Respond } from "./conversation/respond.ts";
import type { PetitionStore } from "./db/petitions.ts";
import type { Serving } from "./library/serving.ts";
import { createOfficeTime, type OfficeTime } from "./petitions/clock.ts";
import { makeCode } from "./petitions/code.ts";
import { createTriage, type Triage } from "./petitions/triage.ts";
import { createExpand } from "./text/shorthand.ts";

/** What an edition of the knowledge decides beside its answers: what the bot says, how petitions are read and when they are due. */
export type InForce = { respond: Respond; triage: Triage; time: OfficeTime };

/** Made once for each edition that is taken into use; corrections of staff teach the reading of petitions. */
export async function inForceFrom(serving: Serving, petitions: PetitionStore): Promise<InForce> {
  const { edition, corpus, ask, passage } = serving;
  const { glossary, topics, communes, deadlines, holidays } = corpus.catalog;
  const corrections = await petitions.corrections();
  const triage = createTriage(topics, createExpand(shorthandOf(glossary)), corrections);
  const respond = createRespond({
    edition,
    ask,
    triage,
    communes,
    topics,
    newCode: () => makeCode((n) => randomInt(n)),
    passage,
    lookUp: (code, conversationId) => petitions.lookUp(code, conversationId),
  });
  return { respond, triage, time: createOfficeTime(deadlines, holidays) };
}

/** The office's time as the edition in force has it, for what is made before there is one and outlives it. */
export function timeOf(now: () => InForce): OfficeTime {
  return {
    due: (...given) => now().time.due(...given),
    extended: (...given) => now().time.extended(...given),
    explain: (...given) => now().time.explain(...given),
    daysAt: (...given) => now().time.daysAt(...given),
  };
}
