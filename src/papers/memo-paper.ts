import { Packer, type Paragraph } from "docx";
import { writeDay } from "../petitions/day.ts";
import type { Extract } from "../petitions/extracts.ts";
import type { Issue, Memo } from "../petitions/report.ts";
import { figureTable } from "./figure-table.ts";
import type { Imprint } from "./imprint.ts";
import { body, centred, closing, heading, letterhead, paperOf } from "./office-form.ts";
import { periodInWords } from "./period.ts";

/** The official letter that hands an agency its petitions, as .docx. */
export async function memoPaper(memo: Memo, imprint: Imprint): Promise<Uint8Array> {
  const about = "xem xét, giải quyết kiến nghị của thành viên hợp tác xã";
  return Packer.toBuffer(
    paperOf(`V/v ${about}`, [
      letterhead({ issuer: imprint.issuer, place: imprint.place, kind: "", about }),
      centred(""),
      centred(`Kính gửi: ${memo.agencyName}`),
      centred(""),
      body(
        `Qua tổng hợp ý kiến của thành viên hợp tác xã, tổ hợp tác trên kênh Cầu Nối (${periodInWords(imprint.period)}), có ${memo.total.value} ý kiến thuộc lĩnh vực của ${memo.agencyName}, chia theo nhóm vấn đề như sau:`,
      ),
      figureTable(memo.table),
      ...memo.issues.flatMap(issue),
      body(
        "Đề nghị quý cơ quan xem xét, giải quyết các kiến nghị, phản ánh, đề xuất nêu trên theo thẩm quyền và gửi kết quả trước hạn trả lời để thông báo lại cho thành viên theo mã ý kiến; việc nào không thuộc thẩm quyền, đề nghị cho biết cơ quan giải quyết. Ý kiến đồng thuận gửi để biết. Nội dung từng ý kiến có trong sổ theo dõi kèm theo.",
      ),
      body("Trân trọng./."),
      centred(""),
      closing(["Như trên", "Lưu: VT"], imprint.signerTitle),
    ]),
  );
}

function issue({ name, total, places, due, extracts }: Issue): Paragraph[] {
  const where = places.map((place) => `${place.name} (${place.figures[0]?.value})`).join("; ");
  return [
    heading(`Nhóm vấn đề: ${name}`),
    body(`Số ý kiến: ${total.value}.`),
    body(`Địa bàn: ${where}.`),
    body(`Hạn trả lời: ${dueInWords(due)}`),
    ...(extracts.length > 0 ? [body("Trích nguyên văn:")] : []),
    ...extracts.map(quotation),
  ];
}

function dueInWords(due: Issue["due"]): string {
  if (due === null) return "theo thời hạn quy định.";
  if (due.first === due.last) return `ngày ${writeDay(due.first)}.`;
  return `từ ngày ${writeDay(due.first)} (ý kiến đến hạn sớm nhất) đến ngày ${writeDay(due.last)}.`;
}

function quotation({ code, text, isCut }: Extract): Paragraph {
  return body(`- “${text}${isCut ? " […]" : ""}” (${code})`, { italics: true });
}
