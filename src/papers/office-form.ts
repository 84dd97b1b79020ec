import {
  AlignmentType,
  BorderStyle,
  Document,
  Header,
  type ISectionOptions,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from "docx";

/**
 * The form of an administrative paper in Vietnam: Nghị định 30/2020/NĐ-CP, Phụ lục I (A4, margins 20/20/30/20 mm, Times
 * New Roman, sizes of each part). Number, day and signature stay blank: the office that issues it fills them in.
 */
export type Letterhead = {
  /** The office that issues the paper; dots to write on while it is not known. */
  issuer: string;
  /** "Cần Thơ", before the day. */
  place: string;
  /** "BC" for a report, "" for an official letter, behind the number. */
  kind: string;
  /** What an official letter is about, below its number; null for a paper that has a title. */
  about: string | null;
};

export const FONT = "Times New Roman";
/** Sizes are half points. */
export const SIZE = { body: 28, small: 26, note: 24, list: 22 } as const;

/** Millimetres in twentieths of a point; rounded, since the library's own conversion cuts off and margins have a minimum. */
export function mm(millimetres: number): number {
  return Math.round((millimetres * 1440) / 25.4);
}

type Block = Paragraph | Table;
const NONE = { style: BorderStyle.NONE, size: 0, color: "auto" } as const;
const NO_BORDERS = {
  top: NONE,
  bottom: NONE,
  left: NONE,
  right: NONE,
  insideHorizontal: NONE,
  insideVertical: NONE,
};

/** A paper of one section; the page number stands on top from the second page on. */
export function paperOf(title: string, children: Block[]): Document {
  const section: ISectionOptions = {
    properties: {
      titlePage: true,
      page: {
        size: { width: mm(210), height: mm(297) },
        margin: { top: mm(20), bottom: mm(20), left: mm(30), right: mm(20), header: mm(10) },
      },
    },
    headers: { default: new Header({ children: [pageNumber()] }), first: new Header({ children: [] }) },
    children,
  };
  return new Document({
    title,
    creator: "Cầu Nối",
    styles: { default: { document: { run: { font: FONT, size: SIZE.body, language: { value: "vi-VN" } } } } },
    sections: [section],
  });
}

function pageNumber(): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ children: [PageNumber.CURRENT], size: SIZE.small })],
  });
}

/** Issuer and number on the left, the state's name, motto, place and day on the right. */
export function letterhead({ issuer, place, kind, about }: Letterhead): Table {
  const left = [
    centred(issuer.toLocaleUpperCase("vi"), { size: SIZE.small, bold: true }),
    rule(22),
    centred(`Số:         /${kind}`, { size: SIZE.small }),
    ...(about === null ? [] : [centred(`V/v ${about}`, { size: SIZE.note })]),
  ];
  const right = [
    centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", { size: SIZE.note, bold: true }),
    centred("Độc lập - Tự do - Hạnh phúc", { size: SIZE.small, bold: true }),
    rule(16),
    centred(`${place}, ngày       tháng       năm          `, { size: SIZE.small, italics: true }),
  ];
  return twoColumns([65, 95], left, right);
}

/** Who gets the paper, and room for the signature. */
export function closing(receivers: string[], signerTitle: string): Table {
  const left = [
    text("Nơi nhận:", { size: SIZE.note, bold: true, italics: true }),
    ...receivers.map((receiver, i) =>
      text(`- ${receiver}${i === receivers.length - 1 ? "." : ";"}`, { size: SIZE.list }),
    ),
  ];
  const right = [
    centred(signerTitle.toLocaleUpperCase("vi"), { bold: true }),
    centred("(Chữ ký, dấu của cơ quan)", { size: SIZE.note, italics: true }),
    ...Array.from({ length: 4 }, () => centred("")),
    centred("………………………", { bold: true }),
  ];
  return twoColumns([80, 80], left, right);
}

type Look = { size?: number; bold?: boolean; italics?: boolean };

/** A line in the middle, without indent. */
export function centred(words: string, look: Look = {}): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ text: words, ...look })],
  });
}

/** A line from the left, without indent. */
export function text(words: string, look: Look = {}): Paragraph {
  return new Paragraph({ children: [new TextRun({ text: words, ...look })] });
}

/** A paragraph of the body: both edges straight, first line indented; line breaks of a quotation stay. */
export function body(words: string, look: Look = {}): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.JUSTIFIED,
    indent: { firstLine: mm(12.7) },
    spacing: { before: 120, line: 276 },
    children: words
      .split("\n")
      .map((line, i) => new TextRun({ text: line, ...look, ...(i > 0 ? { break: 1 } : {}) })),
  });
}

/** A heading that stays with what follows it. */
export function heading(words: string): Paragraph {
  return new Paragraph({
    keepNext: true,
    indent: { firstLine: mm(12.7) },
    spacing: { before: 160, after: 60 },
    children: [new TextRun({ text: words, bold: true })],
  });
}

/** The short line below a name, as long as its column less two indents. */
export function rule(indentMm: number): Paragraph {
  return new Paragraph({
    indent: { left: mm(indentMm), right: mm(indentMm) },
    spacing: { after: 80, line: 60, lineRule: "exact" },
    border: { bottom: { style: BorderStyle.SINGLE, size: 6, space: 0, color: "auto" } },
    children: [],
  });
}

function twoColumns([left, right]: [number, number], ours: Paragraph[], theirs: Paragraph[]): Table {
  const cell = (width: number, children: Paragraph[]) =>
    new TableCell({
      width: { size: mm(width), type: WidthType.DXA },
      verticalAlign: VerticalAlign.TOP,
      borders: NO_BORDERS,
      margins: { left: 0, right: 0 },
      children,
    });
  return new Table({
    width: { size: mm(left + right), type: WidthType.DXA },
    columnWidths: [mm(left), mm(right)],
    borders: NO_BORDERS,
    rows: [new TableRow({ cantSplit: true, children: [cell(left, ours), cell(right, theirs)] })],
  });
}
