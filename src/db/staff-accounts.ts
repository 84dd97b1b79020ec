import type pg from "pg";
import { AccountRefused, type AccountRow, type Place, type Role } from "../staff/account.ts";
import type { Database } from "./database.ts";

const NOW_NONE = "Đây là quản trị viên đang hoạt động cuối cùng, nên không khóa và không đổi vai trò được.";

/** The accounts as admins run them. */
export class StaffAccounts {
  constructor(private readonly database: Database) {}

  async list(): Promise<AccountRow[]> {
    const { rows } = await this.database.pool.query<AccountRow>(
      `select s.id, s.name, s.email, s.role, s.agency, s.commune, s.disabled_at as "disabledAt",
              greatest(s.last_seen_at, max(o.seen_at)) as "lastSeenAt", count(o.staff_id)::int as sessions
       from staff s left join staff_sessions o on o.staff_id = s.id
         and o.seen_at > now() - interval '12 hours' and o.created_at > now() - interval '7 days'
       group by s.id order by s.disabled_at is not null, lower(s.name), s.id`,
    );
    return rows;
  }

  async find(id: number): Promise<AccountRow | null> {
    return (await this.list()).find((account) => account.id === id) ?? null;
  }

  /** Gives another role; throws AccountRefused when no admin would be left. */
  setRole(id: number, { role, agency, commune }: Place & { role: Role }): Promise<void> {
    return this.keepingAnAdmin((client) =>
      client.query("update staff set role = $2, agency = $3, commune = $4 where id = $1", [
        id,
        role,
        agency,
        commune,
      ]),
    );
  }

  /** Shuts an account and ends its sessions, or opens it again; throws AccountRefused when no admin would be left. */
  setDisabled(id: number, disabled: boolean): Promise<void> {
    return this.keepingAnAdmin(async (client) => {
      await client.query("update staff set disabled_at = case when $2 then now() end where id = $1", [
        id,
        disabled,
      ]);
      if (disabled) await endSessions(client, id);
    });
  }

  /** Sets a printed password and ends the account's sessions. */
  async resetPassword(id: number, passwordHash: string, expiresAt: Date): Promise<void> {
    await this.database.tx(async (client) => {
      await client.query("update staff set password_hash = $2, password_expires_at = $3 where id = $1", [
        id,
        passwordHash,
        expiresAt,
      ]);
      await endSessions(client, id);
    });
  }

  /** Ends the account's sessions, and makes its browsers strangers again. */
  async endSessions(id: number): Promise<void> {
    await this.database.tx(async (client) => {
      await endSessions(client, id);
      await client.query("delete from staff_devices where staff_id = $1", [id]);
    });
  }

  /** Two admins who take each other's role away at once take turns, so one stays. */
  private async keepingAnAdmin(change: (client: pg.PoolClient) => Promise<unknown>): Promise<void> {
    await this.database.tx(async (client) => {
      const admins = () =>
        client.query(
          `select id from staff where role = 'admin' and disabled_at is null
             and (password_expires_at is null or password_expires_at > now()) order by id for update`,
        );
      await client.query("select id from staff where role = 'admin' order by id for update");
      const before = await admins();
      await change(client);
      if (before.rows.length > 0 && (await admins()).rows.length === 0) throw new AccountRefused(NOW_NONE);
    });
  }
}

async function endSessions(client: pg.PoolClient, id: number): Promise<void> {
  await client.query("delete from staff_sessions where staff_id = $1", [id]);
}
