import { AsyncLocalStorage } from "node:async_hooks";
import type pg from "pg";
import type { AuditEntry, StaffAction } from "../staff/audit.ts";
import { stateOf } from "./audited-state.ts";

type Action = StaffAction & { line: "missing" | "being written" | "written" };
/** What one transaction knows of its line. */
type Draft = { subject: string | null; before: string | null; note: AuditEntry | null };

const actions = new AsyncLocalStorage<Action | null>();
const drafts = new WeakMap<pg.PoolClient, Draft>();

/**
 * Runs one action of staff. Its first transaction that changes something carries its one line; `leftOver` writes it where no
 * transaction did, unless `isRefused` says that nothing was done.
 */
export async function acting<T>(
  given: StaffAction,
  work: () => Promise<T>,
  isRefused: (result: T) => boolean,
  leftOver: (entry: AuditEntry) => Promise<void>,
): Promise<T> {
  const action: Action = { ...given, line: "missing" };
  return actions.run(action, async () => {
    const result = await work();
    if (action.line === "missing" && !isRefused(result))
      await leftOver({ ...given, subject: action.subject ?? "" });
    // What still runs after the answer is no part of the action.
    action.line = "written";
    return result;
  });
}

/** Runs what only prepares the action under way, and so carries no line. */
export function preparing<T>(work: () => Promise<T>): Promise<T> {
  return actions.run(null, work);
}

/** Says that the action under way is about something that it just made, rather than about what its address names. */
export function concerns(client: pg.PoolClient, subject: string): void {
  const draft = drafts.get(client);
  if (draft) Object.assign(draft, { subject, before: null });
}

/** Has a line written with the transaction. Within an action it is that action's one line, under the action's own name. */
export function note(client: pg.PoolClient, entry: AuditEntry): void {
  const draft = drafts.get(client);
  if (draft) draft.note = entry;
}

/** At the start of a transaction: the state before it of what the action under way is about. */
export async function openLine(client: pg.PoolClient): Promise<void> {
  const action = openAction();
  const subject = action?.subject ?? null;
  const before = action && subject ? await stateOf(client, subject) : null;
  drafts.set(client, { subject, before, note: null });
}

/** At the end of a transaction, so that the chain is locked for a moment only; what it returns is told whether it was committed. */
export async function writeLine(client: pg.PoolClient): Promise<(committed: boolean) => void> {
  const draft = drafts.get(client);
  drafts.delete(client);
  const action = openAction();
  if (action && draft && (draft.note || (await hasChanged(client)))) {
    action.line = "being written";
    await insert(client, await lineOf(client, action, draft));
    return (committed) => {
      action.line = committed ? "written" : "missing";
      if (committed) action.subject ??= draft.subject;
    };
  }
  if (draft?.note && !actions.getStore()) await insert(client, draft.note);
  return () => {};
}

function openAction(): Action | null {
  const action = actions.getStore();
  return action?.line === "missing" ? action : null;
}

/** A transaction gets its number when it first changes something. */
async function hasChanged(client: pg.PoolClient): Promise<boolean> {
  const { rows } = await client.query("select pg_current_xact_id_if_assigned() is not null as changed");
  return rows[0]?.changed === true;
}

async function lineOf(client: pg.PoolClient, action: Action, draft: Draft): Promise<AuditEntry> {
  const subject = draft.subject ?? draft.note?.subject ?? "";
  const after = await stateOf(client, subject);
  const states = draft.before || after ? { before: draft.before, after } : {};
  const details = { ...draft.note?.details, ...states };
  return { by: action.by, action: action.action, subject, details };
}

async function insert(client: pg.PoolClient, { by, action, subject, details = {} }: AuditEntry) {
  await client.query("insert into audit (staff_id, action, subject, details) values ($1, $2, $3, $4)", [
    by,
    action,
    subject,
    Object.keys(details).length > 0 ? JSON.stringify(details) : null,
  ]);
}
