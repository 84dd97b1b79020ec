import { Unreadable } from "./unreadable.ts";

/** How the content of a file begins, whatever its name says. */
export type Kind = "zip" | "pdf" | "ole" | "gzip" | "program" | "picture" | "rtf" | "text";

const SIGNS: [Kind, string][] = [
  ["zip", "PK\u0003\u0004"],
  ["pdf", "%PDF-"],
  ["ole", "\u00d0\u00cf\u0011\u00e0"],
  ["gzip", "\u001f\u008b"],
  ["program", "MZ"],
  ["program", "\u007fELF"],
  ["picture", "\u0089PNG"],
  ["picture", "\u00ff\u00d8\u00ff"],
  ["rtf", "{\\rtf"],
];
const NAMES: Record<Kind, string> = {
  zip: "tệp nén ZIP hoặc tệp Office",
  pdf: "tệp PDF",
  ole: "tệp Office đời cũ hoặc có mật khẩu",
  gzip: "tệp nén GZIP",
  program: "chương trình chạy được",
  picture: "ảnh",
  rtf: "tệp RTF",
  text: "văn bản thường",
};

/** Throws Unreadable where the first bytes belong to another kind of file than the extension promises. */
export function refuseWrongKind(bytes: Uint8Array, extension: string, expected: Kind): void {
  const kind = kindOf(bytes);
  if (kind === expected) return;
  if (kind === "ole" && expected === "zip") throw new Unreadable(oleReason(bytes, extension));
  throw new Unreadable(
    `đuôi tệp là .${extension} nhưng nội dung là ${NAMES[kind]}; hãy gửi đúng tệp hoặc sửa lại đuôi`,
  );
}

/** UTF-8 text without marks of order; throws Unreadable for other encodings. */
export function decodeText(bytes: Uint8Array): string {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    const text = new TextDecoder(isWide ? "utf-16le" : "utf-8", { fatal: true }).decode(bytes);
    if (!text.includes("\u0000")) return text;
  } catch {
    // Told below, in the same words as a text with NUL.
  }
  throw new Unreadable("chữ trong tệp không phải mã UTF-8; hãy lưu lại tệp với mã UTF-8");
}

function kindOf(bytes: Uint8Array): Kind {
  const head = Buffer.from(bytes.subarray(0, 16)).toString("latin1");
  return SIGNS.find(([, sign]) => head.startsWith(sign))?.[0] ?? "text";
}

/** Office puts a protected document into a container of the old kind, with this name in it. */
function oleReason(bytes: Uint8Array, extension: string): string {
  const isProtected = Buffer.from(bytes).includes(Buffer.from("EncryptedPackage", "utf16le"));
  return isProtected
    ? "tệp được đặt mật khẩu; hãy bỏ mật khẩu rồi gửi lại"
    : `tệp thuộc loại Office đời cũ (.doc, .xls); hãy mở ra và lưu lại thành .${extension}`;
}
