import type pg from "pg";

/** Makes the database note every change of a message that was finished already, which only a process that lost it would make. */
export async function watchLateWrites(pool: pg.Pool): Promise<void> {
  await pool.query(`
    create table late_writes (message_id bigint not null);
    create function note_late_write() returns trigger language plpgsql as $$
      begin insert into late_writes values (new.id); return new; end $$;
    create trigger late_writes after update on messages for each row
      when (old.status = 'done' and (new.status, new.outcome, new.provider_id) is distinct from (old.status, old.outcome, old.provider_id))
      execute function note_late_write();`);
}

/** How many there were. */
export async function countLateWrites(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>("select count(*)::int as count from late_writes");
  return rows[0]?.count ?? 0;
}
