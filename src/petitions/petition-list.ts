import { fold } from "../text/fold.ts";
import type { Stance, Status } from "./petition.ts";

/**
 * Which petitions a list shows; what is not named does not narrow it. Agreement asks for nothing, so it is left out unless
 * `withAgreement` or the stance asks for it, or a search finds it. Days are ISO days in Vietnam.
 */
export type PetitionFilter = {
  status?: Status;
  /** Only what is still somebody's work. */
  open?: boolean;
  topic?: string;
  stance?: Stance;
  withAgreement?: boolean;
  /** An agency's id; "" is what nobody sent anywhere. */
  agency?: string;
  /** A commune as its petitions have it: "xã Tân Bình"; "" is what names none. */
  area?: string;
  origin?: string;
  /** The channel of its chat. */
  channel?: string;
  group?: number;
  /** Whether it stands in any group. */
  grouped?: boolean;
  /** The file that it was imported with. */
  importId?: number;
  /** What is late on this day: an answer, or a petition that nobody took into review. */
  lateOn?: string;
  /** What must be answered from `today` up to and including `until`. */
  dueBetween?: { today: string; until: string };
  /** Received from and up to and including these days. */
  from?: string;
  to?: string;
  /** A code, or the beginnings of words, with or without marks. */
  search?: string;
  /** "newest" first by default; "due" puts the nearest deadline first and what has none last. */
  order?: "newest" | "due";
};

/** How many petitions of a filter there are in each state; of a search that finds very many only as many as were counted. */
export type StatusCounts = {
  total: number;
  open: number;
  late: number;
  dueSoon: number;
  byStatus: Record<string, number>;
  /** There are more than were counted, so that no number here is whole. */
  hasMore: boolean;
};

/** How many petitions of a filter there are by each of these; `late` and `dueSoon` as seen on the day asked. */
export type PetitionCounts = {
  total: number;
  open: number;
  late: number;
  dueSoon: number;
  byStatus: Record<string, number>;
  byTopic: Record<string, number>;
  byStance: Record<string, number>;
  byAgency: Record<string, number>;
  byArea: Record<string, number>;
  byOrigin: Record<string, number>;
};

/** The words of a search as PostgreSQL's tsquery, each a beginning, marks folded: "kho lạnh" → "kho:* & lanh:*"; null when it has none. */
export function searchQuery(search: string | undefined): string | null {
  const words = fold(search ?? "")
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  return words.length > 0 ? words.map((word) => `${word}:*`).join(" & ") : null;
}
