import type { Status } from "./petition.ts";

/** A line of the staff's list. */
export type PetitionRow = {
  id: number;
  code: string;
  content: string;
  stance: string;
  topic: string;
  commune: string | null;
  status: Status;
  channel: string | null;
  receivedAt: Date;
};

/** A petition as staff work on it. */
export type PetitionFile = PetitionRow & {
  conversationId: number | null;
  cooperative: string | null;
  contact: string | null;
  agency: string | null;
  version: number;
  answeredAt: Date | null;
  events: PetitionEvent[];
};

export type PetitionEvent = {
  id: number;
  kind: string;
  statusFrom: Status | null;
  statusTo: Status | null;
  by: string | null;
  reason: string | null;
  publicText: string | null;
  internalNote: string | null;
  at: Date;
};

export type PetitionFilter = { status?: Status; topic?: string; search?: string };

/** One change of a petition: the new status with who, why and what the member reads. */
export type PetitionChange = {
  to: Status;
  by: number | null;
  reason?: string;
  publicText?: string;
  internalNote?: string;
};

/** Somebody changed the petition since it was read; nothing was overwritten. */
export class PetitionMoved extends Error {}
