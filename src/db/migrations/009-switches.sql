-- What admins may switch off: a channel, by its name, or "answers", the automatic answering of questions on all of them.
create table switches (
  name text primary key,
  is_on boolean not null default true,
  -- All null until somebody changes it.
  since timestamptz,
  by_staff bigint references staff (id),
  reason text
);
insert into switches (name) values ('answers'), ('telegram'), ('zalo-bot'), ('zalo-oa'), ('web-chat');

create table switch_changes (
  id bigint generated always as identity primary key,
  name text not null references switches (name),
  is_on boolean not null,
  by_staff bigint not null references staff (id),
  reason text not null,
  at timestamptz not null default now()
);
