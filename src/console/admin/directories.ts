import type { Row, SectionName } from "../../knowledge/directory.ts";

/** How a value is written in a form and shown in a table. */
export type Field = {
  key: string;
  label: string;
  kind: "text" | "long" | "lines" | "day" | "number" | "choice" | "check" | "agency" | "agencies";
  options?: [value: string, label: string][];
  required?: boolean;
  help?: string;
  /** Shown in the form alone, since the table has it elsewhere or has no room for it. */
  formOnly?: boolean;
};

export type SectionWords = { title: string; about: string; fields: Field[]; groupOf?: (row: Row) => string };

/** A page of the directory: its address, and the lists that it holds. */
export type Directory = { name: string; title: string; about: string; sections: SectionName[] };

export const DIRECTORIES: Directory[] = [
  {
    name: "topics",
    title: "Chủ đề",
    about: "Chủ đề của câu hỏi và kiến nghị, cơ quan phụ trách, câu mẫu để nhận ra chủ đề.",
    sections: ["topics"],
  },
  {
    name: "agencies",
    title: "Cơ quan",
    about: "Cơ quan giải quyết kiến nghị, có hiệu lực từ ngày nào đến ngày nào.",
    sections: ["agencies"],
  },
  {
    name: "communes",
    title: "Xã, phường",
    about: "Xã, phường hiện nay và tên cũ trước khi sắp xếp.",
    sections: ["communes"],
  },
  {
    name: "holidays",
    title: "Ngày nghỉ",
    about: "Ngày lễ, Tết và ngày nghỉ bù, dùng để tính hạn theo ngày làm việc.",
    sections: ["holidays"],
  },
  {
    name: "glossary",
    title: "Từ ngữ",
    about: "Chữ viết tắt, tiếng miền Nam, cách viết nhanh và từ cùng nghĩa trong tin nhắn của bà con.",
    sections: ["abbreviations", "southern", "shorthand", "synonyms", "setting"],
  },
  {
    name: "deadlines",
    title: "Thời hạn",
    about: "Số ngày làm việc để tiếp nhận, trả lời và gia hạn kiến nghị.",
    sections: ["deadlines"],
  },
];

const CERTAINTY: Field[] = [
  {
    key: "certainty",
    label: "Mức chắc chắn",
    kind: "choice",
    options: [
      ["", "Chắc chắn"],
      ["to-verify", "Cần xác nhận"],
    ],
  },
  { key: "verifiedBy", label: "Nơi xác nhận", kind: "text", formOnly: true },
];
const ONLY: Field = {
  key: "only",
  label: "Chỉ hiểu như vậy khi",
  kind: "choice",
  options: [
    ["", "ở mọi chỗ"],
    ["before-number", "đứng trước số"],
    ["after-number", "đứng sau số"],
    ["not-after-number", "không đứng sau số"],
  ],
};
const NOTE: Field = { key: "note", label: "Ghi chú", kind: "text" };
const word = (key: string, label: string): Field => ({ key, label, kind: "text", required: true });
const days = (key: string, label: string): Field[] => [
  { key: `${key}.days`, label: `${label} (ngày làm việc)`, kind: "number", required: true },
  { key: `${key}.basis`, label: `Căn cứ của hạn: ${label.toLowerCase()}`, kind: "long", required: true },
];

/** What each list is called, and what of its rows is shown and edited. */
export const SECTION_WORDS: Record<SectionName, SectionWords> = {
  topics: {
    title: "Chủ đề",
    about:
      "Bộ chủ đề là cố định nên chỉ sửa được từng dòng, không thêm hay bỏ. Cơ quan đứng đầu là cơ quan chịu trách nhiệm chính.",
    fields: [
      word("name", "Tên"),
      { key: "description", label: "Mô tả", kind: "long", required: true },
      {
        key: "agencies",
        label: "Cơ quan phụ trách",
        kind: "agencies",
        help: "Mỗi dòng một cơ quan, ghi đúng tên trong danh mục Cơ quan.",
      },
      { key: "phrases", label: "Câu mẫu", kind: "lines", help: "Mỗi dòng một câu, như bà con hay viết." },
    ],
  },
  agencies: {
    title: "Cơ quan",
    about:
      "Cơ quan thôi hoạt động thì ghi ngày hết hiệu lực và cơ quan kế thừa, đừng bỏ dòng: kiến nghị cũ còn ghi tên cơ quan đó.",
    fields: [
      word("name", "Tên"),
      { key: "handles", label: "Việc phụ trách", kind: "long" },
      { key: "validFrom", label: "Từ ngày", kind: "day" },
      { key: "validTo", label: "Đến trước ngày", kind: "day" },
      {
        key: "successor",
        label: "Cơ quan kế thừa",
        kind: "agency",
        help: "Ghi đúng tên trong danh mục này.",
      },
      { key: "formerly", label: "Tên cũ", kind: "lines", help: "Mỗi dòng một tên." },
      {
        key: "aliases",
        label: "Tên gọi khác",
        kind: "lines",
        help: "Mỗi dòng một tên, như bà con hay gọi.",
        formOnly: true,
      },
      { key: "perCommune", label: "Mỗi xã, phường có một", kind: "check" },
      ...CERTAINTY,
    ],
  },
  communes: {
    title: "Xã, phường",
    about: "Tên mới đứng trước, các tên cũ đứng sau.",
    fields: [
      {
        key: "kind",
        label: "Loại",
        kind: "choice",
        options: [
          ["xã", "Xã"],
          ["phường", "Phường"],
        ],
        required: true,
      },
      word("name", "Tên mới"),
      { key: "formerly", label: "Tên cũ", kind: "lines", help: "Mỗi dòng một xã, phường, thị trấn cũ." },
      { key: "from", label: "Từ ngày", kind: "day", required: true },
      {
        key: "wageRegion",
        label: "Vùng lương tối thiểu",
        kind: "choice",
        options: [
          ["3", "Vùng III"],
          ["4", "Vùng IV"],
        ],
        required: true,
      },
      ...CERTAINTY,
    ],
  },
  holidays: {
    title: "Ngày nghỉ",
    about:
      "Ngày lễ rơi vào thứ Bảy, Chủ nhật mà không có dòng nghỉ bù thì ngày làm việc kế tiếp được tính là nghỉ bù.",
    fields: [
      { key: "date", label: "Ngày", kind: "day", required: true },
      word("name", "Tên ngày nghỉ"),
      { key: "compensates", label: "Nghỉ bù cho ngày", kind: "day" },
      ...CERTAINTY,
    ],
    groupOf: ({ date }) => `Năm ${String(date).slice(0, 4)}`,
  },
  abbreviations: {
    title: "Chữ viết tắt",
    about: "Chữ bên trái được hiểu là chữ bên phải.",
    fields: [word("short", "Viết tắt"), word("full", "Đầy đủ"), ONLY, NOTE],
  },
  southern: {
    title: "Tiếng miền Nam",
    about: "Cách nói của bà con và từ phổ thông.",
    fields: [word("word", "Bà con nói"), word("standard", "Từ phổ thông"), ONLY, NOTE],
  },
  shorthand: {
    title: "Cách viết nhanh",
    about: "Chữ gõ nhanh trong tin nhắn.",
    fields: [word("word", "Bà con viết"), word("standard", "Nghĩa là"), ONLY, NOTE],
  },
  synonyms: {
    title: "Từ cùng nghĩa",
    about: "Các từ trong một dòng được coi là một khi tìm điều khoản.",
    fields: [
      {
        key: "terms",
        label: "Các từ",
        kind: "lines",
        required: true,
        help: "Mỗi dòng một từ, ít nhất hai từ.",
      },
      NOTE,
    ],
  },
  setting: {
    title: "Từ chỉ hoàn cảnh",
    about: "Từ chỉ cho biết ai hỏi, trồng gì; điều khoản không cần có từ đó.",
    fields: [word("word", "Từ")],
  },
  deadlines: {
    title: "Thời hạn",
    about: "Khi công bố thời hạn mới, hạn của các kiến nghị đang mở được tính lại.",
    fields: [
      ...days("review", "Tiếp nhận, xem xét"),
      ...days("answer", "Trả lời"),
      ...days("extension", "Gia hạn nhiều nhất"),
      { key: "remindDays", label: "Nhắc trước (ngày làm việc)", kind: "number", required: true },
      {
        ...word("closesAt", "Giờ đóng cửa, ví dụ 17:00"),
        help: "Kiến nghị đến sau giờ này được tính là nhận vào ngày làm việc kế tiếp.",
      },
    ],
  },
};
