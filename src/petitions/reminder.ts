/** What staff are reminded of, the most pressing first. */
export const REMINDER_KINDS = ["late", "due-soon", "review-late"] as const;
export type ReminderKind = (typeof REMINDER_KINDS)[number];

/** Petitions of one kind, to be named in one notice; `dueOn` is an ISO day in Vietnam. */
export type Reminder = { kind: ReminderKind; petitions: { id: number; code: string; dueOn: string }[] };
