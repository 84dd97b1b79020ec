import { crashPoints } from "./crash-points.ts";
import { databaseChaos } from "./database-chaos.ts";
import { embedded } from "./embedded.ts";
import { forged } from "./forged.ts";
import type { Goal } from "./goal.ts";
import { kills } from "./kill-run.ts";
import { killer } from "./killer.ts";
import { acknowledgement, overload } from "./load-goals.ts";
import { nineDays } from "./nine-days.ts";
import { oneLeader } from "./one-leader.ts";
import { order } from "./order.ts";
import { pauses } from "./pauses.ts";
import { planted } from "./planted.ts";
import { poison } from "./poison.ts";
import { polling } from "./polling.ts";
import { refusals } from "./refusals.ts";
import { replays } from "./replays.ts";
import { slowDown } from "./slow-down.ts";
import { stops } from "./stops.ts";
import { tokenRace } from "./token-race.ts";

/** Every goal that can be run, in the order of the README's table. */
export const GOALS: readonly Goal[] = [
  kills,
  pauses,
  poison,
  killer,
  refusals,
  nineDays,
  stops,
  embedded,
  crashPoints,
  replays,
  polling,
  oneLeader,
  tokenRace,
  forged,
  acknowledgement,
  overload,
  databaseChaos,
  order,
  slowDown,
  planted,
];
