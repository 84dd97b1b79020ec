import { readCode } from "../petitions/code.ts";
import { fold } from "../text/fold.ts";
import { bareWords } from "../text/syllables.ts";

export type CommandName =
  | "start"
  | "kiennghi"
  | "tracuu"
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
  if (isLookUp(written)) return { name: "tracuu", argument: written };
  const whole = bareWords(written);
  const command = COMMANDS.find(({ words }) => words.includes(whole));
  return command ? { name: command.name, argument: "" } : null;
}

function isLookUp(written: string): boolean {
  const plain = fold(written);
  const { kind } = readCode(written);
  if (kind === "code") return CODE_ALONE.test(plain) || ASKS_ABOUT_CODE.test(plain);
  return CODE_ALONE.test(plain) && SURELY_CODE.test(plain);
}
