import { Packer } from "docx";
import type { Summary } from "../petitions/report.ts";
import { figureTable } from "./figure-table.ts";
import type { Imprint } from "./imprint.ts";
import { body, centred, closing, heading, letterhead, paperOf, rule } from "./office-form.ts";
import { periodInWords } from "./period.ts";

const ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"];

/** The report for the leadership, as .docx. */
export async function summaryPaper({ total, tables }: Summary, imprint: Imprint): Promise<Uint8Array> {
  const title = "Tổng hợp ý kiến, kiến nghị của thành viên hợp tác xã";
  return Packer.toBuffer(
    paperOf(title, [
      letterhead({ issuer: imprint.issuer, place: imprint.place, kind: "BC", about: null }),
      centred(""),
      centred("BÁO CÁO", { bold: true }),
      centred(title, { bold: true }),
      centred(`(${periodInWords(imprint.period)})`, { italics: true }),
      rule(60),
      body(
        `Kênh Cầu Nối đã tiếp nhận ${total.value} ý kiến của thành viên hợp tác xã, tổ hợp tác (${periodInWords(imprint.period)}). Kết quả tổng hợp như sau:`,
      ),
      ...tables.flatMap((table, i) => [heading(`${ROMAN[i] ?? ""}. ${table.title}`), figureTable(table)]),
      body(
        "Mỗi số trong báo cáo là số dòng của sổ theo dõi (tệp register.xlsx kèm theo) lọc theo đúng tiêu chí ghi ở đầu bảng; tệp numbers.json ghi lại từng tiêu chí. Ý kiến đồng thuận được tính riêng, không phải là việc cần giải quyết.",
      ),
      centred(""),
      closing(["Lãnh đạo cơ quan", "Lưu: VT"], imprint.signerTitle),
    ]),
  );
}
