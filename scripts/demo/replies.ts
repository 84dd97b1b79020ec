import type { TopicId } from "../../src/knowledge/document.ts";

/** What staff of the example write, by topic; no figure or term of a policy stands in it, so that none can be taken for one. */
export const ANSWERS: Record<TopicId, string> = {
  "von-vay":
    "Cơ quan đã làm việc với ngân hàng trên địa bàn. Đề nghị HTX mang hồ sơ tới bộ phận tín dụng, cán bộ sẽ hướng dẫn từng giấy tờ và báo kết quả cho bà con.",
  "nhan-su":
    "Nhu cầu của HTX đã được đưa vào danh sách hỗ trợ nhân sự. Bộ phận phụ trách sẽ liên hệ ban giám đốc để thống nhất người và thời gian.",
  "ha-tang":
    "Cơ quan đã cử người xuống xem hiện trạng và ghi vào danh mục đề xuất đầu tư. Khi có quyết định, xã sẽ thông báo công khai để bà con theo dõi.",
  "tap-huan":
    "Nội dung bà con cần đã được đưa vào kế hoạch lớp tới, tổ chức tại chỗ và tránh mùa thu hoạch. Giấy mời sẽ gửi sớm để bà con sắp xếp.",
  khcn: "Cán bộ kỹ thuật đã nhận việc này và sẽ xuống tận nơi hướng dẫn. HTX cử giúp một người theo dõi để được chuyển giao.",
  "thi-truong":
    "Cơ quan đã kết nối với bên thu mua và mời HTX dự buổi làm việc về hợp đồng tiêu thụ. Thư mời sẽ gửi tới ban giám đốc.",
  "dang-ky":
    "Bộ phận một cửa đã rà lại hồ sơ và ghi rõ giấy còn thiếu. Bà con bổ sung rồi nộp lại tại xã, không phải đi lên trung tâm.",
  "quan-tri":
    "Cán bộ phụ trách sẽ dự cuộc họp thành viên sắp tới để hướng dẫn điều lệ, sổ sách và công khai thu chi.",
  "dieu-kien-huong":
    "Cơ quan đã công bố điều kiện và danh sách xét tại trụ sở xã. HTX xem phần của mình và gửi lại ý kiến nếu thấy chưa đúng.",
  "thue-phi-dat":
    "Cơ quan chuyên môn đã kiểm tra hồ sơ và hẹn HTX tới làm việc. Cán bộ sẽ hướng dẫn kê khai ngay tại buổi đó.",
  "thien-tai-bao-hiem":
    "Xã đã kiểm tra lại danh sách thiệt hại và bổ sung hộ còn sót. Kết quả sẽ dán ở trụ sở để bà con đối chiếu.",
  "dia-ban-co-quan":
    "Việc này do bộ phận phụ trách kinh tế tập thể của xã, phường tiếp nhận. Bà con tới trụ sở trong giờ làm việc sẽ có người hướng dẫn.",
  "du-lieu-ca-nhan":
    "Cơ quan đã yêu cầu gỡ thông tin và nhắc các nơi không dán danh sách có số điện thoại. Cảm ơn bà con đã báo.",
  khac: "Cơ quan đã ghi nhận và giao xã xử lý. Nếu thấy chưa có chuyển biến, bà con nhắn lại tại đây.",
};

export const GROUP_ANSWER =
  "Tuyến kênh trục đã được khảo sát và đưa vào kế hoạch nạo vét trong mùa khô này. Xã sẽ báo lịch thi công cho từng ấp trước khi làm để bà con thu xếp ghe xuồng.";
export const GROUP_TITLE = "Nạo vét kênh trục";

export const QUESTION = "Bà con cho biết thêm việc này ở ấp nào và bắt đầu từ khi nào?";
export const SUPPLIED = "Dạ ở ấp cuối kênh, bị từ đầu vụ tới giờ.";
export const UNSATISFIED = "Cán bộ nói xuống xem mà tới giờ chưa thấy ai xuống.";
export const NOTE = "Đã gọi điện cho xã, xã hẹn xuống xem lại trong tuần.";
export const REASONS = {
  satisfied: "HTX báo qua điện thoại là đã được giải quyết.",
  reopen: "HTX báo việc lặp lại, đề nghị xem xét thêm.",
  extend: "Cần thêm thời gian khảo sát thực địa cùng cơ quan chuyên môn.",
  notOurs: "Việc này do đơn vị khác quản lý, nơi tiếp nhận không có thẩm quyền quyết định.",
  withdraw: "HTX báo đã tự thu xếp xong và xin rút.",
} as const;
/** Whose it is when it is not ours. */
export const OTHER_OFFICE = "Công ty điện lực trên địa bàn";

export const HELD_CHAT = [
  "Cho tui gặp người thật được không?",
  "/canbo",
  "Hồ sơ của HTX tui gửi bữa trước tới đâu rồi cán bộ?",
];
export const HELPED_CHAT = ["/canbo", "Tui không rành gõ chữ, nhờ cán bộ gọi giùm số của HTX."];
export const HELPED_REPLY = "Dạ cán bộ phụ trách sẽ gọi trong buổi chiều nay, bà con để máy giúp.";
