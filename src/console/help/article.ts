/** A page of help: what somebody wants to do, in steps that name the buttons as they are written. */
export type Article = {
  slug: string;
  title: string;
  about: string;
  /** Pages that this article explains, by the beginning of their address. */
  explains: readonly string[];
  sections: readonly Section[];
};

export type Section = {
  title: string;
  /** What to know first. */
  text?: readonly string[];
  /** What to do, in order. */
  steps?: readonly string[];
  /** Words that the pages use, with what they mean. */
  terms?: readonly (readonly [term: string, meaning: string])[];
};
