-- A file of opinions that were collected on paper or at a meeting: what was imported, when, by whom (null = by a command).
create table opinion_imports (
  id bigint generated always as identity primary key,
  file_name text not null,
  file_hash text not null,
  by_staff bigint references staff (id),
  started_at timestamptz not null default now(),
  -- Null while it runs, and for ever when it was cut off: the same file again adds what is missing.
  finished_at timestamptz,
  rows int,
  added int,
  known int,
  refused int
);

alter table petitions add column import_id bigint references opinion_imports (id);
-- Who gave an opinion on paper, as written there; personal data like the contact.
alter table petitions add column sender text;
create index petitions_of_import on petitions (import_id) where import_id is not null;
