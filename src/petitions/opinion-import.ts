/** A file of opinions, as far as it has come. */
export type OpinionImport = {
  id: number;
  fileName: string;
  /** The name of the account; null for a command of this machine. */
  by: string | null;
  startedAt: Date;
  finishedAt: Date | null;
  /** Opinions that the file holds; null until it has been read. */
  total: number | null;
  done: number;
  added: number;
  refused: number;
  /** Why the whole file was refused, in words for its giver. */
  fault: string | null;
  byStance: Record<string, number>;
  byTopic: Record<string, number>;
  /** Some process works on it right now. */
  isHeld: boolean;
  /** It is still there to be worked on. */
  hasFile: boolean;
  tries: number;
};

/** After so many interrupted tries an import goes on only when a person says so. */
export const MAX_TRIES = 5;

/** interrupted: goes on by itself; stuck: waits for a person; lost: the same file must be given again. */
export type ImportState =
  | "waiting"
  | "reading"
  | "running"
  | "interrupted"
  | "stuck"
  | "lost"
  | "refused"
  | "done";

/** How an import stands. */
export function stateOf(file: OpinionImport): ImportState {
  if (file.fault !== null) return "refused";
  if (file.finishedAt) return "done";
  if (file.isHeld) return file.total === null ? "reading" : "running";
  if (!file.hasFile) return "lost";
  if (file.tries === 0) return "waiting";
  return file.tries < MAX_TRIES ? "interrupted" : "stuck";
}

/** Whether it goes on by itself, so that looking again is worth it. */
export function isUnderWay(state: ImportState): boolean {
  return ["waiting", "reading", "running", "interrupted"].includes(state);
}
