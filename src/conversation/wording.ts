import { writtenDay } from "../petitions/calendar.ts";
import { type PetitionView, STANCES, STATUSES, type Status } from "../petitions/petition.ts";
import type { Reminder, ReminderKind } from "../petitions/reminder.ts";
import { CONSENT_TEXT } from "./consent.ts";
import { RETENTION_NOTICE } from "./retention.ts";
import type { Draft } from "./state.ts";

/** A moment as people in Vietnam write it: "24/11/2026 lúc 15:04". */
function moment(at: Date): string {
  const parts = new Intl.DateTimeFormat("vi-VN", {
    timeZone: "Asia/Ho_Chi_Minh",
    day: "numeric",
    month: "numeric",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("day")}/${part("month")}/${part("year")} lúc ${part("hour")}:${part("minute")}`;
}

/** The choices that a member may tap; each is also understood when typed. */
export const CHOICES = {
  petition: "Gửi kiến nghị",
  helpful: "Có, cảm ơn",
  unhelpful: "Chưa đúng ý tôi",
  clause: "Xem nguyên văn",
  skip: "Bỏ qua",
  send: "Gửi",
  sendWithoutContact: "Gửi không kèm liên hệ",
  edit: "Sửa nội dung",
  cancel: "Hủy",
  erase: "Xóa dữ liệu của tôi",
  keep: "Không xóa",
  topics: "Chọn chủ đề",
  person: "Gặp cán bộ",
  satisfied: "Đã thỏa đáng",
  unsatisfied: "Chưa thỏa đáng",
  withdraw: "Rút kiến nghị",
  keepPetition: "Không rút",
} as const;

/** Everything the bot says by itself, in one place; answers about policy come from clauses, never from here. */
export const wording = {
  greeting: [
    "Xin chào bà con! Tôi là Cầu Nối, trợ lý tự động (máy trả lời, không phải người).",
    "Tôi trả lời câu hỏi về chính sách hỗ trợ hợp tác xã, tổ hợp tác kèm căn cứ; điều gì chưa có thông tin thì tôi giúp bà con gửi kiến nghị và cấp mã để theo dõi.",
    "Cán bộ phụ trách có thể xem nội dung bà con viết ở đây để trả lời; kiến nghị thì cơ quan giải quyết cũng xem. Bà con đừng gửi số căn cước hay tài khoản ngân hàng.",
    `${RETENTION_NOTICE} Gõ /trogiup để xem cách dùng, /xoadulieu để xóa dữ liệu của mình.`,
  ].join("\n"),
  firstNotice: `(Đây là trợ lý tự động; cán bộ phụ trách có thể xem nội dung trao đổi, kiến nghị thì cơ quan giải quyết cũng xem. ${RETENTION_NOTICE} Gõ /xoadulieu để xóa dữ liệu của mình, /trogiup để xem cách dùng.)`,
  help: [
    "Bà con cứ hỏi bằng lời thường, có dấu hay không dấu đều được. Ngoài ra:",
    "/kiennghi – gửi kiến nghị, phản ánh, đề xuất",
    "/tracuu KN-XXXXXX – xem kiến nghị đã tới đâu",
    "/rut KN-XXXXXX – rút kiến nghị đã gửi",
    "/chude – các chủ đề có thể hỏi",
    "/canbo – chuyển cuộc trò chuyện cho cán bộ",
    "/xoadulieu – xóa dữ liệu của bà con",
    "/huy – bỏ việc đang làm dở",
  ].join("\n"),
  unknownCommand: (command: string) =>
    `Tôi không có lệnh ${command}. Bà con gõ /trogiup để xem các lệnh, hoặc cứ hỏi bằng lời thường.`,
  notText:
    "Tôi mới đọc được chữ, chưa xem được hình, tệp hay giọng nói. Bà con gõ câu hỏi bằng chữ giúp tôi, hoặc gõ /canbo để gặp cán bộ.",
  fileAlone:
    "Muốn gửi hình hoặc tệp kèm kiến nghị thì bà con gõ /kiennghi, viết nội dung, rồi gửi hình hoặc tệp vào đây.",
  noWords:
    "Tôi chưa thấy câu hỏi trong tin này. Bà con gõ vài chữ cho biết cần hỏi gì nhé, ví dụ: “HTX vay không thế chấp được bao nhiêu?”",
  helpfulQuestion: "Câu trả lời này có giúp được bà con không?",
  onlyBeginningRead: (limit: number) =>
    `Tin của bà con dài quá nên tôi chỉ mới đọc ${limit.toLocaleString("vi-VN")} ký tự đầu, bà con viết ngắn lại câu cần hỏi giúp tôi nhé.`,
  unanswered:
    "Việc này tôi chưa có thông tin chắc chắn nên không dám trả lời. Bà con có muốn gửi thành kiến nghị để cán bộ trả lời không?",
  paused:
    "Việc trả lời tự động đang tạm dừng. Điều bà con viết vẫn được lưu lại và cán bộ sẽ đọc. Bà con vẫn dùng được /kiennghi để gửi kiến nghị, /tracuu để xem kiến nghị đã tới đâu, /canbo để gặp cán bộ và /xoadulieu để xóa dữ liệu.",
  knownGap: "Bà con có muốn gửi thành kiến nghị để cơ quan có trách nhiệm trả lời không?",
  mixed: "Phần bà con phản ánh, kiến nghị thì tôi có thể chuyển cho cán bộ: chọn “Gửi kiến nghị”.",
  smalltalk_thanks: "Dạ không có chi. Cần gì bà con cứ hỏi tiếp nhé.",
  smalltalk_identity:
    "Tôi là Cầu Nối, một chương trình máy tính trả lời tự động về chính sách hỗ trợ hợp tác xã, không phải người thật. Muốn gặp cán bộ, bà con gõ /canbo.",
  refused_out_of_scope:
    "Việc này nằm ngoài phạm vi của tôi. Tôi chỉ giúp được về chính sách hỗ trợ hợp tác xã, tổ hợp tác và việc gửi kiến nghị.",
  refused_steering:
    "Yêu cầu này tôi không làm được. Tôi chỉ trả lời theo văn bản đang có hiệu lực, không xác nhận thay cơ quan nào và không cung cấp thông tin của người khác.",
  handOver:
    "Tôi đã chuyển cuộc trò chuyện cho cán bộ. Từ giờ tôi không tự trả lời nữa; bà con cứ viết tiếp, cán bộ sẽ đọc và trả lời tại đây trong giờ làm việc.",
  tookOver:
    "Cán bộ đã vào cuộc trò chuyện này và sẽ trực tiếp trả lời bà con. Từ giờ trợ lý tự động không tự trả lời nữa; bà con cứ viết tiếp tại đây.",
  handedBack: "Cán bộ đã giao lại cuộc trò chuyện cho trợ lý tự động. Bà con cần gì cứ hỏi tiếp nhé.",
  unhelpful:
    "Tôi xin lỗi vì trả lời chưa đúng ý. Bà con thử hỏi lại rõ hơn (ai hỏi, việc gì), hoặc gửi kiến nghị để cán bộ trả lời.",
  feedbackThanks: "Cảm ơn bà con. Cần gì bà con cứ hỏi tiếp nhé.",
  nothingToShow: "Hiện chưa có câu trả lời nào để xem nguyên văn. Bà con hỏi một câu trước nhé.",
  nothingToCancel: "Hiện không có việc gì đang làm dở.",
  cancelled: "Đã hủy. Chưa có gì được gửi đi.",
  topicsHeading: "Bà con có thể hỏi về các chủ đề sau:",
  topicPicked: (name: string, description: string) =>
    `${name}: ${description}\nBà con muốn hỏi gì về chủ đề này?`,
  eraseQuestion:
    "Bà con muốn xóa dữ liệu của mình? Lời đã viết, liên hệ và tên hợp tác xã sẽ bị xóa và không lấy lại được; kiến nghị đã gửi vẫn được giải quyết nhưng không còn gắn với bà con, nên câu trả lời sẽ không gửi tới đây nữa.",
  erased: "Đã xóa dữ liệu của bà con. Nếu sau này cần hỏi, bà con cứ viết lại từ đầu.",
  kept: "Không xóa gì cả.",
  failed:
    "Xin lỗi bà con, hệ thống chưa xử lý được tin nhắn vừa rồi. Tin đã được giữ lại và cán bộ sẽ xem. Bà con có thể gõ /canbo để gặp cán bộ.",
  staffPetition: (code: string) =>
    `Có kiến nghị mới ${code}. Mời cán bộ mở trang làm việc để xem và trả lời.`,
  staffSupplied: (code: string) =>
    `Bà con đã bổ sung thông tin cho kiến nghị ${code}. Thời hạn chạy tiếp; mời cán bộ mở trang làm việc để xem.`,
  staffUnsatisfied: (code: string) =>
    `Bà con chưa thỏa đáng với trả lời của kiến nghị ${code}, nên kiến nghị được mở lại. Mời cán bộ xem.`,
  staffWithdrawn: (code: string) => `Bà con đã rút kiến nghị ${code}; không cần giải quyết tiếp.`,
  staffHandOver: "Có thành viên cần gặp cán bộ. Mời mở mục “Chờ cán bộ” trên trang làm việc.",
  petitionAnswered: (code: string, text: string) =>
    `Kiến nghị ${code} của bà con đã có trả lời:\n\n${text}\n\nBà con gõ /tracuu ${code} để xem lại bất cứ lúc nào.\n\nTrả lời này đã thỏa đáng chưa, bà con?`,
} as const;

/** What the intake of a petition says. */
export const intakeWording = {
  content:
    "Bà con viết nội dung kiến nghị, phản ánh hoặc đề xuất (việc gì, ở đâu, mong muốn ra sao). Gõ /huy nếu không gửi nữa.",
  contentTooShort:
    "Nội dung ngắn quá, cán bộ khó hiểu. Bà con viết rõ thêm việc gì, ở đâu và mong muốn ra sao nhé.",
  prefilled: (content: string) =>
    `Tôi ghi nội dung kiến nghị như sau:\n“${content}”\n\nBà con ở hợp tác xã, tổ hợp tác nào? (Không muốn ghi thì chọn “Bỏ qua”.)`,
  cooperative: "Bà con ở hợp tác xã, tổ hợp tác nào? (Không muốn ghi thì chọn “Bỏ qua”.)",
  commune: "Xã, phường nào? (Tên cũ hay tên mới đều được; không muốn ghi thì chọn “Bỏ qua”.)",
  contact:
    "Bà con muốn để lại số điện thoại hoặc cách liên lạc khác không? Không bắt buộc: câu trả lời vẫn gửi về đây. Phản ánh không có người liên hệ thì có nơi không thụ lý được.",
  denunciation:
    "Lưu ý: tố cáo chính thức phải nộp đơn cho cơ quan có thẩm quyền giải quyết tố cáo; phiếu gửi ở đây không thay được đơn đó.",
  tooLong: (limit: number) => `Phần này dài quá ${limit} ký tự. Bà con viết ngắn lại giúp tôi.`,
  summary: (draft: Draft, kind: string, isDenunciation: boolean) =>
    [
      "Bà con xem lại trước khi gửi:",
      `• Nội dung: ${draft.content}`,
      `• Loại: ${kind}`,
      `• Hợp tác xã, tổ hợp tác: ${draft.cooperative ?? "không ghi"}`,
      `• Xã, phường: ${draft.commune ?? "không ghi"}`,
      `• Liên hệ: ${draft.contact ?? "không ghi"}`,
      ...(draft.files.length > 0 ? [`• Hình, tệp gửi kèm: ${draft.files.length}`] : []),
      ...(isDenunciation ? [intakeWording.denunciation] : []),
      CONSENT_TEXT,
      ...(draft.contact ? [`Chọn “${CHOICES.sendWithoutContact}” thì kiến nghị không kèm liên hệ.`] : []),
    ].join("\n"),
  fileKept: "Đã nhận hình hoặc tệp này, tôi sẽ gửi kèm kiến nghị.",
  tooManyFiles: (most: number) =>
    `Mỗi kiến nghị chỉ gửi kèm được ${most} hình hoặc tệp, nên cái vừa rồi không được gửi kèm.`,
  confirmAgain: "Bà con chọn “Gửi”, “Sửa nội dung” hoặc “Hủy” nhé.",
  received: (code: string) =>
    [
      `Đã nhận kiến nghị. Mã của bà con: ${code}`,
      `Bà con giữ mã này; gõ /tracuu ${code} để xem tiến độ. Cán bộ sẽ xem, chuyển đến nơi có trách nhiệm và trả lời tại đây.`,
      "Đây là kênh tiếp nhận bổ sung: không thay đơn khiếu nại, tố cáo chính thức và không làm dừng thời hiệu khiếu nại.",
    ].join("\n"),
} as const;

/** What the member is told of his petition as it goes on, and what he hears when he answers. */
export const petitionWording = {
  moved: (
    code: string,
    status: Status,
    details: { reason?: string | undefined; dueOn?: string | null } = {},
  ) =>
    [
      `Kiến nghị ${code} của bà con ${STATUSES[status].notice}`,
      ...(details.reason ? [`Lý do: ${details.reason}`] : []),
      ...(details.dueOn ? [dueLine(details.dueOn)] : []),
    ].join("\n"),
  needsInfo: (code: string, question: string) =>
    `Kiến nghị ${code} của bà con ${STATUSES["needs-info"].notice}\n\n${question}\n\nBà con viết câu trả lời ngay tại đây. Trong lúc chờ, thời hạn giải quyết tạm dừng.`,
  forwarded: (
    code: string,
    office: string,
    details: { reason?: string | undefined; dueOn?: string | null },
  ) =>
    [
      `Kiến nghị ${code} của bà con đã được chuyển đến ${office} để giải quyết.`,
      ...(details.reason ? [`Lý do: ${details.reason}`] : []),
      ...(details.dueOn ? [dueLine(details.dueOn)] : []),
    ].join("\n"),
  notWithinAuthority: (code: string, office: string, reason: string) =>
    `Kiến nghị ${code} của bà con ${STATUSES["not-within-authority"].notice}\nNơi có thẩm quyền: ${office}.\nLý do: ${reason}\nNếu thấy chưa đúng, bà con nhắn “${CHOICES.unsatisfied} ${code}” kèm lý do.`,
  extended: (code: string, dueOn: string, reason: string) =>
    `Thời hạn trả lời kiến nghị ${code} của bà con được gia hạn. Lý do: ${reason}\n${dueLine(dueOn)}`,
  lodgedFor: (code: string, question: string) =>
    [
      `Câu hỏi của bà con: “${question}”`,
      `Việc này chưa có văn bản nào trả lời, nên cán bộ đã lập kiến nghị thay bà con. Mã: ${code}`,
      `Cán bộ sẽ chuyển đến nơi có trách nhiệm và trả lời tại đây; bà con gõ /tracuu ${code} để xem tiến độ. Không muốn gửi kiến nghị này thì bà con gõ /canbo để báo lại.`,
    ].join("\n"),
  satisfied: (code: string) =>
    `Cảm ơn bà con. Kiến nghị ${code} được ghi là đã giải quyết xong. Nếu sau này thấy chưa ổn, bà con nhắn “${CHOICES.unsatisfied} ${code}”.`,
  askReason: (code: string) =>
    `Về kiến nghị ${code}, bà con thấy chỗ nào chưa thỏa đáng? Bà con viết vài dòng; không muốn viết thì chọn “${CHOICES.skip}”.`,
  reasonLater: (code: string) =>
    `(Kiến nghị ${code} chưa được mở lại. Khi muốn mở lại, bà con nhắn “${CHOICES.unsatisfied} ${code}” kèm lý do.)`,
  unsatisfied: (code: string) =>
    `Đã mở lại kiến nghị ${code} và chuyển lời của bà con cho cán bộ. Bà con gõ /tracuu ${code} để xem tiến độ.`,
  supplied: (code: string) =>
    `Đã ghi phần bổ sung của bà con vào kiến nghị ${code}. Cán bộ sẽ xem tiếp; bà con gõ /tracuu ${code} để xem tiến độ.`,
  fileAdded: (code: string) => `Đã gửi kèm hình hoặc tệp này vào kiến nghị ${code}.`,
  whichOne: "Bà con nói về kiến nghị nào?",
} as const;

function dueLine(dueOn: string): string {
  return `Hạn trả lời dự kiến: hết ngày ${writtenDay(dueOn)}.`;
}

/** What the staff's chat is reminded of; it names petitions by their codes alone. */
export function reminderText({ kind, petitions }: Reminder): string {
  const headings: Record<ReminderKind, string> = {
    late: "Kiến nghị đã quá hạn trả lời:",
    "due-soon": "Kiến nghị sắp đến hạn trả lời:",
    "review-late": "Kiến nghị chưa được tiếp nhận xem xét đúng hạn:",
  };
  return [
    headings[kind],
    ...petitions.map(({ code, dueOn }) => `• ${code}: hạn ${writtenDay(dueOn)}`),
    "Mời cán bộ mở trang làm việc để xử lý.",
  ].join("\n");
}

/** What a look-up by code says. */
export const lookUpWording = {
  askCode: "Bà con gõ mã kiến nghị, ví dụ: /tracuu KN-XXXXXX",
  mistyped: "Mã này gõ chưa đúng. Mã có dạng KN- và sáu chữ, số; bà con xem lại từng ký tự giúp tôi.",
  unknown: "Mã đúng dạng nhưng tôi không tìm thấy kiến nghị nào có mã này.",
  view: (petition: PetitionView) =>
    [
      `Kiến nghị ${petition.code}: ${STATUSES[petition.status].label.toLowerCase()}.`,
      ...(petition.owned ? [`• Nội dung: ${petition.content}`, `• Loại: ${STANCES[petition.stance]}`] : []),
      ...(petition.owned && petition.cooperative
        ? [`• Hợp tác xã, tổ hợp tác: ${petition.cooperative}`]
        : []),
      ...(petition.owned && petition.commune ? [`• Xã, phường: ${petition.commune}`] : []),
      ...(petition.dueOn ? [`• ${dueLine(petition.dueOn)}`] : []),
      "Quá trình:",
      ...petition.events.map(
        (event) =>
          `• ${moment(event.at)}: ${event.status ? STATUSES[event.status].label : "Thông báo"}${event.text ? `. ${event.status === "answered" ? "Trả lời" : "Nội dung"}: ${event.text}` : ""}`,
      ),
    ].join("\n"),
} as const;
