import { randomInt } from "node:crypto";
import type { ConsoleOptions } from "./console/desk.ts";
import type { Catalog, SortedQuestion } from "./console/office.ts";
import type { ConversationStore } from "./db/conversations.ts";
import type { Database } from "./db/database.ts";
import { InsightStore } from "./db/insights.ts";
import type { MessageStore } from "./db/messages.ts";
import { OpinionStore } from "./db/opinions.ts";
import { GroupStore } from "./db/petition-groups.ts";
import type { PetitionStore } from "./db/petitions.ts";
import { PresenceStore } from "./db/presence.ts";
import { ReportStore } from "./db/reports.ts";
import { createForwardGroup } from "./forward-group.ts";
import { createGroupDesk } from "./group-desk.ts";
import { createImportOpinions, type ImportOpinions } from "./opinions-desk.ts";
import { createPapers } from "./papers-desk.ts";
import { makeCode } from "./petitions/code.ts";
import type { Triage } from "./petitions/triage.ts";
import { createStaffDesk } from "./staff-desk.ts";

/** What the pages about petitions are made of. */
export type PetitionParts = {
  database: Database;
  petitions: PetitionStore;
  messages: MessageStore;
  conversations: ConversationStore;
  /** What is in force now: who is responsible for what, and how words are sorted. */
  inForce(): { catalog: Catalog; triage: Triage };
  /** An ISO day in Vietnam. */
  today(): string;
};

type Parts = Pick<ConsoleOptions, "petitions" | "messages" | "conversations" | "desk" | "office"> & {
  importOpinions: ImportOpinions;
};

/** More would tell the same, and each is sorted anew by what is in force. */
const QUESTIONS = 1000;

/** Wires the console's ports about petitions to the stores, the desks and the papers. */
export function consoleParts(given: PetitionParts): Parts {
  const { database, petitions, messages, conversations, inForce, today } = given;
  const groups = new GroupStore(database);
  const stores = { database, petitions, groups, messages, conversations };
  const staffDesk = createStaffDesk(database, petitions, messages, conversations);
  const forwardGroup = createForwardGroup({ groups, petitions, desk: staffDesk, inForce, today });
  const importOpinions = createImporter(given);
  return {
    petitions,
    messages,
    conversations,
    desk: Object.assign(staffDesk, createGroupDesk(stores), { forwardGroup }),
    importOpinions,
    office: {
      catalog: () => inForce().catalog,
      time: petitions.time,
      now: () => new Date(),
      groups,
      presence: new PresenceStore(database),
      insights: createInsights(new InsightStore(database), () => inForce().triage),
      papers: createPapers({
        reports: new ReportStore(database),
        groups,
        catalog: () => inForce().catalog,
        today,
      }),
      importOpinions,
    },
  };
}

function createImporter({ database, petitions, inForce, today }: PetitionParts): ImportOpinions {
  const store = new OpinionStore(database, () => makeCode((n) => randomInt(n)), petitions.time);
  return (bytes, name, options) => {
    const { catalog, triage } = inForce();
    const { topics, communes } = catalog;
    return createImportOpinions({ store, topics, communes, triage, today })(bytes, name, options);
  };
}

function createInsights(store: InsightStore, triage: () => Triage): ConsoleOptions["office"]["insights"] {
  return {
    months: (period) => store.months(period),
    questions: async (kind, period): Promise<SortedQuestion[]> => {
      const sort = triage();
      const asked = await store.questions(kind, period, QUESTIONS);
      return asked.map((question) => ({ ...question, topic: sort(question.text).topic }));
    },
  };
}
