/** Telegram's own server, whose limits are known. */
export const TELEGRAM_ROOT = "https://api.telegram.org";
/** As the FAQ of bots tells them: about 30 messages a second to all, one a second to a person, 20 a minute to a group. */
export const TELEGRAM_PER_SECOND = 30;

/** Short bursts are allowed; long answers come in two or three pieces. */
const BURST = 5;
/** A little less than the limit is used over all chats, for calls that were spaced well bunch up on the way. */
const SHARE_OF_LIMIT = 0.9;
const PERSON_GAP_MS = 1_000;
/** With the burst, 20 in any minute. */
const GROUP_GAP_MS = 4_000;

/** How close together messages may go to a chat; `perSecond` is the limit over all chats. */
export function telegramPace(chatId: string, perSecond: number) {
  const isGroup = chatId.startsWith("-");
  return {
    chatGapMs: isGroup ? GROUP_GAP_MS : PERSON_GAP_MS,
    chatBurst: BURST,
    gapMs: 1000 / (perSecond * SHARE_OF_LIMIT),
  };
}
