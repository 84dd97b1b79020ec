import type { Passage } from "../knowledge/validity.ts";
import type { Reading } from "./select.ts";

/** Words that a follow-up is made of beside what it asks about. */
const LINKS =
  /^(?:con|thi|sao|the|nao|vay|bao|nhieu|may|duoc|khong|la|o|neu|cua|ma|va|nua|a|ua|voi|hay|cho|do|gi|ai|muc|khi|dau|lau|co|nhe|phai|den|toi|minh|ben|nhu|tu|truong|hop|thoi|roi|luon|the|nhi|ha|di|ho|nhu|cung|ra)$/;

/**
 * How much of what a follow-up names a clause speaks of in words of its own, 0 to 1; null when it names nothing ("mất bao lâu").
 * "còn cây ăn trái?" leads away from a clause about rice, though a sample question of that clause may hold the words.
 */
export function spokenOf(
  question: string,
  { headingPath, lead, parts }: Passage,
  { analyse, telling }: Reading,
): number | null {
  const own = analyse([...headingPath, lead, ...parts.map(({ text }) => text)].join(" "));
  const words = new Set(own.words.map(({ plain }) => plain));
  const { words: asked, covers } = analyse(question);
  const named = asked.map(({ plain }) => plain).filter((plain) => !LINKS.test(plain) && !/^\d/.test(plain));
  const holds = (plain: string) =>
    words.has(plain) || (covers.get(plain)?.some((group) => own.concepts.has(group)) ?? false);
  const sum = (some: string[]) => some.reduce((total, plain) => total + telling(plain), 0);
  return named.length === 0 ? null : sum(named.filter(holds)) / (sum(named) || 1);
}
