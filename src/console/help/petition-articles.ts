import { DELIVERY_STATES } from "../../petitions/group.ts";
import { STATUSES } from "../../petitions/petition.ts";
import type { Article } from "./article.ts";

/** Help about the work on petitions. */
export const PETITION_ARTICLES: readonly Article[] = [
  {
    slug: "kien-nghi",
    title: "Xử lý một kiến nghị",
    about: "Từ lúc bà con gửi đến lúc bà con nói đã thỏa đáng.",
    explains: ["/console/petitions"],
    sections: [
      {
        title: "Việc thường làm",
        steps: [
          "Mở Kiến nghị. Danh sách xếp việc gần hạn nhất lên đầu; bấm vào mã để mở.",
          "Đọc nội dung. Nếu loại, chủ đề hoặc xã phường đoán sai, mở “Sửa loại, chủ đề, xã phường” rồi lưu: lần sau hệ thống đoán đúng hơn.",
          "Bấm “Nhận xem xét” để đồng nghiệp biết đã có người làm.",
          "Nếu trả lời được ngay, viết ở ô “Câu trả lời gửi đến thành viên” rồi bấm “Gửi câu trả lời”. Bà con nhận ở đúng nơi đã hỏi.",
          "Nếu thuộc cơ quan khác, mở “Chuyển cơ quan giải quyết”. Cơ quan đã được gợi ý theo chủ đề và địa bàn; chọn cơ quan khác thì phải ghi lý do.",
          "Nếu thiếu thông tin, mở “Hỏi thêm bà con”. Thời hạn tạm dừng cho tới khi bà con nhắn lại.",
        ],
      },
      {
        title: "Các trạng thái",
        terms: Object.values(STATUSES).map(
          ({ label, notice }) => [label, `Bà con được báo: kiến nghị ${notice}`] as const,
        ),
      },
      {
        title: "Thời hạn tính thế nào",
        text: [
          "Thời hạn tính bằng ngày làm việc, bỏ thứ bảy, chủ nhật, ngày lễ và Tết theo lịch trong Danh mục. Gửi sau giờ làm việc thì tính là nhận vào ngày làm việc kế tiếp.",
          "Bấm “Vì sao là ngày này?” ở trang kiến nghị để xem từng bước tính, ngày nghỉ nào được bỏ qua và căn cứ.",
          "Gia hạn được một lần, phải có lý do, và bà con thấy lý do đó.",
        ],
      },
      {
        title: "Hình, tệp bà con gửi kèm",
        text: [
          "Bà con gửi hình hoặc tệp qua Telegram, Zalo trong lúc viết kiến nghị, ngay sau khi gửi, hoặc khi được hỏi thêm, thì hình, tệp nằm ở trang kiến nghị. Bấm “Tải về” để lưu vào máy; mỗi lần tải đều được ghi nhật ký.",
          "“Đang tải” là hệ thống đang lấy từ Telegram, Zalo. “Không có tệp” là không lấy được và ghi rõ vì sao; khi đó dùng “Hỏi thêm bà con” để xin gửi lại. Tệp lớn hơn 20 MB không nhận được.",
        ],
      },
      {
        title: "Khi hai người cùng mở một kiến nghị",
        text: [
          "Trang cho biết ai đang mở kiến nghị này. Ai gửi trước thì được ghi; người gửi sau được báo là kiến nghị vừa thay đổi, phần đã viết vẫn còn trong ô.",
          "Ghi chú nội bộ chỉ cán bộ thấy, không bao giờ gửi cho bà con.",
        ],
      },
      {
        title: "Bà con chưa đồng ý với câu trả lời",
        text: [
          "Sau câu trả lời, bà con được hỏi đã thỏa đáng chưa. Bà con nói “Chưa thỏa đáng” thì kiến nghị mở lại, kèm lý do, và thời hạn mới bắt đầu.",
        ],
      },
    ],
  },
  {
    slug: "nhom",
    title: "Gom nhóm và trả lời một lần cho nhiều người",
    about: "Nhóm chỉ là mối liên kết: mỗi kiến nghị vẫn giữ lời, mã và kênh của mình.",
    explains: ["/console/groups"],
    sections: [
      {
        title: "Lập nhóm",
        steps: [
          "Mở Kiến nghị, chọn “Nhóm kiến nghị”.",
          "Chọn chủ đề rồi bấm “Xem gợi ý”. Máy gợi ý các kiến nghị cùng xin một việc.",
          "Bỏ dấu chọn ở kiến nghị không cùng việc, rồi bấm “Lập nhóm”. Máy chỉ gợi ý, người quyết định.",
        ],
      },
      {
        title: "Trả lời cả nhóm",
        steps: [
          "Mở nhóm, viết câu trả lời. Mỗi người nhận kèm mã của chính mình, qua kênh của mình.",
          "Xem “Sổ giao nhận” bên dưới: từng người đã nhận hay chưa.",
          "Tách nhóm chỉ cần một nút; các kiến nghị còn nguyên như trước khi gom.",
        ],
      },
      {
        title: "Chữ trong sổ giao nhận",
        terms: [
          [DELIVERY_STATES.delivered, "Kênh đã nhận tin của ta."],
          [
            DELIVERY_STATES.waiting,
            "Zalo chỉ cho gửi khi bà con nhắn gần đây; tin tự gửi khi bà con nhắn lại.",
          ],
          [DELIVERY_STATES.refused, "Bà con đã chặn kênh này; nên gọi điện nếu có số liên hệ."],
          [
            DELIVERY_STATES.uncertain,
            "Kênh không trả lời rõ; xem thẻ “Chưa gửi được” ở Trò chuyện trước khi gửi lại.",
          ],
          [
            DELIVERY_STATES["next-contact"],
            "Ý kiến thu trên giấy, không có kênh chat: báo khi gặp hoặc gọi điện.",
          ],
        ],
      },
    ],
  },
  {
    slug: "nhap-y-kien",
    title: "Nhập ý kiến thu trên giấy",
    about: "Ý kiến gõ vào bảng tính trở thành kiến nghị có mã.",
    explains: ["/console/opinions"],
    sections: [
      {
        title: "Các bước",
        steps: [
          "Mở Kiến nghị, chọn “Nhập ý kiến”, tải tệp mẫu nếu chưa có.",
          "Mỗi dòng một ý kiến. Chỉ cột noi_dung là bắt buộc; loai và chu_de để trống thì hệ thống đoán.",
          "Chọn tệp .xlsx hoặc .csv rồi bấm “Nhập ý kiến”. Trang cho thấy đã nhập tới đâu; đóng trang cũng không sao.",
          "Xem báo cáo từng dòng: dòng nào không nhận được, vì sao. Sửa các dòng đó trong tệp rồi nhập lại: dòng đã có không bị nhập lần hai.",
        ],
      },
      {
        title: "Ý kiến đồng thuận",
        text: [
          "Đồng thuận không nằm trong việc phải làm nhưng có đủ trong báo cáo. “Đồng ý nhưng xin thêm…” được tính là kiến nghị.",
        ],
      },
    ],
  },
  {
    slug: "bao-cao",
    title: "Sổ, công văn và báo cáo",
    about: "Mỗi con số bấm vào được để xem các dòng mà nó đếm.",
    explains: ["/console/papers"],
    sections: [
      {
        title: "Lấy báo cáo",
        steps: [
          "Mở Kiến nghị, chọn “Sổ và báo cáo”, chọn kỳ.",
          "Sổ (.xlsx): mỗi kiến nghị một dòng, lọc và cộng được trong bảng tính.",
          "Báo cáo tóm tắt (.docx) cho lãnh đạo; công văn (.docx) gửi từng cơ quan, có nhóm vấn đề, số ý kiến, địa bàn, trích nguyên văn và hạn trả lời.",
        ],
      },
      {
        title: "Trang Tổng quan",
        text: [
          "Cho biết đã nhận, đang làm, trễ hạn, đã giải quyết; theo chủ đề, địa bàn, cơ quan, loại và theo tháng. Bấm vào một con số để mở đúng danh sách đó.",
          "Bảng “chưa có lời đáp” theo chủ đề cho biết chính sách còn thiếu hoặc chưa tới bà con ở đâu.",
        ],
      },
    ],
  },
];
