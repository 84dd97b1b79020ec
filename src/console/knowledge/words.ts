import type { Intent } from "../../knowledge/catalog.ts";
import type { ChangedPart } from "../../knowledge/changes.ts";
import type { Certainty } from "../../knowledge/document.ts";
import type { Publication } from "../../knowledge/edition.ts";
import type { FileChange } from "../../knowledge/file-changes.ts";
import type { AnswerChange, FileRow, GateReport } from "../../knowledge/gate-report.ts";
import type { Standing } from "../../knowledge/standing.ts";
import type { Validity } from "../../knowledge/validity.ts";
import { writeDay } from "../../petitions/day.ts";

export const PUBLICATIONS: Record<Publication["kind"], string> = {
  first: "Bản đầu tiên",
  publish: "Công bố",
  rollback: "Quay lại bản cũ",
};

export const STANDINGS: Record<Standing, string> = {
  "in-force": "Đang hiệu lực",
  "not-yet": "Chưa hiệu lực",
  replaced: "Đã bị thay thế",
  expired: "Hết hiệu lực",
};

export const VALIDITIES: Record<Validity, string> = {
  "in-force": "Đang hiệu lực",
  "not-yet": "Chưa hiệu lực",
  ended: "Hết hiệu lực",
};

export const FILE_STATUSES: Record<FileRow["status"], string> = {
  added: "thêm mới",
  updated: "cập nhật",
  unchanged: "đã có sẵn, không đổi",
  refused: "không nhận",
};

export const FILE_CHANGES: Record<FileChange["kind"], string> = {
  added: "Thêm mới",
  replaced: "Thay bản cũ",
  removed: "Bỏ ra",
};

export const CLAUSE_CHANGES = { added: "Thêm mới", removed: "Bỏ", changed: "Sửa" } as const;

export const CHANGED_PARTS: Record<ChangedPart, string> = {
  text: "nội dung",
  heading: "tên văn bản hoặc đề mục",
  validity: "thời gian hiệu lực",
  certainty: "mức chắc chắn",
  questions: "câu hỏi mẫu",
};

export const VERDICTS: Record<AnswerChange["verdict"], string> = {
  broken: "Đang đúng, sẽ sai",
  unsteady: "Đang đúng nhưng chưa chắc, sẽ không trả lời",
  mended: "Đang sai, sẽ đúng",
  other: "Trả lời khác đi",
};

export const INTENTS: Record<Intent, string> = {
  question: "Câu hỏi về chính sách",
  petition: "Kiến nghị, phản ánh",
  greeting: "Lời chào",
  thanks: "Lời cảm ơn",
  identity: "Hỏi trợ lý là ai",
  outside: "Ngoài phạm vi",
  steering: "Tìm cách điều khiển trợ lý",
};

const CERTAINTIES: Record<Certainty, string> = {
  certain: "Chắc chắn",
  "to-verify": "Cần xác nhận",
  unknown: "Chưa có thông tin",
};

/** How sure a clause is, with the office to ask where it is not. */
export function certaintyText(certainty: Certainty, office: string | null | undefined): string {
  return certainty === "certain" || !office
    ? CERTAINTIES[certainty]
    : `${CERTAINTIES[certainty]} (hỏi ${office})`;
}

/** A span of validity; `to` is the first day on which it no longer applies. */
export function spanText({ from, to }: { from: string; to: string | null }): string {
  return to ? `từ ${writeDay(from)} đến trước ${writeDay(to)}` : `từ ${writeDay(from)}`;
}

export function count(n: number): string {
  return n.toLocaleString("vi-VN");
}

/** A share between 0 and 1 as people here write it: 0,44. */
export function share(n: number): string {
  return n.toLocaleString("vi-VN", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** 0.953 → "95,3 %". */
export function percent(part: number): string {
  return `${inHundred(part)} %`;
}

/** 0.953 → "95,3". */
export function inHundred(part: number): string {
  return (Math.round(part * 1000) / 10).toLocaleString("vi-VN");
}

/** What a check comes to, in a sentence or two. */
export function gateVerdict({ refused, answers }: Pick<GateReport, "refused" | "answers">): string {
  const [broken, unsteady] = ["broken", "unsteady"].map(
    (verdict) => answers.filter((answer) => answer.verdict === verdict).length,
  ) as [number, number];
  if (refused.length > 0) return `Có ${refused.length} văn bản không đọc được; xin sửa trước khi công bố.`;
  if (broken > 0) return `${count(broken)} câu hỏi mẫu đang được trả lời đúng sẽ bị trả lời sai.`;
  if (unsteady > 0)
    return `Không câu hỏi mẫu nào bị trả lời sai đi, nhưng ${count(unsteady)} câu vốn chỉ vừa đủ chắc sẽ được xử lý khác đi; xin xem bên dưới.`;
  return answers.length > 0
    ? "Không câu hỏi mẫu nào bị trả lời sai đi."
    : "Các câu hỏi mẫu được trả lời y như trước.";
}
