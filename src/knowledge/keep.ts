/**
 * Works a part of what an edition teaches out, or takes what was worked out for the same edition before.
 * A part is plain data under a name of its own: numbers, texts, arrays, maps, nothing that runs.
 */
export type Keep = <Part>(name: string, workOut: () => Promise<Part>) => Promise<Part>;

/** Keeps nothing, so that every part is worked out anew. */
export const keepNothing: Keep = (_name, workOut) => workOut();
