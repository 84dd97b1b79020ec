import type { Switch, SwitchChange, SwitchName, SwitchRow } from "../conversation/switch.ts";
import { note } from "./audit.ts";
import type { Database } from "./database.ts";

const STATE = `s.name, s.is_on as "isOn", s.since, staff.name as by, s.reason`;

/**
 * The off switches. Nothing keeps a copy of them: what claims a message reads them in the same statement, so a change holds
 * on every replica from its commit.
 */
export class SwitchStore {
  constructor(private readonly database: Database) {}

  /** What is switched off now. */
  async off(): Promise<Switch[]> {
    const { rows } = await this.database.pool.query<Switch>(
      `select ${STATE} from switches s left join staff on staff.id = s.by_staff where not s.is_on order by s.name`,
    );
    return rows;
  }

  /** Every switch with what waits because of it. */
  async list(): Promise<SwitchRow[]> {
    const { rows } = await this.database.pool.query<SwitchRow>(
      `select ${STATE},
              (case when s.name = 'answers'
                then (select count(*) from messages
                      where outcome = 'unanswered_switched_off' and not s.is_on and finished_at >= s.since)
                else coalesce(waiting.heard, 0) end)::int as heard,
              coalesce(waiting.to_send, 0)::int as "toSend"
       from switches s
       left join staff on staff.id = s.by_staff
       left join (
         select c.channel, count(*) filter (where m.direction = 'in') as heard,
                count(*) filter (where m.direction = 'out') as to_send
         from messages m join conversations c on c.id = m.conversation_id
         where m.status = 'open' group by c.channel) waiting on waiting.channel = s.name`,
    );
    return rows;
  }

  /** The latest changes, the newest first. */
  async history(limit = 50): Promise<SwitchChange[]> {
    const { rows } = await this.database.pool.query<SwitchChange>(
      `select h.name, h.is_on as "isOn", staff.name as by, h.reason, h.at
       from switch_changes h join staff on staff.id = h.by_staff order by h.id desc limit $1`,
      [limit],
    );
    return rows;
  }

  /** Turns a switch; false when it stood so already. What waited is taken up at once when it is on again. */
  async turn(name: SwitchName, isOn: boolean, by: number, reason: string): Promise<boolean> {
    return this.database.tx(async (client) => {
      const { rowCount } = await client.query(
        `update switches set is_on = $2, since = now(), by_staff = $3, reason = $4 where name = $1 and is_on <> $2`,
        [name, isOn, by, reason],
      );
      if (rowCount !== 1) return false;
      await client.query(
        "insert into switch_changes (name, is_on, by_staff, reason) values ($1, $2, $3, $4)",
        [name, isOn, by, reason],
      );
      note(client, {
        by,
        action: isOn ? "switched-on" : "switched-off",
        subject: `switch:${name}`,
        details: { isOn },
      });
      // Wakes both loops of every replica.
      await client.query("select pg_notify('messages', '')");
      return true;
    });
  }
}
