import type { Commune } from "../../src/knowledge/catalog.ts";
import { COLUMNS, type Column } from "../../src/petitions/opinion-columns.ts";
import { createDice, type Dice, pick } from "./dice.ts";
import { PHRASES, type Phrase, SAME_WISH } from "./phrases.ts";

/** A row of an opinions file. */
export type DemoOpinion = Record<Column, string>;

const OPINIONS = 692;
const AGREEMENTS = 262;
const DAYS_BACK = 150;
const CROPS = [
  "lúa",
  "khóm",
  "mít",
  "chanh không hạt",
  "mãng cầu",
  "sầu riêng",
  "bưởi",
  "cam",
  "rau màu",
  "cá thát lát",
  "lươn",
  "dưa hấu",
];
const SEASONS = ["vụ đông xuân", "vụ hè thu", "vụ thu đông"];
const BEFORE = [
  "",
  "",
  "",
  "",
  "Dạ thưa cán bộ, ",
  "Tui xin nói thiệt: ",
  "HTX tụi tui có ý kiến: ",
  "Thay mặt bà con: ",
];
const AFTER = ["", "", "", "", " Cảm ơn cán bộ.", " Bà con trông lắm.", " Mấy hộ trong ấp cũng nói vậy."];
const AFTER_AGREEMENT = ["", "", "", " Cảm ơn cán bộ.", " Chúc cán bộ nhiều sức khỏe.", " Ai cũng vui."];

/**
 * 692 opinions, 262 of them agreement, over these communes and all topics, twenty of them with one wish in one commune;
 * the same ones for the same seed and day. `today` is an ISO day; the opinions were given in the 150 days before it.
 */
export function demoOpinions(communes: Commune[], seed: number, today: string): DemoOpinion[] {
  const dice = createDice(seed);
  const agreements = PHRASES.filter(({ stance }) => stance === "dong-thuan");
  const others = PHRASES.filter(({ stance }) => stance !== "dong-thuan");
  const chosen = [
    ...around(agreements, AGREEMENTS),
    ...SAME_WISH,
    ...around(others, OPINIONS - AGREEMENTS - SAME_WISH.length),
  ];
  const gathered = communes[dice(communes.length)];
  const rows = chosen.map((phrase, i) => {
    const commune = SAME_WISH.includes(phrase) ? gathered : communes[i % communes.length];
    return rowOf(phrase, commune ? `${commune.kind} ${commune.name}` : "", i, { dice, today });
  });
  return shuffled(rows, dice);
}

/** The same rows as a file that `npm run import-opinions` takes. */
export function demoCsv(opinions: DemoOpinion[]): string {
  const lines = opinions.map((opinion) => COLUMNS.map((column) => quoted(opinion[column])).join(","));
  return `\uFEFF${[COLUMNS.join(","), ...lines].join("\r\n")}\r\n`;
}

/** Every phrase as often as any other, give or take one. */
function around(phrases: Phrase[], count: number): Phrase[] {
  return Array.from({ length: count }, (_, i) => phrases[i % phrases.length]).filter(
    (each) => each !== undefined,
  );
}

function rowOf(
  phrase: Phrase,
  place: string,
  i: number,
  { dice, today }: { dice: Dice; today: string },
): DemoOpinion {
  const isKnown = dice(10) > 0;
  return {
    noi_dung: wordsOf(phrase, place, dice),
    loai: phrase.stance,
    chu_de: phrase.topic,
    hop_tac_xa: dice(5) > 0 ? `HTX ${1 + dice(60)}` : "",
    xa_phuong: place,
    nguoi_gui: isKnown ? `Thành viên ${i + 1}` : "",
    lien_he: isKnown && dice(3) === 0 ? `0900000${String(i).padStart(3, "0")}` : "",
    ngay: daysBefore(today, 1 + dice(DAYS_BACK)),
  };
}

function wordsOf({ stance, text }: Phrase, place: string, dice: Dice): string {
  const said = text
    .replaceAll("{cay}", pick(CROPS, dice))
    .replaceAll("{vu}", pick(SEASONS, dice))
    .replaceAll("{noi}", place || "chỗ tụi tui");
  const before = pick(BEFORE, dice);
  const after = pick(stance === "dong-thuan" ? AFTER_AGREEMENT : AFTER, dice);
  return `${before}${said}${after}`;
}

function daysBefore(today: string, days: number): string {
  return new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10);
}

/** Fisher and Yates. */
function shuffled<T>(items: T[], dice: Dice): T[] {
  const mixed = [...items];
  for (let i = mixed.length - 1; i > 0; i -= 1) {
    const j = dice(i + 1);
    [mixed[i], mixed[j]] = [mixed[j] as T, mixed[i] as T];
  }
  return mixed;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
