import type { Commune, Topic } from "../knowledge/catalog.ts";
import type { TopicId } from "../knowledge/document.ts";
import { fold } from "../text/fold.ts";
import { findCommune } from "./commune.ts";
import { readDay, writeDay } from "./day.ts";
import { type Column, type Heading, readHeading } from "./opinion-columns.ts";
import { STANCES, type Stance } from "./petition.ts";
import type { Triage } from "./triage.ts";

/** An opinion that did not come through a chat. */
export type Opinion = {
  content: string;
  stance: Stance;
  topic: TopicId;
  cooperative: string | null;
  /** Kind and name of today: "xã Tân Bình". */
  commune: string | null;
  sender: string | null;
  contact: string | null;
  /** The ISO day on which it was given; null when nobody wrote it down. */
  day: string | null;
  /** Same words, same person, same day and same turn in the file: the same opinion, whatever file it comes in. */
  identity: string;
};

/** A row that cannot be taken, by its number in the spreadsheet (heading = 1), with all its faults. */
export type RefusedRow = { row: number; reason: string };

/** Reads one row after the other; null for a row without cells. */
export type OpinionReader = (cells: string[], row: number) => Opinion | RefusedRow | null;

export type OpinionRules = { topics: readonly Topic[]; communes: Commune[]; triage: Triage; today: string };

const LONGEST = { noi_dung: 10_000, hop_tac_xa: 200, nguoi_gui: 200, lien_he: 200 } as const;
const EARLIEST = "2000-01-01";

/** A reader for the rows below this heading, or why the heading cannot be used. */
export function createOpinionReader(
  headingCells: string[],
  rules: OpinionRules,
): OpinionReader | { fault: string } {
  const heading = readHeading(headingCells);
  if ("fault" in heading) return heading;
  const turns = new Map<string, number>();
  const readTopic = topicReader(rules.topics);
  const readCommune = communeReader(rules.communes);
  return (cells, row) => {
    if (cells.every((cell) => clean(cell) === "")) return null;
    const cell = (column: Column) => clean(cells[heading.at[column] ?? -1] ?? "");
    const content = cell("noi_dung");
    const stance = readStanceWord(cell("loai"));
    const topic = readTopic(cell("chu_de"));
    const commune = readCommune(cell("xa_phuong"));
    const day = readOwnDay(cell("ngay"), rules.today);
    const faults = [
      ...(content === "" ? ["thiếu nội dung"] : []),
      ...lengthFaults(heading, cell),
      ...[stance, topic, commune, day].flatMap((read) => ("fault" in read ? [read.fault] : [])),
    ];
    if (faults.length > 0 || "fault" in stance || "fault" in topic || "fault" in commune || "fault" in day)
      return { row, reason: faults.join("; ") };
    const guess = stance.value && topic.value ? null : rules.triage(content);
    const who = {
      cooperative: cell("hop_tac_xa") || null,
      commune: commune.value,
      sender: cell("nguoi_gui") || null,
      contact: cell("lien_he") || null,
    };
    return {
      content,
      stance: stance.value ?? guess?.stance ?? "kien-nghi",
      topic: topic.value ?? guess?.topic ?? "khac",
      ...who,
      day: day.value,
      identity: identityOf(content, who, day.value, turns),
    };
  };
}

/** What a cell says: without control characters, which neither the database nor a document can hold. */
function clean(cell: string): string {
  return (
    cell
      .toWellFormed()
      .normalize("NFC")
      .replace(/\r\n?/g, "\n")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken away
      .replace(/[\u0000-\u0009\u000b-\u001f\u007f\u200b\ufeff\ufffe\uffff]/g, " ")
      .trim()
  );
}

type Read<Value> = { value: Value | null } | { fault: string };

const STANCE_WORDS: Record<Stance, string[]> = {
  "kien-nghi": ["kien nghi", "de nghi", "yeu cau", "nguyen vong"],
  "phan-anh": ["phan anh", "khieu nai", "vuong mac", "kho khan"],
  "de-xuat": ["de xuat", "gop y", "hien ke"],
  "dong-thuan": ["dong thuan", "dong tinh", "dong y", "nhat tri", "ung ho", "thong nhat"],
};
const STANCE_IDS = Object.keys(STANCES) as Stance[];
const STANCE_LIST = STANCE_IDS.map((id) => `${id} (${STANCES[id]})`).join(", ");

/** "kien-nghi", "Kiến nghị" and "đồng thuận" alike. */
function readStanceWord(cell: string): Read<Stance> {
  if (cell === "") return { value: null };
  const word = wordOf(cell);
  const value = STANCE_IDS.find((id) => STANCE_WORDS[id].includes(word));
  return value ? { value } : { fault: `loai ${quote(cell)} không có, được dùng: ${STANCE_LIST}` };
}

function topicReader(topics: readonly Topic[]): (cell: string) => Read<TopicId> {
  const named = new Map<string, TopicId>();
  for (const { id, name } of topics) for (const part of name.split(",")) named.set(wordOf(part), id);
  for (const { id, name } of topics) named.set(wordOf(name), id).set(wordOf(id), id);
  const list = topics.map(({ id, name }) => `${id} (${name})`).join(", ");
  return (cell) => {
    if (cell === "") return { value: null };
    const value = named.get(wordOf(cell));
    return value ? { value } : { fault: `chu_de ${quote(cell)} không có, được dùng: ${list}` };
  };
}

/** A meeting names the same few places over and over, so each is looked up once. */
function communeReader(communes: Commune[]): (cell: string) => Read<string> {
  const list = communes.map(({ kind, name }) => `${kind} ${name}`).join(", ");
  const seen = new Map<string, Read<string>>();
  const look = (cell: string): Read<string> => {
    const commune = findCommune(cell, communes);
    if (commune) return { value: `${commune.kind} ${commune.name}` };
    return { fault: `xa_phuong ${quote(cell)} không rõ là xã, phường nào, được dùng: ${list}` };
  };
  return (cell) => {
    if (cell === "") return { value: null };
    const known = seen.get(cell) ?? look(cell);
    seen.set(cell, known);
    return known;
  };
}

function readOwnDay(cell: string, today: string): Read<string> {
  if (cell === "") return { value: null };
  const value = readDay(cell);
  if (value === null) return { fault: `ngay ${quote(cell)} không phải ngày/tháng/năm hay năm-tháng-ngày` };
  if (value > today) return { fault: `ngay ${writeDay(value)} chưa tới` };
  return value < EARLIEST ? { fault: `ngay ${writeDay(value)} quá xa` } : { value };
}

function lengthFaults(
  heading: Exclude<Heading, { fault: string }>,
  cell: (column: Column) => string,
): string[] {
  return (Object.keys(LONGEST) as (keyof typeof LONGEST)[])
    .filter((column) => heading.at[column] !== undefined && cell(column).length > LONGEST[column])
    .map((column) => `${column} dài quá ${LONGEST[column]} ký tự`);
}

function wordOf(cell: string): string {
  return fold(cell)
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

function quote(cell: string): string {
  return cell.length > 40 ? `“${cell.slice(0, 40)}…”` : `“${cell}”`;
}

/** Neither spacing nor the zero that a spreadsheet takes from a telephone number makes another opinion of it. */
function identityOf(
  content: string,
  who: Pick<Opinion, "cooperative" | "commune" | "sender" | "contact">,
  day: string | null,
  turns: Map<string, number>,
): string {
  const contact = who.contact?.replace(/[\s.]/g, "").replace(/^0+/, "") ?? null;
  const same = JSON.stringify(
    [content, who.cooperative, who.commune, who.sender, contact, day].map(
      (part) => part?.replace(/\s+/g, " ") ?? "",
    ),
  );
  const turn = (turns.get(same) ?? 0) + 1;
  turns.set(same, turn);
  return `${same}#${turn}`;
}
