/** What the members of a fault run ask; all of it is answered at once. */
export const QUESTIONS = [
  "htx vay không thế chấp tối đa bao nhiêu",
  "Hợp tác xã được hỗ trợ đào tạo những gì?",
  "thanh lap hop tac xa can may nguoi",
  "xin chào",
  "cảm ơn",
  "/trogiup",
] as const;
/** What no document can answer, so that a petition is offered. */
export const UNANSWERABLE = "Hợp tác xã tôi nộp hồ sơ vay hôm 12/10 bên quỹ hợp tác xã, đã duyệt chưa?";
/** What a member complains of. */
export const COMPLAINT = "Đường vào kho lúa của hợp tác xã hư nặng, xin hỗ trợ sửa trước vụ Đông Xuân";
