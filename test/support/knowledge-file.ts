import { readFileSync } from "node:fs";

/** The text of one of our own knowledge files. */
export function readKnowledge(name: string): string {
  return readFileSync(new URL(`../../knowledge/${name}`, import.meta.url), "utf8");
}
