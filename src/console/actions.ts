import type { Context } from "hono";
import { readCode } from "../petitions/code.ts";

/** What each form does: the name under which the audit keeps it, and the words for people. */
export const ACTIONS: Record<string, readonly [name: string, words: string]> = {
  "POST /console/sign-out": ["signed-out", "Đăng xuất"],
  "POST /console/password": ["password-changed", "Đổi mật khẩu của mình"],
  "POST /console/petitions/:code/take": ["petition-taken", "Nhận kiến nghị vào xem xét"],
  "POST /console/petitions/:code/ask": ["petition-asked", "Hỏi thêm bà con về kiến nghị"],
  "POST /console/petitions/:code/forward": ["petition-forwarded", "Chuyển kiến nghị đến cơ quan"],
  "POST /console/petitions/:code/not-within-authority": [
    "petition-not-ours",
    "Ghi kiến nghị không thuộc thẩm quyền",
  ],
  "POST /console/petitions/:code/answer": ["petition-answered", "Trả lời kiến nghị"],
  "POST /console/petitions/:code/resolve": ["petition-resolved", "Ghi kiến nghị đã giải quyết xong"],
  "POST /console/petitions/:code/reopen": ["petition-reopened", "Mở lại kiến nghị"],
  "POST /console/petitions/:code/withdraw": ["petition-withdrawn", "Rút kiến nghị theo yêu cầu"],
  "POST /console/petitions/:code/extend": ["petition-extended", "Gia hạn kiến nghị"],
  "POST /console/petitions/:code/correct": ["petition-corrected", "Sửa thông tin kiến nghị"],
  "POST /console/petitions/:code/note": ["petition-noted", "Ghi chú nội bộ vào kiến nghị"],
  "POST /console/petitions/:code/propose": ["knowledge-proposed", "Đề xuất đưa câu trả lời vào kiến thức"],
  "POST /console/groups": ["group-made", "Lập nhóm hoặc đưa kiến nghị vào nhóm"],
  "POST /console/groups/:id/answer": ["group-answered", "Trả lời cả nhóm kiến nghị"],
  "POST /console/groups/:id/forward": ["group-forwarded", "Chuyển cả nhóm đến cơ quan"],
  "POST /console/groups/:id/ungroup": ["group-ungrouped", "Đưa kiến nghị ra khỏi nhóm"],
  "POST /console/opinions": ["opinions-imported", "Nhập tệp ý kiến"],
  "POST /console/opinions/:id/resume": ["opinions-resumed", "Nhập tiếp tệp ý kiến"],
  "POST /console/questions/:id/propose": ["question-to-knowledge", "Soạn kiến thức từ câu hỏi"],
  "POST /console/chats/:id/take-over": ["chat-taken-over", "Nhận cuộc trò chuyện từ trợ lý"],
  "POST /console/chats/:id/judge": ["answer-judged", "Đánh dấu câu trả lời sai"],
  "POST /console/chats/:id/write": ["chat-written", "Nhắn tin cho bà con"],
  "POST /console/chats/failed/:id/again": ["message-tried-again", "Xử lý lại hoặc gửi lại tin"],
  "POST /console/chats/failed/:id/settle": ["message-settled", "Ghi đã báo bà con bằng cách khác"],
  "POST /console/questions/:id/petition": ["petition-lodged", "Lập kiến nghị thay bà con"],
  "POST /console/questions/:id/golden": ["question-to-golden", "Ghi câu hỏi thành câu hỏi mẫu"],
  "POST /console/questions/:id/dismiss": ["question-dismissed", "Bỏ qua câu hỏi chưa có lời đáp"],
  "POST /console/judgements/adopt": ["judgements-adopted", "Đưa đánh giá vào bộ câu hỏi mẫu"],
  "POST /console/judgements/:id/expect": ["judgement-completed", "Ghi câu trả lời đúng"],
  "POST /console/judgements/:id/dismiss": ["judgement-dismissed", "Bỏ qua một đánh giá"],
  "POST /console/chats/:id/hand-back": ["chat-handed-back", "Giao cuộc trò chuyện lại cho trợ lý"],
  "POST /console/knowledge/files": ["knowledge-files-added", "Đưa tệp kiến thức lên"],
  "POST /console/knowledge/editions/:id/remove": ["knowledge-file-removed", "Bỏ tệp khỏi bản soạn"],
  "POST /console/knowledge/editions/:id/undo": [
    "knowledge-file-restored",
    "Hoàn tác thay đổi trong bản soạn",
  ],
  "POST /console/knowledge/editions/:id/check": ["knowledge-checked", "Kiểm tra bản soạn"],
  "POST /console/knowledge/editions/:id/publish": ["knowledge-published", "Công bố kiến thức"],
  "POST /console/knowledge/editions/:id/drop": ["knowledge-dropped", "Bỏ bản soạn"],
  "POST /console/knowledge/editions/:id/roll-back": ["knowledge-rolled-back", "Quay lại bản kiến thức cũ"],
  "POST /console/proposals/:id/approve": ["proposal-approved", "Duyệt đề xuất kiến thức"],
  "POST /console/proposals/:id/decline": ["proposal-declined", "Không nhận đề xuất kiến thức"],
  "POST /console/switches": ["switched", "Bật hoặc tắt công tắc"],
  "POST /console/directory/:name/save": ["directory-saved", "Sửa danh mục"],
  "POST /console/directory/:name/remove": ["directory-removed", "Bỏ một mục của danh mục"],
  "POST /console/precision": ["precision-set", "Đặt độ chính xác mong muốn"],
  "POST /console/staff": ["staff-created", "Thêm tài khoản"],
  "POST /console/staff/:id/role": ["staff-role-changed", "Đổi vai trò tài khoản"],
  "POST /console/staff/:id/disable": ["staff-disabled", "Khóa tài khoản"],
  "POST /console/staff/:id/enable": ["staff-enabled", "Mở khóa tài khoản"],
  "POST /console/staff/:id/reset": ["staff-password-reset", "Cấp lại mật khẩu"],
  "POST /console/staff/:id/end-sessions": ["staff-sessions-ended", "Kết thúc các phiên đăng nhập"],
};

/** What leaves a line without a form: who saw what, and who came. */
const OTHERS: Record<string, string> = {
  "signed-in": "Đăng nhập",
  "petition-viewed": "Xem kiến nghị",
  "chat-viewed": "Xem cuộc trò chuyện",
  "question-viewed": "Xem câu hỏi chưa có lời đáp",
  "chats-viewed": "Xem danh sách trò chuyện",
  "group-viewed": "Xem nhóm kiến nghị",
  "paper-saved": "Tải sổ hoặc báo cáo",
  "attachment-saved": "Tải tệp kèm kiến nghị",
  "original-viewed": "Tải tệp kiến thức gốc",
};

const WORDS = new Map([...Object.values(ACTIONS), ...Object.entries(OTHERS)]);

/** The name of what a route does, as the audit keeps it. */
export function actionOf(route: string): string {
  return ACTIONS[route]?.[0] ?? route;
}

/** An action in words; a name of former days stays as it is. */
export function actionWords(action: string): string {
  return WORDS.get(action) ?? action;
}

const KINDS: Record<string, string> = {
  staff: "staff",
  chats: "chat",
  questions: "message",
  failed: "message",
  judgements: "judgement",
  groups: "group",
  editions: "edition",
  proposals: "proposal",
  opinions: "import",
};

/** What the address of a form is about: "KN-234567" or "edition:12"; null where the doing makes it. */
export function subjectOf(c: Context): string | null {
  const { code, id, name } = c.req.param() as Record<string, string | undefined>;
  if (code !== undefined) {
    const reading = readCode(code);
    return reading.kind === "code" ? reading.code : safe(code);
  }
  if (name !== undefined) return `directory:${safe(name)}`;
  const segments = c.req.path.split("/");
  const kind = KINDS[segments[segments.indexOf(id ?? "") - 1] ?? ""];
  return id === undefined ? null : `${kind ?? "item"}:${safe(id)}`;
}

/** An address is written by whoever calls it. */
function safe(text: string): string {
  return text.replace(/[^\w-]/g, "").slice(0, 40);
}
