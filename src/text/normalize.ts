/** Characters that are invisible or steer the direction of text, and halves of characters; they hide words from a reader. */
const INVISIBLE = /[\p{Cf}\p{Cs}\u{E0000}-\u{E007F}]/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point.
const CONTROL = /[\u0000-\u0008\u000E-\u001F\u007F-\u009F]/g;
/** Page breaks and the other line ends, as PDFs and old machines write them. */
const LINE_END = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
/** Marks that belong to no letter: stacked by the dozen they cover neighbouring lines. */
const STRAY_MARK = /[\u0300-\u036F]/g;

/** Text as it is stored and shown: NFC, no invisible or control characters, single spaces, at most one empty line. */
export function normalize(text: string): string {
  return text
    .replace(LINE_END, "\n")
    .replace(INVISIBLE, "")
    .replace(CONTROL, "")
    .normalize("NFC")
    .replace(STRAY_MARK, "")
    .normalize("NFC")
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
