import type { Article } from "./article.ts";

/** Help about chats, the knowledge and running the service. */
export const SERVICE_ARTICLES: readonly Article[] = [
  {
    slug: "tro-chuyen",
    title: "Trò chuyện với bà con",
    about: "Khi bà con cần gặp người, khi máy chưa trả lời được, và khi máy trả lời sai.",
    explains: ["/console/chats", "/console/questions"],
    sections: [
      {
        title: "Bà con xin gặp cán bộ",
        steps: [
          "Mở Trò chuyện. Các cuộc chờ cán bộ nằm ở thẻ đầu tiên; trợ lý tự động im lặng ở đó.",
          "Viết câu trả lời rồi bấm “Gửi”. Bà con nhận ở đúng kênh đang dùng.",
          "Xong việc, bấm “Giao lại cho trợ lý tự động”. Bà con được báo.",
        ],
      },
      {
        title: "Vì sao máy trả lời như vậy",
        text: [
          "Dưới mỗi câu trả lời của máy có phần “Vì sao trả lời như vậy”: câu hỏi được hiểu thế nào, đã xét những điều khoản nào, điều khoản nào bị loại và vì sao, đã dẫn điều khoản nào.",
          "Câu trả lời sai thì đánh dấu sai và ghi câu trả lời đúng. Câu đó thành câu hỏi mẫu: lần công bố kiến thức sau, hệ thống kiểm tra lại chính câu này.",
        ],
      },
      {
        title: "Câu hỏi chưa có lời đáp",
        text: [
          "Máy không đoán: điều gì văn bản chưa nói thì máy nói là chưa có thông tin. Các câu đó nằm ở thẻ “Chưa có lời đáp”. Cán bộ có thể lập kiến nghị thay bà con, đưa thành câu hỏi mẫu hoặc soạn kiến thức.",
        ],
      },
      {
        title: "Tin chưa gửi được",
        text: [
          "Thẻ “Chưa gửi được” gồm tin bị kênh từ chối, tin không rõ đã tới chưa và tin chờ cửa sổ của Zalo. Tin không rõ đã tới chưa thì không tự gửi lại, để bà con không nhận hai lần; cán bộ xem rồi quyết định.",
        ],
      },
    ],
  },
  {
    slug: "kien-thuc",
    title: "Cập nhật văn bản",
    about: "Trợ lý chỉ trả lời từ văn bản đang có hiệu lực trong kho này.",
    explains: ["/console/knowledge", "/console/proposals"],
    sections: [
      {
        title: "Đưa một văn bản mới vào",
        steps: [
          "Mở Kiến thức, chọn tệp (.docx, .pdf có chữ, .html, .xlsx hoặc .md) rồi bấm “Đưa lên”. Tệp đọc không được thì trang nói lý do.",
          "Trong bản soạn, xem các điều khoản thay đổi và bấm “Kiểm tra”. Hệ thống hỏi lại các câu hỏi mẫu và cho xem câu trả lời cũ, mới cạnh nhau.",
          "Nếu có câu trước đúng mà nay sai, việc công bố bị chặn cho đến khi có người ghi vì sao như vậy vẫn đúng.",
          "Bấm “Công bố”. Bà con được trả lời theo bản mới trong vài giây.",
        ],
      },
      {
        title: "Lỡ công bố nhầm",
        text: [
          "Mở bản trước đó trong Lịch sử công bố và bấm “Quay lại bản này”. Trang “Câu trả lời cũ cần xem lại” liệt kê những ai đã nhận câu trả lời nay không còn đúng.",
        ],
      },
      {
        title: "Câu trả lời chính thức thành kiến thức",
        text: [
          "Từ một kiến nghị đã trả lời, cán bộ có thể đề xuất đưa câu trả lời vào kiến thức. Người thứ hai duyệt, hệ thống kiểm tra, rồi câu trả lời đó được dẫn như một văn bản.",
        ],
      },
    ],
  },
  {
    slug: "quan-tri",
    title: "Quản trị",
    about: "Tài khoản, công tắc, danh mục, độ chính xác và nhật ký.",
    explains: [
      "/console/staff",
      "/console/switches",
      "/console/directory",
      "/console/precision",
      "/console/audit",
    ],
    sections: [
      {
        title: "Tài khoản và vai trò",
        terms: [
          ["Người xem", "Xem danh sách và báo cáo, không thấy liên hệ của bà con, không thay đổi gì."],
          ["Cán bộ cơ quan", "Chỉ thấy và trả lời kiến nghị đã chuyển đến cơ quan của mình."],
          ["Cán bộ", "Xử lý mọi kiến nghị và trò chuyện."],
          ["Quản trị", "Thêm tài khoản, công bố kiến thức, công tắc và danh mục."],
        ],
        text: [
          "Mật khẩu in ra khi tạo tài khoản chỉ dùng được 24 giờ. Chỉ giao cho đúng người, và nhắc đổi ngay.",
        ],
      },
      {
        title: "Tắt trả lời tự động hoặc một kênh",
        text: [
          "Khi nghi câu trả lời sai, vào Công tắc tắt trả lời tự động: bà con vẫn nhắn được, tin vẫn được giữ, và bà con được báo là cán bộ sẽ đọc. Tắt một kênh thì tin của kênh đó chờ, không mất, gửi tiếp khi bật lại.",
        ],
      },
      {
        title: "Danh mục và độ chính xác",
        text: [
          "Chủ đề, cơ quan, xã phường, ngày nghỉ, từ viết tắt là dữ liệu của kho kiến thức: sửa ở Danh mục, kiểm tra rồi công bố như văn bản.",
          "Độ chính xác mong muốn, ví dụ 95 %: đặt cao hơn thì máy trả lời ít hơn nhưng chắc hơn. Đường cong ở trang này cho biết được mất bao nhiêu.",
        ],
      },
      {
        title: "Nhật ký",
        text: [
          "Mỗi việc cán bộ làm và mỗi lần xem thông tin cá nhân được ghi một dòng. Các dòng nối với nhau bằng mã băm, nên sửa hay xóa một dòng thì trang Nhật ký báo ngay.",
        ],
      },
    ],
  },
  {
    slug: "ban-phim",
    title: "Dùng bàn phím và chữ lớn",
    about: "Trang dùng được không cần chuột, không cần JavaScript, và khi phóng to 200 %.",
    explains: [],
    sections: [
      {
        title: "Bàn phím",
        steps: [
          "Phím Tab đi tới liên kết, nút hoặc ô kế tiếp; Shift + Tab đi lùi. Chỗ đang đứng có viền đậm.",
          "Ở đầu mỗi trang, Tab một lần rồi Enter để đến thẳng nội dung chính.",
          "Phím cách hoặc Enter mở phần đang gập như “Chuyển cơ quan giải quyết”.",
        ],
      },
      {
        title: "Chữ lớn, màu tối",
        text: [
          "Ctrl và + để phóng to; trang tự xếp lại, không cần cuộn ngang. Màu sáng hay tối theo cài đặt của máy.",
        ],
      },
    ],
  },
];
