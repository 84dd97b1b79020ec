import type { NewAccount, Session } from "../staff/account.ts";
import { concerns, note } from "./audit.ts";
import type { Database } from "./database.ts";

const IDLE = "interval '12 hours'";
const LIFE = "interval '7 days'";
/** Who did not come for so long is a stranger in that browser again. */
const DEVICE_LIFE = "interval '180 days'";

/** People who work in the console, their sessions and their failed sign-ins. */
export class StaffStore {
  constructor(private readonly database: Database) {}

  async count(): Promise<number> {
    const { rows } = await this.database.pool.query<{ count: number }>(
      "select count(*)::int as count from staff",
    );
    return rows[0]?.count ?? 0;
  }

  /** Adds an account; null when the e-mail is taken. */
  create(account: NewAccount): Promise<number | null> {
    return this.database.tx(async (client) => {
      const { rows } = await client.query<{ id: number }>(
        `insert into staff (name, email, role, agency, commune, password_hash, password_expires_at)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning id`,
        [
          account.name,
          account.email,
          account.role,
          account.agency ?? null,
          account.commune ?? null,
          account.passwordHash,
          account.passwordExpiresAt,
        ],
      );
      const id = rows[0]?.id ?? null;
      if (id === null) return null;
      const { role, agency = null, commune = null } = account;
      concerns(client, `staff:${id}`);
      note(client, {
        by: null,
        action: "staff-created",
        subject: `staff:${id}`,
        details: { role, agency, commune },
      });
      return id;
    });
  }

  /** The account of an e-mail with its password hash; null when unknown, disabled, or its printed password ran out. */
  async forSignIn(email: string): Promise<{ id: number; passwordHash: string } | null> {
    const { rows } = await this.database.pool.query<{ id: number; passwordHash: string }>(
      `select id, password_hash as "passwordHash" from staff
       where lower(email) = lower($1) and disabled_at is null
         and (password_expires_at is null or password_expires_at > now())`,
      [email],
    );
    return rows[0] ?? null;
  }

  /** Replaces the password and ends every session of the account but the given one. */
  async setPassword(staffId: number, passwordHash: string, keepTokenHash: Buffer): Promise<void> {
    await this.database.tx(async (client) => {
      await client.query("update staff set password_hash = $2, password_expires_at = null where id = $1", [
        staffId,
        passwordHash,
      ]);
      await client.query("delete from staff_sessions where staff_id = $1 and token_hash <> $2", [
        staffId,
        keepTokenHash,
      ]);
    });
  }

  /** Begins a session; those that ended by themselves are swept out. */
  async openSession(tokenHash: Buffer, staffId: number, csrfToken: string): Promise<void> {
    await this.database.tx(async (client) => {
      await client.query(
        `delete from staff_sessions where seen_at < now() - ${IDLE} or created_at < now() - ${LIFE}`,
      );
      await client.query(
        "insert into staff_sessions (token_hash, staff_id, csrf_token) values ($1, $2, $3)",
        [tokenHash, staffId, csrfToken],
      );
      await client.query("update staff set last_seen_at = now() where id = $1", [staffId]);
      note(client, { by: staffId, action: "signed-in", subject: `staff:${staffId}` });
    });
  }

  /** The session of a cookie, or null when it ended: 12 hours idle or 7 days old. */
  async session(tokenHash: Buffer): Promise<Session | null> {
    const { rows } = await this.database.pool.query(
      `update staff_sessions s set seen_at = now() from staff
       where s.token_hash = $1 and staff.id = s.staff_id and staff.disabled_at is null
         and s.seen_at > now() - ${IDLE} and s.created_at > now() - ${LIFE}
       returning staff.id, staff.name, staff.email, staff.role, staff.agency, staff.commune,
                 staff.password_expires_at is not null as temporary, s.csrf_token`,
      [tokenHash],
    );
    const row = rows[0];
    if (!row) return null;
    return {
      staff: {
        id: row.id,
        name: row.name,
        email: row.email,
        role: row.role,
        agency: row.agency,
        commune: row.commune,
        passwordIsTemporary: row.temporary,
      },
      csrfToken: row.csrf_token,
    };
  }

  async closeSession(tokenHash: Buffer): Promise<void> {
    await this.database.tx((client) =>
      client.query("delete from staff_sessions where token_hash = $1", [tokenHash]),
    );
  }

  /** Whether this account signed in from this browser before. */
  async knowsDevice(tokenHash: Buffer, email: string): Promise<boolean> {
    const { rowCount } = await this.database.pool.query(
      `select 1 from staff_devices d join staff s on s.id = d.staff_id
       where d.token_hash = $1 and lower(s.email) = lower($2) and d.seen_at > now() - ${DEVICE_LIFE}`,
      [tokenHash, email],
    );
    return rowCount === 1;
  }

  /** Remembers that the account signed in from this browser, and forgets browsers that were long silent. */
  async rememberDevice(tokenHash: Buffer, staffId: number): Promise<void> {
    await this.database.pool.query(
      `with swept as (delete from staff_devices where seen_at < now() - ${DEVICE_LIFE})
       insert into staff_devices (token_hash, staff_id) values ($1, $2)
       on conflict (token_hash, staff_id) do update set seen_at = now()`,
      [tokenHash, staffId],
    );
  }

  /**
   * Counts one try and tells how many there were for this key in the last 15 minutes, on all replicas. It is counted after it is
   * committed, so of tries at the same moment too no more than the limit see a number within it.
   */
  async countSignIn(key: string): Promise<number> {
    const { pool } = this.database;
    await pool.query(
      `with swept as (delete from sign_in_attempts where at < now() - interval '1 day')
       insert into sign_in_attempts (key) values ($1)`,
      [key],
    );
    const { rows } = await pool.query<{ count: number }>(
      "select count(*)::int as count from sign_in_attempts where key = $1 and at > now() - interval '15 minutes'",
      [key],
    );
    return rows[0]?.count ?? 1;
  }

  /** Takes back the counted try of each key, because it succeeded: an office behind one address signs in all day. */
  async uncountSignIn(keys: string[]): Promise<void> {
    await this.database.pool.query(
      "delete from sign_in_attempts where id in (select max(id) from sign_in_attempts where key = any($1) group by key)",
      [keys],
    );
  }

  /** Adds a line to the audit for what is no change: that somebody saw something. */
  async audit(staffId: number | null, action: string, subject: string): Promise<void> {
    await this.database.tx(async (client) => note(client, { by: staffId, action, subject }));
  }
}
