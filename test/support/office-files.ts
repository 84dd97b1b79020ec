import { type ZipEntry, zipBytes } from "./zip-bytes.ts";

const WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** The XML of a Word document around its body. */
export function wordXml(body: string, prolog = ""): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${prolog}<w:document xmlns:w="${WORD}"><w:body>${body}</w:body></w:document>`;
}

/** A paragraph of Word with one run. */
export function paragraph(text: string, look = "", properties = ""): string {
  return `<w:p><w:pPr>${properties}</w:pPr><w:r><w:rPr>${look}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}

/** The smallest archive that Word opens, with these parts besides or instead. */
export function wordFile(document: string, more: ZipEntry[] = [], options = {}): Buffer {
  return zipBytes([...wordEntries(document), ...more], options);
}

export function wordEntries(document: string): ZipEntry[] {
  return [
    {
      name: "[Content_Types].xml",
      data: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    },
    {
      name: "_rels/.rels",
      data: `<Relationships xmlns="${RELATIONS}"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    },
    { name: "word/document.xml", data: document },
  ];
}

/** Lists, styles or notes of a Word document, each a part of its own. */
export function wordPart(name: "styles" | "numbering" | "footnotes", content: string): ZipEntry {
  return { name: `word/${name}.xml`, data: `<w:${name} xmlns:w="${WORD}">${content}</w:${name}>` };
}

/** A workbook with one sheet. */
export function sheetFile(
  sheet: string,
  { strings = "", styles = "", state = "", name = "Mức hỗ trợ", more = [] as ZipEntry[] } = {},
): Buffer {
  const entries: ZipEntry[] = [
    {
      name: "xl/workbook.xml",
      data: `<workbook xmlns="${SHEET}" xmlns:r="${OFFICE}"><sheets><sheet name="${name}" sheetId="1" ${state} r:id="r1"/></sheets></workbook>`,
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      data: `<Relationships xmlns="${RELATIONS}"><Relationship Id="r1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    { name: "xl/worksheets/sheet1.xml", data: `<worksheet xmlns="${SHEET}">${sheet}</worksheet>` },
  ];
  if (strings) entries.push({ name: "xl/sharedStrings.xml", data: `<sst xmlns="${SHEET}">${strings}</sst>` });
  if (styles)
    entries.push({ name: "xl/styles.xml", data: `<styleSheet xmlns="${SHEET}">${styles}</styleSheet>` });
  return zipBytes([...entries, ...more]);
}
