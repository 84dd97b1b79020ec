import type { VerbName } from "./verbs.ts";

/** What a petition's page says about the last thing done, and what was typed where it could not be done. */
export type PetitionSaid = {
  notice?: string | undefined;
  verb?: VerbName;
  fault?: string;
  typed?: Record<string, string>;
};
