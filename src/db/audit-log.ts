import { createHash } from "node:crypto";
import type { AuditEntry, AuditFilter, AuditLine, ChainState, StaffAction } from "../staff/audit.ts";
import { acting, note } from "./audit.ts";
import type { Database } from "./database.ts";

const BATCH = 5_000;
const BEGINNING = createHash("sha256").update("").digest("hex");

type Link = { id: number; line: string; prev: string; hash: string };

/** The audit as it is kept and read: every line is chained to the one before by its hash. */
export class AuditLog {
  constructor(private readonly database: Database) {}

  /** Runs an action of staff, which leaves exactly one line when it did something; `isRefused` tells when it did not. */
  during<T>(action: StaffAction, work: () => Promise<T>, isRefused: (result: T) => boolean): Promise<T> {
    return acting(action, work, isRefused, (entry) => this.add(entry));
  }

  async add(entry: AuditEntry): Promise<void> {
    await this.database.tx(async (client) => note(client, entry));
  }

  /** The newest lines first. */
  async list({ staff, action, day }: AuditFilter, page: number, perPage = 50): Promise<AuditLine[]> {
    const { rows } = await this.database.pool.query<AuditLine>(
      `select a.id, a.at, s.name, a.action, a.subject, a.details
       from audit a left join staff s on s.id = a.staff_id
       where ($1::bigint is null or a.staff_id = $1) and ($2::text is null or a.action = $2)
         and ($3::date is null or a.at >= $3::date::timestamp at time zone 'Asia/Ho_Chi_Minh'
              and a.at < ($3::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh')
       order by a.id desc limit $4 offset $5`,
      [staff ?? null, action ?? null, day ?? null, perPage, (page - 1) * perPage],
    );
    return rows;
  }

  /** The actions that there are lines of. */
  async actions(): Promise<string[]> {
    const { rows } = await this.database.pool.query<{ action: string }>(
      `with recursive each as (
         (select action from audit order by action limit 1)
         union all
         select (select a.action from audit a where a.action > each.action order by a.action limit 1) from each
         where each.action is not null)
       select action from each where action is not null`,
    );
    return rows.map(({ action }) => action);
  }

  /** How long the chain is and how it ends, without reading it. */
  async end(): Promise<{ lines: number; hash: string }> {
    const { rows } = await this.database.pool.query<{ lines: number; hash: string }>(
      "select lines, encode(hash, 'hex') as hash from audit_head",
    );
    return rows[0] ?? { lines: 0, hash: "" };
  }

  /** Reads the whole chain, in batches, up to its end as it is now, and works every hash out again. */
  async verify(): Promise<ChainState> {
    const { rows } = await this.database.pool.query<{ id: number; lines: number; hash: string }>(
      "select id, lines, encode(hash, 'hex') as hash from audit_head",
    );
    const head = rows[0] ?? { id: 0, lines: 0, hash: BEGINNING };
    let last = { id: 0, hash: BEGINNING };
    let lines = 0;
    for (;;) {
      const links = await this.links(last.id, head.id);
      for (const link of links) {
        if (link.prev !== last.hash || link.hash !== hashOf(last.hash, link.line))
          return { lines, brokenAt: link.id, hash: head.hash };
        last = link;
        lines += 1;
      }
      if (links.length < BATCH) break;
    }
    const isWhole = last.hash === head.hash && lines === head.lines;
    return { lines, brokenAt: isWhole ? null : last.id + 1, hash: head.hash };
  }

  private async links(after: number, upTo: number): Promise<Link[]> {
    const { rows } = await this.database.pool.query<Link>(
      `select id, audit_line(id, at, staff_id, action, subject, details) as line,
              encode(prev_hash, 'hex') as prev, encode(hash, 'hex') as hash
       from audit where id > $1 and id <= $2 order by id limit $3`,
      [after, upTo, BATCH],
    );
    return rows;
  }
}

function hashOf(previous: string, line: string): string {
  return createHash("sha256").update(Buffer.from(previous, "hex")).update(line).digest("hex");
}
