import type { NewAccount, Session } from "../staff/account.ts";
import type { Database } from "./database.ts";

const IDLE = "interval '12 hours'";
const LIFE = "interval '7 days'";

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
  async create(account: NewAccount): Promise<number | null> {
    const { rows } = await this.database.pool.query<{ id: number }>(
      `insert into staff (name, email, role, password_hash, password_expires_at) values ($1, $2, $3, $4, $5)
       on conflict do nothing returning id`,
      [account.name, account.email, account.role, account.passwordHash, account.passwordExpiresAt],
    );
    return rows[0]?.id ?? null;
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

  async openSession(tokenHash: Buffer, staffId: number, csrfToken: string): Promise<void> {
    await this.database.pool.query(
      "insert into staff_sessions (token_hash, staff_id, csrf_token) values ($1, $2, $3)",
      [tokenHash, staffId, csrfToken],
    );
  }

  /** The session of a cookie, or null when it ended: 12 hours idle or 7 days old. */
  async session(tokenHash: Buffer): Promise<Session | null> {
    const { rows } = await this.database.pool.query(
      `update staff_sessions s set seen_at = now() from staff
       where s.token_hash = $1 and staff.id = s.staff_id and staff.disabled_at is null
         and s.seen_at > now() - ${IDLE} and s.created_at > now() - ${LIFE}
       returning staff.id, staff.name, staff.email, staff.role, staff.password_expires_at is not null as temporary, s.csrf_token`,
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
        passwordIsTemporary: row.temporary,
      },
      csrfToken: row.csrf_token,
    };
  }

  async closeSession(tokenHash: Buffer): Promise<void> {
    await this.database.pool.query("delete from staff_sessions where token_hash = $1", [tokenHash]);
  }

  /** Counts one try and tells how many there were for this key in the last 15 minutes, on all replicas. */
  async countSignIn(key: string): Promise<number> {
    const { rows } = await this.database.pool.query<{ count: number }>(
      `with added as (insert into sign_in_attempts (key) values ($1)),
            swept as (delete from sign_in_attempts where at < now() - interval '1 day')
       select count(*)::int + 1 as count from sign_in_attempts where key = $1 and at > now() - interval '15 minutes'`,
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

  async audit(staffId: number | null, action: string, subject: string): Promise<void> {
    await this.database.pool.query("insert into audit (staff_id, action, subject) values ($1, $2, $3)", [
      staffId,
      action,
      subject,
    ]);
  }
}
