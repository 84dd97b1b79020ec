import { fold } from "./fold.ts";
import type { Restore } from "./restore.ts";
import { type FindShort, type Written, writeOut } from "./shorthand.ts";
import { type Syllable, syllables, WORD } from "./syllables.ts";

/** A document's number ("20-NQ/TW") is one piece, and nothing in it is short for anything. */
const PIECE = new RegExp(`\\d+(?:[.,/]\\d+)*(?:[-/]\\p{L}[\\p{L}\\d]*)+|${WORD.source}`, "gu");

/** A message as it was meant: marks and slips restored, shorthand written out; what stands between the words stays. */
export type ReadMeant = (text: string) => string;

export function createReadMeant(restore: Restore, find: FindShort): ReadMeant {
  return (text) => {
    const typed = text.normalize("NFC");
    const pieces = [...typed.matchAll(PIECE)];
    const restored = restore(pieces.map(([piece]) => asWord(piece)));
    const flat = restored.flatMap((own, from) => own.map((word) => ({ ...word, from })));
    const written = writeOut(flat, find).map(({ marked, from, to }) => ({
      marked,
      from: flat[from]?.from ?? 0,
      to: lastOf(flat[to]?.from ?? 0, restored),
    }));
    return joined(typed, pieces, written);
  };
}

/** The last of the typed words that one and those behind it stand for together. */
function lastOf(from: number, restored: Syllable[][]): number {
  let last = from;
  while (restored[last + 1]?.length === 0) last++;
  return last;
}

function asWord(piece: string): Syllable {
  const [word, more] = syllables(piece);
  return word && !more ? word : { marked: piece.toLowerCase(), plain: fold(piece) };
}

/** Puts the words between what stood between the typed ones; a word that was meant as typed keeps its capitals. */
function joined(typed: string, pieces: RegExpExecArray[], written: Written[]): string {
  let text = "";
  let end = 0;
  let last = -1;
  for (const [i, { marked, from, to }] of written.entries()) {
    const piece = pieces[from] as RegExpExecArray;
    text += from === last ? " " : typed.slice(end, piece.index);
    const alone = from === to && from !== last && written[i + 1]?.from !== from;
    const isSame = alone && asWord(piece[0]).marked === marked;
    text += isSame ? piece[0] : marked;
    const until = pieces[to] as RegExpExecArray;
    end = until.index + until[0].length;
    last = from;
  }
  return text + typed.slice(end);
}
