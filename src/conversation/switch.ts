import { CHANNEL_NAMES, type ChannelName } from "./channel.ts";

/** What staff may switch off: the automatic answering of questions everywhere, or one channel. */
export const SWITCH_NAMES = ["answers", ...CHANNEL_NAMES] as const;
export type SwitchName = "answers" | ChannelName;

/** How a switch stands; `since`, `by` and `reason` tell of its last change and are null while there was none. */
export type Switch = {
  name: SwitchName;
  isOn: boolean;
  since: Date | null;
  by: string | null;
  reason: string | null;
};

/** What waits because of a switch: of a channel the messages to be answered and sent, of the answers what was only kept. */
export type SwitchRow = Switch & { heard: number; toSend: number };

/** One change of a switch. */
export type SwitchChange = { name: SwitchName; isOn: boolean; by: string; reason: string; at: Date };
