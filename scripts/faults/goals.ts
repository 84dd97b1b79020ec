import type { Goal } from "./goal.ts";
import { kills } from "./kill-run.ts";

/** Every goal that can be run, in the order of the README's table. */
export const GOALS: readonly Goal[] = [kills];
