/** One line of the audit: who did what to what. `details` holds no personal data. */
export type AuditEntry = {
  by: number | null;
  action: string;
  subject: string;
  details?: Record<string, unknown>;
};

/** What somebody is about to do; the subject is null where the doing makes it. */
export type StaffAction = { by: number; action: string; subject: string | null };

/** A line as it is shown; `name` is null for commands of the machine. */
export type AuditLine = {
  id: number;
  at: Date;
  name: string | null;
  action: string;
  subject: string;
  details: Record<string, unknown> | null;
};

/** What of the audit is looked at; days are ISO days in Vietnam. */
export type AuditFilter = { staff?: number; action?: string; day?: string };

/** Whether the chain is whole; `brokenAt` is the number of the first line that is not as it was written. */
export type ChainState = { lines: number; brokenAt: number | null; hash: string };
