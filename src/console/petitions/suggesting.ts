import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type Groupable, type SuggestedGroup, suggestionSteps } from "../../petitions/grouping.ts";
import { inTurns } from "../../text/steps.ts";

/** Suggests groups among the open petitions of a topic. */
export type Suggest = (topic: string, petitions: readonly Groupable[]) => Promise<readonly SuggestedGroup[]>;

/** Suggests in turns with other work, and again only when the petitions of the topic are others than the last time. */
export function createSuggest(): Suggest {
  const kept = new Map<string, { of: string; found: Promise<readonly SuggestedGroup[]> }>();

  return (topic, petitions) => {
    const of = digestOf(petitions);
    const before = kept.get(topic);
    if (before?.of === of) return before.found;
    const found = inTurns(suggestionSteps(petitions), nextTurn);
    // Only topics that exist have petitions, so no more than those are kept.
    if (petitions.length > 0) kept.set(topic, { of, found });
    else kept.delete(topic);
    return found;
  };
}

function digestOf(petitions: readonly Groupable[]): string {
  const hash = createHash("sha256");
  for (const { id, area, content } of petitions) hash.update(JSON.stringify([id, area, content]));
  return hash.digest("base64");
}
