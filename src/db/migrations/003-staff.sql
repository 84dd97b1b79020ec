create table staff (
  id bigint generated always as identity primary key,
  name text not null,
  email text not null,
  role text not null check (role in ('viewer', 'staff', 'admin')),
  password_hash text not null,
  -- Set for a password that was printed, not chosen: it opens the console until then.
  password_expires_at timestamptz,
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);
create unique index staff_email on staff (lower(email));

create table staff_sessions (
  -- SHA-256 of the cookie's secret: who reads this table cannot sign in with it.
  token_hash bytea primary key,
  staff_id bigint not null references staff (id) on delete cascade,
  csrf_token text not null,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now()
);

create table sign_in_attempts (
  id bigint generated always as identity primary key,
  key text not null,
  at timestamptz not null default now()
);
create index sign_in_attempts_by_key on sign_in_attempts (key, at);

create table audit (
  id bigint generated always as identity primary key,
  staff_id bigint references staff (id),
  action text not null,
  subject text not null,
  at timestamptz not null default now()
);

alter table messages add constraint messages_staff foreign key (staff_id) references staff (id);
alter table petition_events add constraint petition_events_staff foreign key (by_staff) references staff (id);
