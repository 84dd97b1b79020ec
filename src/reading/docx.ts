import mammoth from "mammoth";
import { type HTMLElement, type Node, parse } from "node-html-parser";
import type { Block } from "../knowledge/blocks.ts";
import { readBody } from "./docx-body.ts";
import { readNumbering } from "./docx-numbering.ts";
import { readStyles } from "./docx-styles.ts";
import { blocksOf, refuseDeep } from "./html.ts";
import { Unreadable } from "./unreadable.ts";
import { readXml } from "./xml.ts";
import { openArchive } from "./zip.ts";

/** The only parts that mammoth gets to see; whatever else a file points to does not exist for it. */
const WANTED = /^(?:\[Content_Types\]\.xml|_rels\/\.rels|word\/[^/]+\.xml|word\/_rels\/[^/]+\.rels)$/;
const NO_BODIES = /\.rels$|^\[|^word\/(?:styles|numbering)\.xml$/;
const NOT_READ = /^word\/(?:comments.*|settings|webSettings|fontTable|people|header\d*|footer\d*)\.xml$/;

/** Reads a Word file: mammoth gives its structure, our own pass before it the numbers of lists and the hidden text. */
export async function readDocx(bytes: Uint8Array): Promise<Block[]> {
  const archive = await openArchive(Buffer.from(bytes), (name) => WANTED.test(name) && !NOT_READ.test(name));
  const names = archive.names.filter((name) => WANTED.test(name) && !NOT_READ.test(name));
  if (!names.some((name) => /^word\/document\d*\.xml$/.test(name)))
    throw new Unreadable("tệp không phải tệp Word (.docx); hãy gửi đúng tệp hoặc sửa lại đuôi");
  const html = await toHtml(preparedParts(names, archive.text));
  const root = parse(html, { lowerCaseTagName: true, comment: false });
  refuseDeep(root);
  return withNotes(root);
}

/** Every part is checked as XML; those with text get the numbers that Word only computes when it shows them. */
function preparedParts(names: string[], text: (name: string) => string | null): Map<string, string> {
  const styles = readStyles(text("word/styles.xml"));
  const parts = new Map<string, string>();
  let hidden = 0;
  for (const name of names) {
    const source = text(name) ?? "";
    if (NO_BODIES.test(name)) {
      readXml(name, source, name.endsWith(".rels") ? { open: refuseOddTarget } : {});
      parts.set(name, source);
    } else {
      const body = readBody(name, source, styles, readNumbering(text("word/numbering.xml")));
      parts.set(name, body.source);
      hidden += body.hidden;
    }
  }
  if (hidden > 0)
    throw new Unreadable(
      `tệp có ${hidden} ký tự bị ẩn (chữ ẩn, chữ trắng hoặc quá nhỏ); hãy xóa hoặc cho hiện phần đó rồi gửi lại`,
    );
  return parts;
}

/** Else mammoth and we could read the styles of two different parts, and hide text from us. */
function refuseOddTarget(name: string, attributes: Record<string, string>): void {
  const type = /\/(styles|numbering)$/.exec(attributes.Type ?? "")?.[1];
  if (name !== "Relationship" || type === undefined) return;
  if (![`${type}.xml`, `/word/${type}.xml`].includes(attributes.Target ?? ""))
    throw new Unreadable("tệp Word có cấu trúc lạ; hãy mở bằng Word và lưu lại thành tệp .docx mới");
}

async function toHtml(parts: Map<string, string>): Promise<string> {
  const read = async (name: string, encoding?: string) => {
    const part = parts.get(name) ?? "";
    return encoding === "utf-8" ? part : Buffer.from(part);
  };
  // mammoth reads any archive that answers so; by `buffer` it would unpack the file a second time, without our limits.
  const file = { exists: (name: string) => parts.has(name), read };
  const options = {
    includeEmbeddedStyleMap: false,
    externalFileAccess: false,
    convertImage: mammoth.images.imgElement(async () => ({ src: "" })),
    styleMap: ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => h2:fresh"],
  };
  try {
    return (await mammoth.convertToHtml({ file } as unknown as { buffer: Buffer }, options)).value;
  } catch {
    throw new Unreadable("tệp Word bị hỏng; hãy mở bằng Word và lưu lại thành tệp .docx mới");
  }
}

/** mammoth puts footnotes behind the last paragraph, where they would pass for words of the last clause. */
function withNotes(root: HTMLElement): Block[] {
  const hidden = new Set<Node>();
  const notes = root.querySelectorAll("li").filter((item) => /^(?:foot|end)note-\d+$/.test(item.id));
  for (const note of notes) {
    hidden.add(note);
    for (const back of note.querySelectorAll("a")) if (back.text === "↑") hidden.add(back);
  }
  const blocks = blocksOf(root, { hidden, isNumbered: true });
  if (notes.length === 0) return blocks;
  const texts = notes.flatMap((note, i): Block[] => {
    const text = blocksOf(note, { hidden, isNumbered: true }).flatMap((block) =>
      "text" in block ? block.text : [],
    );
    return text.length > 0
      ? [{ page: null, kind: "item", depth: 0, text: `[${i + 1}] ${text.join(" ")}` }]
      : [];
  });
  return [...blocks, { page: null, kind: "heading", level: 1, text: "Chú thích" }, ...texts];
}
