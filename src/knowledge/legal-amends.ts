import type { Amendment } from "./document.ts";
import { DAY, isoDay } from "./legal-days.ts";
import { sentencesOf } from "./legal-effect.ts";
import { KIND, NUMBER } from "./legal-names.ts";
import type { Piece } from "./legal-structure.ts";
import { readTargets } from "./legal-targets.ts";

/** What is known of the amending document before its amendments are read. */
export type Amender = { number: string; title: string; kind: string; effective: string };

type Effect = Amendment["effect"];
/** Where a sentence stands: its own place, and the document and Điều that the headings above it amend. */
type Place = {
  article: string;
  clause: string | null;
  point: string | null;
  document: string | null;
  target: string | null;
};

/** "của Nghị định số 55/2015/NĐ-CP", "Luật Hợp tác xã số 17/2023/QH15". */
const DOCUMENT = new RegExp(
  `^\\s*(?:của |tại )?(?:các )?${KIND}(?: [^.,:;“"\\d]{1,80})? số:? ?(${NUMBER})`,
  "iu",
);
const CHANGE = /^(sửa đổi, bổ sung|sửa đổi và bổ sung|sửa đổi|thay thế|bãi bỏ|hủy bỏ|huỷ bỏ) /iu;
const SEVERAL =
  /^(?:một số (?:điều|khoản|điểm|nội dung)(?:, (?:khoản|điểm))*(?: của| tại)?|các (?:điều|khoản|điểm) (?:của|tại))(?= )/iu;
/** What may follow the clauses that a sentence names; "đoạn mở đầu", "cụm từ" and the like change only a part of them. */
const ENDS = /^\s*(?:như sau\s*)?(?:[:;.]\s*)?(?:[“"].*)?$/iu;

/**
 * The amendments that a document states outright, in its title, its headings and its sentences; whatever else it changes is left
 * to people. Each names one clause of the other document, or the whole of it, and the place here that changes it.
 */
export function readAmends(amender: Amender, pieces: Piece[]): Amendment[] {
  const amended = documentsIn(amender.title);
  const found: Amendment[] = amended.map((document) => ({
    document,
    effect: "amends",
    from: amender.effective,
  }));
  const only = amended.length === 1 ? (amended[0] ?? null) : null;
  let place: Place = { article: "", clause: null, point: null, document: only, target: null };
  for (const piece of pieces) {
    place = placeOf(piece, place, only);
    for (const [i, sentence] of sentencesOf(piece).entries()) {
      const { changes, context } = readSentence(sentence, place, amender);
      found.push(...changes);
      if (i === 0) place = { ...place, ...context };
    }
  }
  return unique(found.filter(({ document }) => document !== amender.number));
}

/** The documents that a title amends: "Sửa đổi, bổ sung một số điều của Nghị định số X [và Nghị định số Y]". */
function documentsIn(title: string): string[] {
  const match = /^(?:bộ luật |luật |pháp lệnh )?sửa đổi(?:,| và)? bổ sung (.*)$/iu.exec(title.slice(0, 1000));
  const several = SEVERAL.exec(match?.[1] ?? "");
  return several ? documentsAt((match?.[1] ?? "").slice(several[0].length)) : [];
}

const DATED = new RegExp(`^,? ?ngày ${DAY}`, "iu");
const ISSUED_BY = /^ của (?:thủ tướng chính phủ|chính phủ|quốc hội)(?!\p{L})/iu;

/** Documents named one right after another; the title of one may name others, so reading ends where a title begins. */
function documentsAt(text: string): string[] {
  const found: string[] = [];
  let rest = text;
  for (;;) {
    const match = DOCUMENT.exec(rest);
    if (!match?.[1]) return found;
    found.push(match[1]);
    rest = rest.slice(match[0].length).replace(DATED, "").replace(ISSUED_BY, "");
    const next = /^(?:,| và|, và)(?= )/u.exec(rest);
    if (!next) return found;
    rest = rest.slice(next[0].length);
  }
}

function placeOf(piece: Piece, place: Place, only: string | null): Place {
  if (piece.kind === "heading") {
    const isArticle = piece.level === "dieu";
    return {
      article: isArticle ? piece.locator : "",
      clause: null,
      point: null,
      document: only,
      target: null,
    };
  }
  if (piece.kind === "khoan") return { ...place, clause: piece.number, point: null, target: null };
  return piece.kind === "point" ? { ...place, point: piece.letter } : place;
}

type Reading = { changes: Amendment[]; context: Partial<Place> };
const NOTHING: Reading = { changes: [], context: {} };

function readSentence(text: string, place: Place, amender: Amender): Reading {
  if (place.article === "" || /(?<!\p{L})trừ(?!\p{L})/iu.test(text)) return NOTHING;
  const ended = readEnding(text, place, amender);
  if (ended.length > 0) return { changes: ended, context: {} };
  const verb = CHANGE.exec(text);
  if (!verb) return NOTHING;
  return readChange(text.slice(verb[0].length), effectOf(verb[1] ?? ""), place, amender);
}

function effectOf(verb: string): Effect {
  if (/^thay thế/iu.test(verb)) return "replaces";
  return /^(?:bãi|hủy|huỷ) bỏ/iu.test(verb) ? "annuls" : "amends";
}

/** The sentence behind its verb: clauses, a whole document, or "một số khoản của Điều 5", which only tells what follows. */
function readChange(text: string, effect: Effect, place: Place, amender: Amender): Reading {
  const several = SEVERAL.exec(text);
  if (several) return contextOf(text.slice(several[0].length).trim());
  const make = (document: string, clause?: string) => amendment(document, clause, effect, place, amender);
  const targets = readTargets(text, place.target);
  if (!targets) {
    if (effect === "amends") return NOTHING;
    return { changes: documentsAt(text).map((document) => make(document)), context: {} };
  }
  const named = DOCUMENT.exec(targets.rest)?.[1] ?? null;
  const document = named ?? (ENDS.test(targets.rest) ? place.document : null);
  if (!document) return NOTHING;
  return { changes: targets.clauses.map((clause) => make(document, clause)), context: { document } };
}

function contextOf(text: string): Reading {
  const article = /^điều (\d{1,4}[a-zđ]?)(?![\p{L}\d])/iu.exec(text);
  const document = DOCUMENT.exec(article ? text.slice(article[0].length) : text)?.[1];
  const context = { ...(article?.[1] ? { target: article[1] } : {}), ...(document ? { document } : {}) };
  return { changes: [], context };
}

const REPLACES = new RegExp(`^${KIND} này [^.;]{0,160}?thay thế(?: cho)?(?: các)?(?= ${KIND})`, "iu");
const LAPSES = new RegExp(`^${KIND} [^.;]{0,400}? hết hiệu lực(?: thi hành)?,?(?: kể)? từ ngày `, "iu");

/** "Nghị định này thay thế Nghị định số X"; "Nghị định số X … hết hiệu lực kể từ ngày Nghị định này có hiệu lực". */
function readEnding(text: string, place: Place, amender: Amender): Amendment[] {
  const replaces = REPLACES.exec(text);
  const rest = replaces ? text.slice(replaces[0].length) : "";
  if (replaces)
    return documentsAt(rest).map((document) => amendment(document, undefined, "replaces", place, amender));
  const lapses = LAPSES.exec(text);
  const document = lapses ? DOCUMENT.exec(text)?.[1] : undefined;
  if (!lapses || !document) return [];
  const when = text.slice(lapses[0].length);
  const [, day, month, year] = new RegExp(`^${DAY}`, "iu").exec(when) ?? [];
  const isOwnDay = new RegExp(`^${KIND} này (?:có|bắt đầu có) hiệu lực`, "iu").test(when);
  const from = isOwnDay ? amender.effective : isoDay(day, month, year);
  return from ? [{ ...amendment(document, undefined, "annuls", place, amender), from }] : [];
}

function amendment(
  document: string,
  clause: string | undefined,
  effect: Effect,
  { article, clause: own, point }: Place,
  { effective }: Amender,
): Amendment {
  const by = [article, own && `khoản ${own}`, point && `điểm ${point}`].filter(Boolean).join(" ");
  return { document, ...(clause ? { clause } : {}), by, effect, from: effective };
}

function unique(amendments: Amendment[]): Amendment[] {
  const seen = new Set<string>();
  return amendments.filter(({ document, clause = "", effect }) => {
    const key = `${document} ${clause} ${effect}`;
    return !seen.has(key) && seen.add(key);
  });
}
