import { getDocumentProxy } from "unpdf";
import type { Block } from "../knowledge/blocks.ts";
import { LIMITS } from "./limits.ts";
import { type Page, toBlocks } from "./pdf-blocks.ts";
import { type Line, type Piece, toLines, withoutRunningLines } from "./pdf-lines.ts";
import { type Box, lettersIn, readDrawing } from "./pdf-page.ts";
import { type Ruled, ruledTables } from "./pdf-tables.ts";
import { Unreadable } from "./unreadable.ts";

type Document = Awaited<ReturnType<typeof getDocumentProxy>>;
type PageProxy = Awaited<ReturnType<Document["getPage"]>>;
type Items = Awaited<ReturnType<PageProxy["getTextContent"]>>["items"];

const BROKEN = "tệp PDF bị hỏng hoặc bị cắt; hãy mở ra và in lại thành PDF mới";

type Transferable = { transferToFixedLength?: (this: ArrayBuffer, length?: number) => ArrayBuffer };

/** Node 20 lacks it, and without it PDF.js drops every font, and with it whatever the page draws after naming one. */
(ArrayBuffer.prototype as Transferable).transferToFixedLength ??= function (
  this: ArrayBuffer,
  length = this.byteLength,
) {
  const copy = new Uint8Array(length);
  copy.set(new Uint8Array(this, 0, Math.min(length, this.byteLength)));
  return copy.buffer;
};

/** Reads a PDF that carries its text as text: lines become paragraphs, and what is ruled as a table becomes one. */
export async function readPdf(bytes: Uint8Array): Promise<Block[]> {
  const document = await open(bytes);
  if (document.numPages > LIMITS.pdfPages)
    throw new Unreadable(
      `tệp PDF có ${document.numPages} trang, quá ${LIMITS.pdfPages} trang; hãy tách nhỏ tệp`,
    );
  const layers = await document.getOptionalContentConfig();
  const pages: { lines: Line[]; tables: Ruled[] }[] = [];
  let characters = 0;
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await readPage(document, number, (layer) => layers.isVisible(layer as never));
    pages.push(page);
    characters += page.characters;
    if (characters > LIMITS.textBytes) throw new Unreadable("tệp PDF có quá nhiều chữ; hãy tách nhỏ tệp");
  }
  if (characters === 0)
    throw new Unreadable("tệp PDF không có chữ, có lẽ là ảnh quét; hãy gửi tệp Word gốc hoặc PDF có chữ");
  const lines = withoutRunningLines(pages.map((page) => page.lines));
  return toBlocks(pages.map(({ tables }, i): Page => ({ tables, lines: lines[i] ?? [] })));
}

async function open(bytes: Uint8Array): Promise<Document> {
  try {
    // Pictures are never needed, and one of a few bytes can unfold to gigabytes: above one pixel PDF.js leaves them out.
    return await getDocumentProxy(new Uint8Array(bytes), {
      maxImageSize: 1,
      isEvalSupported: false,
      enableXfa: false,
      stopAtErrors: false,
      useSystemFonts: false,
      verbosity: 0,
    });
  } catch (error) {
    const isProtected = error instanceof Error && error.name === "PasswordException";
    throw new Unreadable(isProtected ? "tệp được đặt mật khẩu; hãy bỏ mật khẩu rồi gửi lại" : BROKEN);
  }
}

async function readPage(document: Document, number: number, isVisible: (layer: unknown) => boolean) {
  const page = await document.getPage(number).catch(() => {
    throw new Unreadable(BROKEN);
  });
  const { boxes, letters, hidden } = readDrawing(
    await page.getOperatorList({ annotationMode: 0 }),
    page.view as Box,
    isVisible,
  );
  if (hidden > 0)
    throw new Unreadable(
      `tệp PDF có ${hidden} ký tự bị ẩn ở trang ${number} (chữ trong suốt, trùng màu nền, quá nhỏ, hoặc lớp chữ của bản quét); ` +
        "hãy gửi tệp Word gốc hoặc in lại thành PDF không có chữ ẩn",
    );
  const { items } = await page.getTextContent();
  page.cleanup();
  // PDF.js gives what it drew until a fault; words after it would stand in the text without having been looked at.
  if (items.reduce((sum, item) => sum + ("str" in item ? lettersIn(item.str) : 0), 0) > letters)
    throw new Unreadable(`tệp PDF bị hỏng ở trang ${number}; hãy mở ra và in lại thành PDF mới`);
  const pieces = piecesOf(page, items);
  const tables = page.rotate === 0 ? ruledTables(boxes, pieces) : [];
  const free = pieces.filter((piece) => !tables.some((table) => table.pieces.has(piece)));
  const characters = pieces.reduce((sum, { text }) => sum + text.trim().length, 0);
  return { lines: toLines(free), tables, characters };
}

/** Words that run upwards or downwards are a stamp or a watermark, and are left out. */
function piecesOf(page: PageProxy, items: Items): Piece[] {
  return items.flatMap((item): Piece[] => {
    if (!("str" in item) || item.str === "") return [];
    const [a = 0, b = 0, c = 0, d = 0, x = 0, y = 0] = turned(
      item.transform as number[],
      page.rotate,
      page.view as Box,
    );
    if (Math.abs(b) > Math.abs(a) / 4) return [];
    return [{ text: item.str, x, y, width: item.width, size: Math.hypot(c, d) }];
  });
}

/** A page that is laid on its side is read as it is shown. */
function turned([a = 0, b = 0, c = 0, d = 0, x = 0, y = 0]: number[], rotate: number, view: Box): number[] {
  if (rotate === 90) return [b, -a, d, -c, y, view[2] - x];
  if (rotate === 270) return [-b, a, -d, c, view[3] - y, x];
  if (rotate === 180) return [-a, -b, -c, -d, view[2] - x, view[3] - y];
  return [a, b, c, d, x, y];
}
