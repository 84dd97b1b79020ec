import type { TopicId } from "../knowledge/document.ts";

/** What a member wants: `loai` in imports and reports. */
export const STANCES = {
  "kien-nghi": "Kiến nghị",
  "phan-anh": "Phản ánh",
  "de-xuat": "Đề xuất",
  "dong-thuan": "Đồng thuận",
} as const;
export type Stance = keyof typeof STANCES;

type StatusRow = {
  label: string;
  /** Still somebody's work. */
  open: boolean;
  next: readonly Status[];
  /** What the member is told when a petition comes to this status, after "Kiến nghị KN-… của bà con". */
  notice: string;
};

export type Status =
  | "received"
  | "in-review"
  | "needs-info"
  | "forwarded"
  | "answered"
  | "resolved"
  | "not-within-authority"
  | "reopened"
  | "withdrawn";

/** The life of a petition, one row per status. */
export const STATUSES: Record<Status, StatusRow> = {
  received: {
    label: "Đã tiếp nhận",
    open: true,
    next: ["in-review", "needs-info", "forwarded", "answered", "not-within-authority", "withdrawn"],
    notice: "đã được tiếp nhận.",
  },
  "in-review": {
    label: "Đang xem xét",
    open: true,
    next: ["needs-info", "forwarded", "answered", "not-within-authority", "withdrawn"],
    notice: "đang được cán bộ xem xét.",
  },
  "needs-info": {
    label: "Chờ bổ sung thông tin",
    open: true,
    next: ["in-review", "needs-info", "forwarded", "answered", "not-within-authority", "withdrawn"],
    notice: "cần bà con bổ sung thông tin.",
  },
  forwarded: {
    label: "Đã chuyển cơ quan giải quyết",
    open: true,
    next: ["in-review", "needs-info", "forwarded", "answered", "not-within-authority", "withdrawn"],
    notice: "đã được chuyển đến cơ quan giải quyết.",
  },
  answered: {
    label: "Đã trả lời",
    open: false,
    next: ["resolved", "reopened", "answered"],
    notice: "đã có trả lời.",
  },
  resolved: {
    label: "Đã giải quyết xong",
    open: false,
    next: ["reopened"],
    notice: "đã được giải quyết xong.",
  },
  "not-within-authority": {
    label: "Không thuộc thẩm quyền",
    open: false,
    next: ["reopened"],
    notice: "không thuộc thẩm quyền giải quyết của nơi tiếp nhận.",
  },
  reopened: {
    label: "Mở lại",
    open: true,
    next: ["in-review", "needs-info", "forwarded", "answered", "not-within-authority", "withdrawn"],
    notice: "đã được mở lại để xem xét thêm.",
  },
  withdrawn: { label: "Đã rút", open: false, next: [], notice: "đã được rút lại." },
};

/** The statuses in which a petition is still somebody's work. */
export const OPEN_STATUSES = (Object.keys(STATUSES) as Status[]).filter((status) => STATUSES[status].open);

/** Whether the life of a petition allows this step. */
export function mayBecome(from: Status, to: Status): boolean {
  return STATUSES[from].next.includes(to);
}

/** A petition as the intake hands it over, before it is stored. */
export type NewPetition = {
  code: string;
  content: string;
  stance: Stance;
  topic: TopicId;
  cooperative: string | null;
  commune: string | null;
  contact: string | null;
  /** The version of the words to which the member agreed by sending it; left out where he did not send it himself. */
  consent?: string;
};

/** One line of a petition's history that its member may see. */
export type PublicEvent = { at: Date; status: Status | null; text: string | null };

/** A petition as its status look-up shows it; `owned` petitions also show what identifies the member. */
export type PetitionView = NewPetition & {
  status: Status;
  receivedAt: Date;
  /** The last day for the answer, an ISO day in Vietnam; null when nothing is due. */
  dueOn: string | null;
  owned: boolean;
  events: PublicEvent[];
};
