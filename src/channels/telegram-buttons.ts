import type { InlineKeyboardMarkup } from "grammy/types";

const MAX_DATA_BYTES = 64;

/** A button as it comes back with the message that carried it. */
export type ShownButton = { text: string; callback_data?: string | undefined };

/** One button per row, so that long Vietnamese answers stay readable on a phone. */
export function keyboardFor(choices: string[]): InlineKeyboardMarkup {
  return {
    inline_keyboard: choices.map((choice, index) => [
      { text: choice, callback_data: dataFor(choice, index) },
    ]),
  };
}

/** What the member chose: the words on the pressed button; null when only its number is left of it. */
export function choiceOf(data: string, shown: ShownButton[]): string | null {
  const pressed = shown.find((button) => button.callback_data === data);
  if (pressed) return pressed.text;
  return isNumbered(data) ? null : data;
}

function dataFor(choice: string, index: number): string {
  const fits = Buffer.byteLength(choice) <= MAX_DATA_BYTES;
  return fits && !isNumbered(choice) ? choice : `n:${index}`;
}

function isNumbered(data: string): boolean {
  return /^n:\d+$/.test(data);
}
