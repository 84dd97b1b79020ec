import { randomInt } from "node:crypto";
import { chatWork } from "./chat-parts.ts";
import type { ConsoleOptions } from "./console/desk.ts";
import type { Catalog, SortedQuestion } from "./console/office.ts";
import { AuditLog } from "./db/audit-log.ts";
import type { ConversationStore } from "./db/conversations.ts";
import type { Database } from "./db/database.ts";
import { InsightStore } from "./db/insights.ts";
import type { MessageStore } from "./db/messages.ts";
import { OpinionImportStore } from "./db/opinion-imports.ts";
import { OpinionStore } from "./db/opinions.ts";
import { AttachmentStore } from "./db/petition-attachments.ts";
import { GroupStore } from "./db/petition-groups.ts";
import type { PetitionStore } from "./db/petitions.ts";
import { PresenceStore } from "./db/presence.ts";
import { ReportStore } from "./db/reports.ts";
import { StaffAccounts } from "./db/staff-accounts.ts";
import { SwitchStore } from "./db/switches.ts";
import { createForwardGroup } from "./forward-group.ts";
import { createGroupDesk } from "./group-desk.ts";
import { createOpinionImports, type OpinionImports } from "./opinion-imports.ts";
import { createImportOpinions, type ImportOpinions } from "./opinions-desk.ts";
import { createPapers } from "./papers-desk.ts";
import { makeCode } from "./petitions/code.ts";
import type { Triage } from "./petitions/triage.ts";
import { createStaffDesk } from "./staff-desk.ts";
import { topicOnce } from "./topic-once.ts";

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

type Parts = Pick<
  ConsoleOptions,
  "petitions" | "messages" | "conversations" | "desk" | "chats" | "office" | "accounts" | "audit"
> & {
  importOpinions: ImportOpinions;
  imports: OpinionImports;
};

/** More would tell the same, and each is sorted anew by what is in force. */
const QUESTIONS = 1000;

/** Wires the console's ports about petitions to the stores, the desks and the papers. */
export function consoleParts(given: PetitionParts): Parts {
  const { database, petitions, messages, conversations, inForce, today } = given;
  const groups = new GroupStore(database);
  const stores = { database, petitions, groups, messages, conversations };
  const staffDesk = createStaffDesk(database, petitions, messages, conversations);
  const forwardGroup = createForwardGroup({ database, groups, desk: staffDesk, inForce, today });
  const { importOpinions, imports } = createImports(given);
  return {
    petitions,
    messages,
    conversations,
    desk: Object.assign(staffDesk, createGroupDesk(stores), { forwardGroup }),
    chats: chatWork({
      database,
      messages,
      conversations,
      petitions,
      triage: (content) => inForce().triage(content),
      newCode: () => makeCode((n) => randomInt(n)),
    }),
    importOpinions,
    imports,
    accounts: new StaffAccounts(database),
    audit: new AuditLog(database),
    office: {
      catalog: () => inForce().catalog,
      time: petitions.time,
      now: () => new Date(),
      groups,
      attachments: new AttachmentStore(database),
      presence: new PresenceStore(database),
      switches: new SwitchStore(database),
      insights: createInsights(new InsightStore(database), () => inForce().triage),
      papers: createPapers({
        reports: new ReportStore(database),
        catalog: () => inForce().catalog,
        today,
      }),
      imports,
    },
  };
}

function createImports({ database, petitions, inForce, today }: PetitionParts) {
  const store = new OpinionStore(database, () => makeCode((n) => randomInt(n)), petitions.time);
  const rules = () => {
    const { catalog, triage } = inForce();
    return { topics: catalog.topics, communes: catalog.communes, triage, today };
  };
  const importOpinions: ImportOpinions = (...given) => createImportOpinions({ store, ...rules() })(...given);
  return {
    importOpinions,
    imports: createOpinionImports({ imports: new OpinionImportStore(database), store, rules }),
  };
}

function createInsights(store: InsightStore, triage: () => Triage): ConsoleOptions["office"]["insights"] {
  const topicOf = topicOnce();
  return {
    months: (period) => store.months(period),
    questions: async (kind, period): Promise<SortedQuestion[]> => {
      const asked = await store.questions(kind, period, QUESTIONS);
      const rules = triage();
      return asked.map((question) => ({ ...question, topic: topicOf(rules, question.text) }));
    },
  };
}
