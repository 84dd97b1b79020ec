import type { NewPetition } from "../petitions/petition.ts";
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
  petition: NewPetition | null;
  /** The conversation goes to people; the bot is silent until they hand it back. */
  handOver: boolean;
  /** What identifies the member is deleted with this turn. */
  erase: boolean;
};
