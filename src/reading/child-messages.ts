import type { ReadDocument } from "./given-file.ts";

/** What stands before the bytes of a file on the child's standard input: one line of JSON. */
export type FileHeader = { name: string; size: number; sidecar: string | null };

/** What the child writes to OUTPUT, a line of JSON each; `ready` comes once; `done` or `refused` ends a file. */
export type ChildMessage =
  | { ready: true }
  | { document: ReadDocument }
  | { done: true }
  | { refused: string }
  | { stopped: "memory" };

/** The child's own pipe to its parent; standard output is left to libraries that print. */
export const OUTPUT = 3;
