import { fold } from "../text/fold.ts";

export type CommandName =
  | "start"
  | "kiennghi"
  | "tracuu"
  | "canbo"
  | "chude"
  | "xoadulieu"
  | "trogiup"
  | "huy";

/** A command with what follows it; `known` is false for a slash command that does not exist. */
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

const ALIASES: Record<string, CommandName> = {
  help: "trogiup",
  tro_giup: "trogiup",
  kien_nghi: "kiennghi",
  cancel: "huy",
};
const CODE_ALONE = /^(?:tra\s*cuu\s+)?(?:ma\s+)?kn[\s-]*[a-z0-9]{4,9}\s*\??$/;

/** Reads a command from a message, with or without marks and in any case; null when the message is none. */
export function readCommand(text: string): Command | null {
  const plain = fold(text).trim();
  const slash = /^\/([a-z_]+)(?:@\w+)?(?:\s+([\s\S]*))?$/.exec(plain);
  if (slash) {
    const written = slash[1] ?? "";
    const command = COMMANDS.find(({ name }) => name === written.replace(/_/g, ""))?.name ?? ALIASES[written];
    const argument = text.trim().replace(/^\S+\s*/, "");
    return command ? { name: command, argument } : { name: null, written: `/${written}` };
  }
  if (plain.startsWith("/")) return { name: null, written: text.trim().split(/\s/)[0]?.slice(0, 40) ?? "/" };
  if (CODE_ALONE.test(plain)) return { name: "tracuu", argument: text };
  const whole = plain.replace(/[.!?,\s]+$/g, "").replace(/\s+/g, " ");
  const command = COMMANDS.find(({ words }) => words.includes(whole));
  return command ? { name: command.name, argument: "" } : null;
}
