import type { Channel } from "./conversation/channel.ts";

/** Telegram and Zalo show it for five seconds. */
const SHOWN_MS = 4_000;
/** An answer that is there sooner needs no sign, and while many are being worked out the calls are needed for replies. */
const LATE_MS = 1_000;

/**
 * Shows a member that his answer is being prepared, as long as it is: at once where nothing else is under way, else when it
 * takes long. That it cannot be shown is nobody's fault.
 */
export async function whileTyping<T>(
  channel: Pick<Channel, "typing"> | undefined,
  chatId: string,
  isQuiet: boolean,
  run: () => Promise<T>,
): Promise<T> {
  const show = () => void channel?.typing?.(chatId).catch(() => undefined);
  const showAfter = (ms: number) => {
    timer = setTimeout(() => {
      show();
      showAfter(SHOWN_MS);
    }, ms);
  };
  let timer: NodeJS.Timeout | undefined;
  if (isQuiet) show();
  showAfter(isQuiet ? SHOWN_MS : LATE_MS);
  try {
    return await run();
  } finally {
    clearTimeout(timer);
  }
}
