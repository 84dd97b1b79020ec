import type { Patch } from "./build.ts";

/** A mistake that somebody might make, and what it looks like in the sources. */
export type Bug = { name: string; patches: Patch[] };

/** Mistakes that the harness has to see. */
export const BUGS: readonly Bug[] = [];

/** The changes of the sources that plant a bug. */
export function patchesOf(name: string): Patch[] {
  const bug = BUGS.find((each) => each.name === name);
  if (!bug)
    throw new Error(`Không có lỗi cài sẵn "${name}". Có: ${BUGS.map((each) => each.name).join(", ")}`);
  return bug.patches;
}
