import { fold } from "./fold.ts";

/** Whether a text states a fact; "5%" does not stand in "15%", nor "3 triệu" in "13 triệu". */
export function states(text: string, fact: string): boolean {
  return statesFolded(comparable(text), comparable(fact));
}

/** Text as facts are looked for in it: without marks and leading zeros. Folding costs most, so a caller may keep it. */
export function comparable(text: string): string {
  return fold(text).replace(/\b0+(?=\d)/g, "");
}

/** The same as `states` for texts that are comparable already. */
export function statesFolded(hay: string, needle: string): boolean {
  for (let at = hay.indexOf(needle); at !== -1; at = hay.indexOf(needle, at + 1)) {
    const before = hay[at - 1] ?? " ";
    const beforeThat = hay[at - 2] ?? " ";
    const joined =
      /\d/.test(needle[0] ?? "") && (/\d/.test(before) || (/[.,]/.test(before) && /\d/.test(beforeThat)));
    const after = hay[at + needle.length] ?? " ";
    const continues = /\d/.test(needle.at(-1) ?? "") && /\d/.test(after);
    if (!joined && !continues) return true;
  }
  return false;
}
