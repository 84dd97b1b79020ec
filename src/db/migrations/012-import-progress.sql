-- A file of opinions waits here, is taken by one process at a time under a lease, and tells how far it is; a killed import is taken again.
alter table opinion_imports
  -- Personal data of many, so it stays only until the file is done.
  add column file bytea,
  add column lease_until timestamptz,
  add column tries int not null default 0,
  -- Opinions that the file holds; null until it has been read.
  add column total int,
  add column done int not null default 0,
  -- Why the whole file was refused.
  add column fault text,
  add column by_stance jsonb,
  add column by_topic jsonb;
create index opinion_imports_open on opinion_imports (id) where finished_at is null and file is not null;

-- A group sent to an agency as a whole: which of its petitions went, and which stayed and why.
create table group_forwards (
  id bigint generated always as identity primary key,
  group_id bigint not null references petition_groups (id),
  -- From the form, so that a double click sends once.
  key text not null unique,
  agency text not null,
  by_staff bigint not null references staff (id),
  at timestamptz not null default now(),
  sent text[] not null default '{}',
  stayed jsonb not null default '[]'
);
create index group_forwards_of_group on group_forwards (group_id, id);

-- Rows of a file that could not be taken, by their number in the spreadsheet.
create table opinion_import_refusals (
  import_id bigint not null references opinion_imports (id) on delete cascade,
  row int not null,
  reason text not null
);
create index opinion_import_refusals_of_import on opinion_import_refusals (import_id, row);
