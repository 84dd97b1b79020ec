import type { Attachment } from "./channel.ts";
import type { ConversationState } from "./state.ts";
import type { Turn } from "./turn.ts";

/** A member's message with what the bot remembers of the chat. `today` is an ISO day in Vietnam. */
export type Heard = {
  text: string;
  attachment: Attachment | null;
  conversationId: number;
  /** The message as it is stored; left out where nothing is stored. */
  messageId?: number;
  state: ConversationState;
  today: string;
  /** The instant at which automatic answers were switched off, in ISO; null or left out while they are on. */
  pausedSince?: string | null;
};

/** A Turn that only says something. */
export function say(heard: Heard, outcome: string, text: string, choices: string[] = []): Turn {
  return {
    replies: [{ text, choices }],
    state: heard.state,
    outcome,
    trace: null,
    cited: [],
    edition: null,
    petition: null,
    act: null,
    files: null,
    handOver: false,
    erase: false,
  };
}
