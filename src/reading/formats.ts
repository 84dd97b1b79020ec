import { createRequire } from "node:module";
import { gunzipSync } from "node:zlib";
import type { Block } from "../knowledge/blocks.ts";
import type { PolicyDocument } from "../knowledge/document.ts";
import { decodeText, type Kind } from "./admit.ts";
import type { GivenFile } from "./given-file.ts";
import { LIMITS } from "./limits.ts";
import { Unreadable } from "./unreadable.ts";

/** A document before it is parsed: our Markdown with front matter, and its path. */
export type Text = { path: string; text: string };
/**
 * How files of one extension are read, in the child. `kind` is what their first bytes show. `isOurs` tells that no parser of
 * others touches them, so that many may share one child.
 */
export type Format = { kind: Kind; isOurs: boolean; toTexts(file: GivenFile): Promise<Text[]> };

type ReadBlocks = (bytes: Uint8Array) => Promise<Block[]>;

/** And not `import()`, since the child's loader, chosen for its quick start, knows TypeScript by `require` alone. */
const load = createRequire(import.meta.url);
const html = ofBlocks("text", () => (load("./html.ts") as typeof import("./html.ts")).readHtml);

/** Every format by the extension of its files; a new one is a line here and a file that turns bytes into blocks. */
export const FORMATS: Record<string, Format> = {
  md: { kind: "text", isOurs: true, toTexts: async (file) => [asItIs(file)] },
  docx: ofBlocks("zip", () => (load("./docx.ts") as typeof import("./docx.ts")).readDocx),
  pdf: ofBlocks("pdf", () => (load("./pdf.ts") as typeof import("./pdf.ts")).readPdf),
  html,
  htm: html,
  xlsx: ofBlocks("zip", () => (load("./xlsx.ts") as typeof import("./xlsx.ts")).readXlsx),
  jsonl: { kind: "text", isOurs: false, toTexts: (file) => ofArticles(file, file.bytes) },
  "jsonl.gz": { kind: "gzip", isOurs: false, toTexts: (file) => ofArticles(file, unpacked(file.bytes)) },
};

/** The longest extension that FORMATS knows, in small letters, or null. */
export function extensionOf(name: string): string | null {
  const [, ...ends] = (name.split("/").at(-1) ?? "").toLowerCase().split(".");
  const longest = [ends.slice(-2).join("."), ends.at(-1) ?? ""];
  return longest.find((each) => Object.hasOwn(FORMATS, each)) ?? null;
}

/** Throws Unreadable or RefusedFile, each with its reason. */
export async function toTexts(file: GivenFile): Promise<Text[]> {
  const format = FORMATS[extensionOf(file.name) ?? ""];
  if (!format) throw new Unreadable("loại tệp này không được nhận");
  return format.toTexts(file);
}

/** The document that a text of `toTexts` stands for; throws RefusedFile. */
export function parse(path: string, text: string): PolicyDocument {
  const { parseMarkdown } = load("../knowledge/markdown.ts") as typeof import("../knowledge/markdown.ts");
  return parseMarkdown(path, text);
}

/** Libraries are loaded where they are needed only: a child reads one format, and its start is waited for. */
function ofBlocks(kind: Kind, reader: () => ReadBlocks): Format {
  const toTexts = async ({ name, bytes, sidecar }: GivenFile): Promise<Text[]> => {
    const blocks = await reader()(bytes);
    if (blocks.length === 0)
      throw new Unreadable("tệp không có chữ nào đọc được; nếu là ảnh quét thì hãy gửi tệp có chữ");
    const { toPolicyText } = load(
      "../knowledge/legal-text.ts",
    ) as typeof import("../knowledge/legal-text.ts");
    return [{ path: name, text: toPolicyText(name, blocks, sidecar) }];
  };
  return { kind, isOurs: false, toTexts };
}

function asItIs({ name, bytes, sidecar }: GivenFile): Text {
  refuseSidecar(sidecar);
  return { path: name, text: decodeText(bytes) };
}

async function ofArticles({ name, sidecar }: GivenFile, bytes: Uint8Array): Promise<Text[]> {
  refuseSidecar(sidecar);
  const { fromArticles } = load(
    "../knowledge/codification.ts",
  ) as typeof import("../knowledge/codification.ts");
  return fromArticles(name, decodeText(bytes));
}

/** Two places for one fact would let one of them lie unseen. */
function refuseSidecar(sidecar: string | null): void {
  if (sidecar !== null)
    throw new Unreadable("loại tệp này đã mang thông tin văn bản trong chính nó; hãy bỏ tệp .yaml đi kèm");
}

function unpacked(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: LIMITS.inflatedBytes });
  } catch (error) {
    const isTooLarge = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    throw new Unreadable(
      isTooLarge
        ? `tệp bung ra quá ${LIMITS.inflatedBytes / 2 ** 20} MiB, dấu hiệu của bom nén`
        : "tệp nén GZIP bị hỏng hoặc bị cắt; hãy nén lại rồi gửi lại",
    );
  }
}
