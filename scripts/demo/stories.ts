import { type Dice, pick } from "./dice.ts";

/** What is done about a petition; "satisfied" and "unsatisfied" are the member's own. */
export type Verb =
  | "take"
  | "ask"
  | "supply"
  | "forward"
  | "extend"
  | "note"
  | "answer"
  | "satisfied"
  | "unsatisfied"
  | "reopen"
  | "notOurs"
  | "withdraw";

/** What is done, each so many working days after the receipt. */
export type Story = readonly (readonly [after: number, verb: Verb])[];

const QUICK: Story = [
  [1, "take"],
  [5, "answer"],
  [9, "satisfied"],
];
const BY_AGENCY: Story = [
  [1, "take"],
  [3, "forward"],
  [9, "answer"],
  [14, "satisfied"],
];
const ANSWERED: Story = [
  [1, "take"],
  [2, "forward"],
  [8, "answer"],
];
const NOT_OURS: Story = [
  [1, "take"],
  [4, "notOurs"],
];
const TAKEN_BACK: Story = [
  [2, "take"],
  [6, "withdraw"],
];
const TWICE: Story = [
  [1, "take"],
  [6, "answer"],
  [11, "reopen"],
  [12, "take"],
  [13, "note"],
  [16, "answer"],
  [20, "satisfied"],
];
const EXTENDED: Story = [
  [1, "take"],
  [2, "forward"],
  [8, "extend"],
  [17, "answer"],
  [22, "satisfied"],
];
const SLOW: Story = [
  [2, "take"],
  [4, "forward"],
];

/** Waits for what the member was asked for. */
export const WAITS_FOR_MEMBER: Story = [
  [1, "take"],
  [2, "ask"],
];
export const ASKED_AND_ANSWERED: Story = [
  [1, "take"],
  [2, "ask"],
  [4, "supply"],
  [9, "answer"],
  [12, "satisfied"],
];
export const UNSATISFIED: Story = [
  [1, "take"],
  [2, "answer"],
  [3, "unsatisfied"],
];
export const TAKEN: Story = [[1, "take"]];

/** Of twenty petitions. */
const USUAL = [
  ...Array<Story>(7).fill(QUICK),
  ...Array<Story>(5).fill(BY_AGENCY),
  ...Array<Story>(3).fill(ANSWERED),
  NOT_OURS,
  TAKEN_BACK,
  TWICE,
  EXTENDED,
];
const SLOW_ONE_OF = 20;
/** What the office left lying longer than this would be no example to follow. */
const OLDEST_SLOW_DAYS = 70;

/** How it goes with a petition that was received so many days ago. */
export function storyOf(daysAgo: number, dice: Dice): Story {
  const isSlow = dice(SLOW_ONE_OF) === 0 && daysAgo <= OLDEST_SLOW_DAYS;
  return isSlow ? SLOW : pick(USUAL, dice);
}
