import type { Groupable } from "./grouping.ts";

/** As many of the newest petitions of a topic are compared at once, so that a page of suggestions stays quick. */
export const CONSIDERED = 2000;

/** A group of petitions that ask for the same: a link, nothing is merged. */
export type PetitionGroup = {
  id: number;
  title: string;
  topic: string;
  version: number;
  createdBy: string;
  createdAt: Date;
  petitions: GroupMember[];
  answers: GroupAnswer[];
  forwards: GroupForward[];
};

export type GroupMember = {
  id: number;
  code: string;
  content: string;
  status: string;
  area: string | null;
  channel: string | null;
};

export type GroupAnswer = { id: number; text: string; by: string; at: Date };

/** A petition that stayed where it was when its group was forwarded, and why, in words that people read. */
export type Stayed = { code: string; why: string };

/** A group sent to an agency as a whole: the codes that went, and those that stayed. */
export type GroupForward = {
  id: number;
  agency: string;
  by: string;
  at: Date;
  sent: string[];
  stayed: Stayed[];
};

/** An open petition that stands in no group yet, as a person judges it. */
export type Ungrouped = Groupable & { code: string; channel: string | null };

/** A line of the list of groups. */
export type GroupRow = {
  id: number;
  title: string;
  topic: string;
  size: number;
  open: number;
  createdAt: Date;
};

/** What became of a group's answer on its way to one member, in words that people read. */
export const DELIVERY_STATES = {
  delivered: "đã gửi tới",
  sending: "đang gửi",
  waiting: "chờ bà con nhắn lại mới gửi được",
  refused: "bị chặn hoặc không gửi được",
  uncertain: "chưa rõ đã đến nơi chưa",
  "next-contact": "gặp lần tới",
  "not-answered": "không trả lời theo nhóm vì trạng thái đã khác",
} as const;
export type DeliveryState = keyof typeof DELIVERY_STATES;

/** One petition's line in the ledger of a group answer; `contact` is there for who must be phoned. */
export type LedgerRow = {
  petitionId: number;
  code: string;
  channel: string | null;
  state: DeliveryState;
  /** What the provider said, where it went wrong. */
  reason: string | null;
  contact: string | null;
  at: Date | null;
};

/** What became of the parts of one answer; `gone` when the petition has no chat any more, or never had one. */
export function deliveryState(parts: readonly string[], gone: boolean, answered: boolean): DeliveryState {
  if (!answered) return "not-answered";
  const has = (status: string) => parts.includes(status);
  if (parts.length > 0 && parts.every((status) => status === "done")) return "delivered";
  if (gone || parts.length === 0) return "next-contact";
  if (has("refused") || has("dead")) return "refused";
  if (has("uncertain")) return "uncertain";
  return has("waiting") ? "waiting" : "sending";
}
