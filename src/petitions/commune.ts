import type { Commune } from "../knowledge/catalog.ts";
import { fold } from "../text/fold.ts";

/** The commune of today that a member means, by its name or one of its old names; null when it is not known or not clear. */
export function findCommune(text: string, communes: Commune[]): Commune | null {
  const typed = fold(text)
    .replace(/\b(xa|phuong|thi tran|tt|p|x|ap|khu vuc)\b\.?/g, " ")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
  const named = communes.filter((commune) => fold(commune.name) === typed);
  const before = communes.filter((commune) => commune.formerly.some((name) => fold(name).replace(/\[.*\]/, "").trim() === typed));
  const found = named.length > 0 ? named : before;
  return found.length === 1 ? (found[0] ?? null) : null;
}
