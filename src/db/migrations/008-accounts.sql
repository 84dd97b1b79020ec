-- "agency" works only on the petitions that its own agency has.
alter table staff drop constraint staff_role_check;
alter table staff
  add column agency text,
  -- Of an agency that there is one of in every commune, which one: a commune as petitions have it.
  add column commune text,
  add column last_seen_at timestamptz,
  add constraint staff_role_check check (role in ('viewer', 'agency', 'staff', 'admin')),
  add constraint staff_agency_check check ((role = 'agency') = (agency is not null) and (commune is null or agency is not null));
create index staff_sessions_of on staff_sessions (staff_id);

-- Browsers in which somebody signed in before. Their tries are counted apart, so that nobody can lock the owner out.
create table staff_devices (
  token_hash bytea not null,
  staff_id bigint not null references staff (id) on delete cascade,
  seen_at timestamptz not null default now(),
  primary key (token_hash, staff_id)
);

alter table audit
  add column details jsonb,
  add column prev_hash bytea,
  add column hash bytea,
  alter column id drop identity,
  -- It parts the fields of a line, so it may stand in none.
  add constraint audit_fields check (position(chr(31) in action || subject) = 0);

-- The end of the chain: its row is locked while a line is added, and shows when the last line is missing.
create table audit_head (
  one boolean primary key default true check (one),
  id bigint not null,
  lines bigint not null,
  hash bytea not null
);

-- A line as it is hashed.
create function audit_line(id bigint, at timestamptz, staff_id bigint, action text, subject text, details jsonb)
returns text language sql stable as $$
  select concat_ws(chr(31), id::text, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    coalesce(staff_id::text, ''), action, subject, coalesce(details::text, ''))
$$;

create function audit_hash(prev bytea, line text) returns bytea language sql immutable as $$
  select sha256(prev || convert_to(line, 'UTF8'))
$$;

do $$
declare
  line record;
  last bytea := sha256('');
  last_id bigint := 0;
  counted bigint := 0;
begin
  for line in select * from audit order by id loop
    update audit set prev_hash = last,
      hash = audit_hash(last, audit_line(line.id, line.at, line.staff_id, line.action, line.subject, null))
      where id = line.id returning hash into last;
    last_id := line.id;
    counted := counted + 1;
  end loop;
  insert into audit_head (id, lines, hash) values (last_id, counted, last);
end $$;

alter table audit alter column prev_hash set not null, alter column hash set not null;
create index audit_of_staff on audit (staff_id, id);
create index audit_of_action on audit (action, id);
create index audit_by_day on audit (at);

-- Whoever inserts a line, the chain decides on its number, its moment and its hash.
create function audit_chain() returns trigger language plpgsql as $$
declare
  head audit_head;
begin
  select * into strict head from audit_head for update;
  new.id := head.id + 1;
  new.at := clock_timestamp();
  new.prev_hash := head.hash;
  new.hash := audit_hash(head.hash,
    audit_line(new.id, new.at, new.staff_id, new.action, new.subject, new.details));
  update audit_head set id = new.id, lines = lines + 1, hash = new.hash;
  return new;
end $$;
create trigger audit_chained before insert on audit for each row execute function audit_chain();

create function audit_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'the audit is only ever added to';
end $$;
create trigger audit_kept before update or delete on audit for each row execute function audit_refuse();
create trigger audit_not_emptied before truncate on audit execute function audit_refuse();
create trigger audit_head_kept before delete on audit_head for each row execute function audit_refuse();
create trigger audit_head_not_emptied before truncate on audit_head execute function audit_refuse();

-- Where the service is no superuser, the server itself refuses too.
do $$ begin
  execute format('revoke update, delete, truncate on audit from %I', current_user);
end $$;
