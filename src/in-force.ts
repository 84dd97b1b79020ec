import { randomInt } from "node:crypto";
import { setImmediate as breathe } from "node:timers/promises";
import { shorthandOf } from "./answering/assistant.ts";
import { createRespond, type Respond } from "./conversation/respond.ts";
import type { PetitionStore } from "./db/petitions.ts";
import type { Catalog } from "./knowledge/corpus.ts";
import type { Serving } from "./library/serving.ts";
import { createOfficeTime, type OfficeTime } from "./petitions/clock.ts";
import { makeCode } from "./petitions/code.ts";
import { type Triage, triageSteps } from "./petitions/triage.ts";
import { createExpand } from "./text/shorthand.ts";
import { inTurns } from "./text/steps.ts";

/** What an edition of the knowledge decides beside its answers: what the bot says, how petitions are read and when they are due. */
export type InForce = {
  respond: Respond;
  triage: Triage;
  time: OfficeTime;
  /** Takes what staff have set right since into the reading of petitions. Calls while one is under way share the next. */
  relearn(): Promise<void>;
};

/** Made once for each edition that is taken into use; corrections of staff teach the reading of petitions. */
export async function inForceFrom(serving: Serving, petitions: PetitionStore): Promise<InForce> {
  const { edition, corpus, ask, passage } = serving;
  const { topics, communes, deadlines, holidays } = corpus.catalog;
  const { triage, relearn } = await learningTriage(corpus.catalog, petitions);
  const respond = createRespond({
    edition,
    ask,
    triage,
    communes,
    topics,
    newCode: () => makeCode((n) => randomInt(n)),
    passage,
    lookUp: (code, conversationId) => petitions.lookUp(code, conversationId),
    openPetitions: (conversationId) => petitions.openOf(conversationId),
  });
  return { respond, triage, time: createOfficeTime(deadlines, holidays), relearn };
}

/** A reading of petitions that learns anew from what staff set right, whenever it is told to. */
export async function learningTriage(
  { topics, glossary, opinions }: Pick<Catalog, "topics" | "glossary" | "opinions">,
  petitions: Pick<PetitionStore, "corrections">,
): Promise<Pick<InForce, "triage" | "relearn">> {
  const expand = createExpand(shorthandOf(glossary));
  const learn = async () =>
    inTurns(triageSteps({ topics, expand, opinions, corrected: await petitions.corrections() }), breathe);
  let learned = await learn();
  let last = Promise.resolve();
  let waiting: Promise<void> | null = null;
  return {
    triage: (content) => learned(content),
    relearn() {
      waiting ??= last = last
        .catch(() => {})
        .then(async () => {
          waiting = null;
          learned = await learn();
        });
      return waiting;
    },
  };
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
