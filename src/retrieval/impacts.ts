/** An entry by its position with its score. */
export type Scored = { entry: number; score: number };

/** The entries that hold one term, ascending, with their impacts, and the most that one of them can gain. */
export type List = {
  entries: Uint16Array | Uint32Array;
  impacts: Uint16Array;
  from: number;
  to: number;
  gain: number;
};

/** Saturated frequencies lie between 0 and 1 and are kept in two bytes. */
export const IMPACT_STEPS = 65_535;
