import { readCode } from "../petitions/code.ts";
import { fold } from "../text/fold.ts";
import { bareWords } from "../text/syllables.ts";

export type CommandName =
  | "start"
  | "kiennghi"
  | "tracuu"
  | "rut"
  | "canbo"
  | "chude"
  | "xoadulieu"
  | "trogiup"
  | "huy";

/** A command with what follows it; the name is null for a slash command that does not exist. */
export type Command = { name: CommandName; argument: string } | { name: null; written: string };

/** The commands: what a menu shows, and the words that mean the same when they are the whole message. */
export const COMMANDS: { name: CommandName; description: string; words: string[] }[] = [
  { name: "start", description: "Bắt đầu", words: ["bat dau"] },
  {
    name: "kiennghi",
    description: "Gửi kiến nghị, phản ánh",
    words: ["kien nghi", "gui kien nghi", "phan anh", "gui phan anh", "lap phieu"],
  },
  {
    name: "tracuu",
    description: "Tra cứu kiến nghị theo mã",
    words: ["tra cuu", "tra cuu kien nghi", "xem kien nghi"],
  },
  {
    name: "rut",
    description: "Rút kiến nghị đã gửi",
    words: ["rut kien nghi", "rut lai kien nghi"],
  },
  { name: "chude", description: "Các chủ đề có thể hỏi", words: ["chu de", "cac chu de", "chon chu de"] },
  {
    name: "canbo",
    description: "Gặp cán bộ",
    words: ["can bo", "gap can bo", "gap nguoi that", "noi chuyen voi can bo", "cho gap can bo"],
  },
  { name: "xoadulieu", description: "Xóa dữ liệu của tôi", words: ["xoa du lieu", "xoa du lieu cua toi"] },
  { name: "trogiup", description: "Cách dùng", words: ["tro giup", "giup", "huong dan", "help"] },
  { name: "huy", description: "Bỏ việc đang làm dở", words: ["huy", "huy bo", "thoi", "khong gui nua"] },
];

const ALIASES: Record<string, CommandName> = { help: "trogiup", cancel: "huy" };

const SLASH = /^\/\s*([a-z_]+)(?:@\w+)?/;
/** Phones write "/tra cuu" and "/xoa du lieu" apart. */
const MORE_WORDS = [/^/, /^\s+[a-z]+(?![a-z])/, /^(?:\s+[a-z]+){2}(?![a-z])/];
const CODE_ALONE = /^(?:(?:tra cuu|xem|ma|so|kien nghi)\s+)*kn[a-z0-9\s:._–—−-]{4,20}\??$/;
/** "kn trồng lúa" (kinh nghiệm) is no mistyped code. */
const SURELY_CODE = /kn(?:.*\d|[–—-]|[a-z0-9]{5})/;
const ASKS_ABOUT_CODE = /\b(toi dau|the nao|ra sao|xem|tra cuu|tien do|ket qua|chua|roi)\b/;
const LONGEST_SAID = 80;
const CODE_SOMEWHERE =
  /(?<![a-z0-9])kn[\s:._–—−-]*(?:[a-z0-9](?:[\s._–—−-]?[a-z0-9]){5}|[a-z0-9]{4,9})(?![a-z0-9])/;
const WHAT_IS_WITHDRAWN = /\b(?:kien nghi|phan anh|de xuat)\b/;
/** Beside these a message that withdraws says nothing; "tôi không muốn rút" and "rút thế nào" say more. */
const WITHDRAWING = new Set(
  (
    "rut lai kien nghi phan anh de xuat don phieu ma so toi tui em con chau minh ba muon xin can cho phep duoc nho " +
    "giup vui long thua da a oi cai nay do kia cua gui roi nua nhe nha nghen di"
  ).split(" "),
);
const PERSON = /\b(?:nguoi that|con nguoi|can bo|nhan vien|tu van vien|tong dai vien)\b/;
const MEETING = /\b(?:gap|noi chuyen|tro chuyen|chat|lien he|lien lac)\b/;
const NOT_WANTING = /\b(?:khong|ko|hong|hok|k) (?:muon|can|xin|phai|gap|noi|lien)\b/;
/** Beside these a message that wants a person says nothing; "gặp cán bộ nào ở xã" is a question. */
const WANTING_PERSON = new Set(
  (
    "cho toi tui em con chau minh ba muon xin can duoc khong ko hong hok k giup gium vui long voi gap noi chuyen tro chat " +
    "lien he lac nguoi that can bo nhan vien tu van tong dai truc tiep phu trach de co the lam on oi a da nhe nha nghen ngay di mot " +
    "ban bot ad anh chi co chu bac ong ba hen nghe ha la thi bay gio luon ben"
  ).split(" "),
);

/** Reads a command from a message, with or without marks and in any case; null when the message is none. */
export function readCommand(text: string): Command | null {
  const written = text.trim();
  if (written.startsWith("/")) return readSlash(written);
  return written.length > LONGEST_SAID ? null : readSaid(written);
}

function readSlash(written: string): Command {
  const plain = fold(written);
  const head = SLASH.exec(plain);
  const unknown: Command = { name: null, written: written.split(/\s/)[0]?.slice(0, 40) ?? "/" };
  if (!head) return unknown;
  const rest = plain.slice(head[0].length);
  for (const pattern of MORE_WORDS) {
    const more = pattern.exec(rest)?.[0];
    const name = more === undefined ? undefined : commandNamed(`${head[1]}${more}`);
    if (name) return { name, argument: written.slice(head[0].length + (more?.length ?? 0)).trim() };
  }
  return unknown;
}

function commandNamed(words: string): CommandName | undefined {
  const joined = words.replace(/[\s_]+/g, "");
  return COMMANDS.find(({ name }) => name === joined)?.name ?? ALIASES[joined];
}

/** A command in plain words, or a code by itself or with a question about it. */
function readSaid(written: string): Command | null {
  if (wantsPerson(written)) return { name: "canbo", argument: "" };
  if (isWithdrawal(written)) return { name: "rut", argument: written };
  if (isLookUp(written)) return { name: "tracuu", argument: written };
  const whole = bareWords(written);
  const command = COMMANDS.find(({ words }) => words.includes(whole));
  return command ? { name: command.name, argument: "" } : null;
}

/** "Cho tui gặp người thật được không?" */
function wantsPerson(written: string): boolean {
  const said = bareWords(written);
  if (NOT_WANTING.test(said)) return false;
  return PERSON.test(said) && MEETING.test(said) && said.split(" ").every((word) => WANTING_PERSON.has(word));
}

/** "Tôi muốn rút kiến nghị KN-…", where a code alone would be looked up. */
function isWithdrawal(written: string): boolean {
  const plain = fold(written);
  const words = bareWords(plain.replace(CODE_SOMEWHERE, " "));
  const isNamed = CODE_SOMEWHERE.test(plain) || WHAT_IS_WITHDRAWN.test(words);
  const said = words.split(" ");
  return isNamed && said.includes("rut") && said.every((word) => WITHDRAWING.has(word));
}

/** Whether a message is a code and little else, as one that was asked for. */
export function isCodeAlone(text: string): boolean {
  return text.length <= LONGEST_SAID && CODE_ALONE.test(fold(text.trim()));
}

function isLookUp(written: string): boolean {
  const plain = fold(written);
  const { kind } = readCode(written);
  if (kind === "code") return CODE_ALONE.test(plain) || ASKS_ABOUT_CODE.test(plain);
  return CODE_ALONE.test(plain) && SURELY_CODE.test(plain);
}
