/** A message with these words makes its handling throw, each time. */
export const POISON = "[không xử lý được]";
