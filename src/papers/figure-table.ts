import {
  AlignmentType,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from "docx";
import type { Table as Figures, Line } from "../petitions/report.ts";
import { mm, SIZE } from "./office-form.ts";

/** The width between the margins. */
const TOTAL_MM = 160;
const NARROW_MM = 20;

/** Figures with their names on the left; the heading returns on every page. */
export function figureTable({ heads, lines }: Figures): Table {
  const widths = widthsOf(heads.length);
  return new Table({
    width: { size: mm(TOTAL_MM), type: WidthType.DXA },
    columnWidths: widths,
    rows: [headRow(heads, widths), ...lines.map((line) => lineRow(line, widths))],
  });
}

function widthsOf(columns: number): number[] {
  const others = columns - 1;
  const narrow = others === 1 ? NARROW_MM * 2 : NARROW_MM;
  return [mm(TOTAL_MM - others * narrow), ...Array.from({ length: others }, () => mm(narrow))];
}

function headRow(heads: string[], widths: number[]): TableRow {
  return new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: heads.map((head, i) => cell(head, widths[i], { bold: true, alignment: AlignmentType.CENTER })),
  });
}

function lineRow({ name, figures }: Line, widths: number[]): TableRow {
  const bold = name === "Tổng cộng";
  return new TableRow({
    cantSplit: true,
    children: [
      cell(name, widths[0], { bold, alignment: AlignmentType.LEFT }),
      ...figures.map(({ value }, i) =>
        cell(String(value), widths[i + 1], { bold, alignment: AlignmentType.RIGHT }),
      ),
    ],
  });
}

type Look = { bold: boolean; alignment: (typeof AlignmentType)[keyof typeof AlignmentType] };

function cell(words: string, width: number | undefined, { bold, alignment }: Look): TableCell {
  return new TableCell({
    ...(width === undefined ? {} : { width: { size: width, type: WidthType.DXA } }),
    verticalAlign: VerticalAlign.CENTER,
    margins: { top: 40, bottom: 40, left: 80, right: 80 },
    children: [new Paragraph({ alignment, children: [new TextRun({ text: words, bold, size: SIZE.note })] })],
  });
}
