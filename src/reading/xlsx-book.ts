import { LIMITS } from "./limits.ts";
import { Unreadable } from "./unreadable.ts";
import { type CellStyle, formatOf } from "./xlsx-format.ts";
import { readXml } from "./xml.ts";

/** What the sheets of a workbook share. `part` is the sheet's name in the archive. */
export type Book = {
  sheets: { name: string; part: string; isHidden: boolean }[];
  strings: string[];
  styles: CellStyle[];
  startsIn1904: boolean;
};

type Text = (name: string) => string | null;

/** Reads the parts of a workbook beside its sheets. */
export function readBook(text: Text): Book {
  const workbook = text("xl/workbook.xml");
  if (workbook === null)
    throw new Unreadable("tệp không phải tệp Excel (.xlsx); hãy gửi đúng tệp hoặc sửa lại đuôi");
  const targets = readTargets(text("xl/_rels/workbook.xml.rels"));
  const sheets: Book["sheets"] = [];
  let startsIn1904 = false;
  readXml("xl/workbook.xml", workbook, {
    open(name, attributes) {
      if (name === "workbookPr") startsIn1904 = ["1", "true"].includes(attributes.date1904 ?? "");
      if (name !== "sheet") return;
      const part = targets.get(attributes["r:id"] ?? "") ?? "";
      const isHidden = (attributes.state ?? "visible") !== "visible";
      sheets.push({ name: attributes.name ?? "", part, isHidden });
    },
  });
  return {
    sheets,
    strings: readStrings(text("xl/sharedStrings.xml")),
    styles: readStyles(text("xl/styles.xml")),
    startsIn1904,
  };
}

function readTargets(source: string | null): Map<string, string> {
  const targets = new Map<string, string>();
  if (source === null) return targets;
  readXml("xl/_rels/workbook.xml.rels", source, {
    open(name, attributes) {
      if (name !== "Relationship") return;
      const target = attributes.Target ?? "";
      targets.set(attributes.Id ?? "", target.startsWith("/") ? target.slice(1) : `xl/${target}`);
    },
  });
  return targets;
}

/** The pieces of one string stand in several <t>; the reading aids in <rPh> are not shown. */
function readStrings(source: string | null): string[] {
  const strings: string[] = [];
  if (source === null) return strings;
  const path: string[] = [];
  readXml("xl/sharedStrings.xml", source, {
    open(name) {
      path.push(name);
      if (name === "si") strings.push("");
      if (strings.length > LIMITS.sharedStrings)
        throw new Unreadable("bảng tính có quá nhiều ô chữ; hãy tách nhỏ tệp");
    },
    close() {
      path.pop();
    },
    text(text) {
      if (path.at(-1) === "t" && !path.includes("rPh")) strings[strings.length - 1] += text;
    },
  });
  return strings;
}

function readStyles(source: string | null): CellStyle[] {
  const styles: CellStyle[] = [];
  if (source === null) return styles;
  const formats = new Map<number, string>();
  const [whiteFonts, plainFills]: boolean[][] = [[], []];
  const path: string[] = [];
  readXml("xl/styles.xml", source, {
    open(name, attributes) {
      const parent = path.at(-1);
      path.push(name);
      if (name === "numFmt" && parent === "numFmts")
        formats.set(Number(attributes.numFmtId), attributes.formatCode ?? "");
      if (name === "font" && parent === "fonts") whiteFonts?.push(false);
      if (name === "color" && parent === "font" && whiteFonts)
        whiteFonts[whiteFonts.length - 1] = isWhite(attributes);
      if (name === "fill" && parent === "fills") plainFills?.push(true);
      if (name === "patternFill" && plainFills)
        plainFills[plainFills.length - 1] = (attributes.patternType ?? "none") === "none";
      if (name === "gradientFill" && plainFills) plainFills[plainFills.length - 1] = false;
      if (name === "xf" && parent === "cellXfs") {
        const format = formatOf(Number(attributes.numFmtId ?? 0), formats);
        const isWhiteOnWhite =
          whiteFonts?.[Number(attributes.fontId)] && plainFills?.[Number(attributes.fillId)];
        styles.push({ format, isHidden: Boolean(isWhiteOnWhite) || /^;;;?$/.test(format ?? "") });
      }
    },
    close() {
      path.pop();
    },
  });
  return styles;
}

/** The theme's colour 0 is the colour of the sheet itself. */
function isWhite(attributes: Record<string, string>): boolean {
  return /^(?:FF|00)?FFFFFF$/i.test(attributes.rgb ?? "") || (attributes.theme === "0" && !attributes.tint);
}
