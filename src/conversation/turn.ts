import type { NewPetition } from "../petitions/petition.ts";
import type { MemberAct } from "../petitions/petition-file.ts";
import type { ConversationState } from "./state.ts";

/** One message to the member, before it is cut to his channel's length. */
export type Reply = { text: string; choices: string[] };

/** Everything that one message changes; committed in one transaction or not at all. */
export type Turn = {
  replies: Reply[];
  state: ConversationState;
  /** From the vocabulary of outcomes, stored with the message: answered, unanswered_…, petition, command_…, intake_… */
  outcome: string;
  /** How the answer came about, for staff; null when no answer was sought. */
  trace: unknown;
  /** Ids of the clauses that the replies tell. */
  cited: string[];
  /** The edition of the knowledge that answered; null where none is published, as in a trial. */
  edition: number | null;
  petition: NewPetition | null;
  /** What the member does to a petition that he sent earlier: gives what was asked, is satisfied, is not, or takes it back. */
  act: MemberAct | null;
  /** Messages of the member whose photos and documents go with a petition of his. */
  files: { code: string; messages: number[] } | null;
  /** The conversation goes to people; the bot is silent until they hand it back. */
  handOver: boolean;
  /** What identifies the member is deleted with this turn. */
  erase: boolean;
};
