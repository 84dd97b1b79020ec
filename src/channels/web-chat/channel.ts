import type { Channel } from "../../conversation/channel.ts";

/** The chat page as a channel. Its page reads the transcript itself, so a message is sent as soon as it is stored. */
export function createWebChat(): Channel {
  return {
    name: "web-chat",
    capabilities: { maxTextLength: MAX_TEXT_LENGTH, choices: "buttons" },
    start: async () => {},
    stop: async () => {},
    send: async () => ({ outcome: "sent", providerId: null }),
    fault: () => null,
  };
}

/** Characters that one message may hold, in either direction. */
export const MAX_TEXT_LENGTH = 4000;
