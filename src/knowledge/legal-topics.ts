import type { TopicId } from "./document.ts";

const PHRASES: [TopicId, string[]][] = [
  [
    "von-vay",
    [
      "tín dụng",
      "cho vay",
      "vay vốn",
      "lãi suất",
      "bảo lãnh",
      "quỹ hỗ trợ phát triển hợp tác xã",
      "khoanh nợ",
    ],
  ],
  ["nhan-su", ["tiền lương", "lương tối thiểu", "lao động trẻ", "kế toán hợp tác xã", "nguồn nhân lực"]],
  [
    "ha-tang",
    [
      "hạ tầng",
      "thủy lợi",
      "cơ giới hóa",
      "mua máy",
      "máy sấy",
      "máy móc",
      "trang thiết bị",
      "nhà kho",
      "kho lạnh",
      "sân phơi",
      "nhà xưởng",
      "xây dựng trụ sở",
      "chế biến nông sản",
    ],
  ],
  ["tap-huan", ["đào tạo", "bồi dưỡng", "tập huấn", "khuyến nông"]],
  ["khcn", ["khoa học", "công nghệ", "chuyển đổi số", "đổi mới sáng tạo"]],
  [
    "thi-truong",
    [
      "xúc tiến thương mại",
      "tiêu thụ",
      "thị trường",
      "liên kết sản xuất",
      "truy xuất nguồn gốc",
      "mã số vùng trồng",
    ],
  ],
  [
    "dang-ky",
    ["đăng ký hợp tác xã", "đăng ký tổ hợp tác", "đăng ký thành lập", "đăng ký kinh doanh", "lệ phí đăng ký"],
  ],
  [
    "quan-tri",
    [
      "đại hội thành viên",
      "hội đồng quản trị",
      "luật hợp tác xã",
      "về tổ hợp tác",
      "tổ chức quản lý",
      "giải thể",
    ],
  ],
  ["dieu-kien-huong", ["điều kiện hưởng", "đối tượng được hỗ trợ", "điều kiện hỗ trợ", "tiêu chí lựa chọn"]],
  ["thue-phi-dat", ["thuế", "phí và lệ phí", "đất đai", "tiền thuê đất", "tiền sử dụng đất"]],
  ["thien-tai-bao-hiem", ["thiên tai", "dịch bệnh", "bảo hiểm nông nghiệp", "dịch hại"]],
  ["dia-ban-co-quan", ["sắp xếp đơn vị hành chính", "chính quyền địa phương", "cơ cấu tổ chức của"]],
  ["du-lieu-ca-nhan", ["dữ liệu cá nhân"]],
];
const MOST = 3;

/** Topics of a document by plain phrases of its title, else of its headings; `khac` when none of them stands there. */
export function guessTopics(title: string, headings: string[]): TopicId[] {
  const byTitle = topicsIn(title);
  const found = byTitle.length > 0 ? byTitle : topicsIn(headings.join("\n"));
  return found.length > 0 ? found.slice(0, MOST) : ["khac"];
}

function topicsIn(text: string): TopicId[] {
  const lower = text.toLowerCase();
  return PHRASES.filter(([, phrases]) => phrases.some((phrase) => lower.includes(phrase))).map(
    ([topic]) => topic,
  );
}
