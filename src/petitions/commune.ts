import type { Commune } from "../knowledge/catalog.ts";
import { fold } from "../text/fold.ts";
import { placeTones } from "../text/tones.ts";

type Place = { kind: string | null; name: string };

const KINDS: [written: RegExp, kind: string][] = [
  [/^(?:xa|x\.?)\s+/, "xa"],
  [/^(?:phuong|[pf]\.?)(?:\s*(?=\d)|\s+)/, "phuong"],
  [/^(?:thi tran|tt\.?)\s+/, "thi tran"],
];
/** Hamlets lie below a commune, districts and provinces above it. */
const OTHER_LEVEL = /^(?:ap|khu vuc|kv|khom|huyen|thi xa|tx|thanh pho|tp|tinh)\b/;
const BETWEEN =
  /[,;\n]|\s[-–]\s|(?<!\s)\s+(?=(?:ap|khu vuc|huyen|thi xa|thanh pho|tp|tinh|phuong|thi tran|(?<!thi )xa)\b)/;

/** The commune of today that a member means, by its name or one of its old names; null when it is not known or not clear. */
export function findCommune(text: string, communes: Commune[]): Commune | null {
  const pieces = piecesOf(text).filter((piece) => !OTHER_LEVEL.test(piece));
  const found = [...new Set(pieces.flatMap((piece) => communesNamed(piece, communes)))];
  const clear = found.length > 1 ? found.filter((commune) => isWrittenIn(text, commune)) : found;
  return clear.length === 1 ? (clear[0] ?? null) : null;
}

/** Marks tell "Bình Thạnh" and "Bình Thành" apart, where the member wrote them. */
function isWrittenIn(text: string, { name, formerly }: Commune): boolean {
  const written = placeTones(text.normalize("NFC").toLowerCase());
  return [name, ...formerly].some((one) => written.includes(placeTones(one.toLowerCase())));
}

/** Whether a text says no more than the commune's name of today. */
export function saysJust(text: string, { name, kind }: Commune): boolean {
  const piece = piecesOf(text).join(" ");
  return piece === fold(name) || piece === fold(`${kind} ${name}`);
}

/** Intake keeps the member's own words behind today's name, "xã Tân Bình (bà con ghi: ấp 3)"; they may tell his house. */
export function withoutNote(commune: string): string {
  return commune.replace(/(?<!\s)\s*\(bà con ghi:.*$/su, "");
}

/** "ấp 3, xã Tân Bình" → "ap 3", "xa tan binh". */
function piecesOf(text: string): string[] {
  return fold(text)
    .split(BETWEEN)
    .map((piece) =>
      piece
        .replace(/[^a-z0-9.]+/g, " ")
        .replace(/(?<![. ])[. ]+$/, "")
        .trim(),
    )
    .filter((piece) => piece !== "");
}

/** The whole piece is tried first, since the name "Xà Phiên" without marks begins like the word "xã". */
function communesNamed(piece: string, communes: Commune[]): Commune[] {
  const whole = communesAt({ kind: null, name: piece }, communes);
  return whole.length > 0 ? whole : communesAt(placeOf(piece), communes);
}

function placeOf(piece: string): Place {
  for (const [written, kind] of KINDS) {
    const match = written.exec(piece);
    if (match) return { kind, name: piece.slice(match[0].length) };
  }
  return { kind: null, name: piece };
}

/** Today's name counts before an old one; the kind decides between "phường Vị Thanh" of today and "xã Vị Thanh" of before. */
function communesAt(place: Place, communes: Commune[]): Commune[] {
  const named = communes.filter(({ name }) => fold(name) === place.name);
  const sameKind = named.filter(({ kind }) => place.kind === null || fold(kind) === place.kind);
  if (sameKind.length > 0) return sameKind;
  const before = communes.filter(({ formerly }) =>
    formerly.some((old) => isNamed(placeOf(fold(old)), place)),
  );
  return before.length > 0 ? before : named;
}

/** "Phường 7" needs its kind: a bare "7" may be anything. */
function isNamed(old: Place, { kind, name }: Place): boolean {
  if (kind === null && /^\d+$/.test(name)) return false;
  return old.name === name && (old.kind === null || kind === null || old.kind === kind);
}
