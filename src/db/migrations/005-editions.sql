-- Files as they were handed in, by SHA-256 of their bytes. Nothing here is ever changed, so an old edition can be served again.
create table originals (
  hash text primary key,
  bytes bytea not null,
  stored_at timestamptz not null default now()
);

-- What the service reads: our own Markdown of a document, a catalog, golden questions; by SHA-256 of the text.
create table knowledge_texts (
  hash text primary key,
  text text not null
);

-- A whole state of the knowledge, as a list of files. It is staged, checked, and then published or dropped.
create table editions (
  id bigint generated always as identity primary key,
  -- The edition in force when it was staged or last brought up to date.
  base bigint references editions (id),
  note text,
  by_name text not null,
  by_staff bigint references staff (id),
  at timestamptz not null default now(),
  -- What the gate found, and against which edition; null until it is checked, and again after every change.
  report jsonb,
  checked_at timestamptz,
  dropped_at timestamptz
);

create table edition_files (
  edition_id bigint not null references editions (id),
  path text not null,
  text_hash text not null references knowledge_texts (hash),
  original_hash text not null references originals (hash),
  -- The name under which it was handed in, and what was told beside it.
  name text not null,
  sidecar text,
  -- The number of the document; null for catalogs and golden questions.
  document text,
  clauses int not null default 0,
  -- The edition that brought this file in; a copy keeps it, so it tells who published a clause and since when.
  since bigint not null references editions (id),
  primary key (edition_id, path)
);
create unique index edition_documents on edition_files (edition_id, document) where document is not null;

-- Every change of what members are answered from; the newest row is in force.
create table publications (
  id bigint generated always as identity primary key,
  edition_id bigint not null references editions (id),
  previous_id bigint references editions (id),
  kind text not null check (kind in ('first', 'publish', 'rollback')),
  -- SHA-256 over the paths and texts of the edition.
  hash text not null,
  -- Why a broken golden question was overridden, or why it was rolled back.
  reason text,
  -- Ids of the clauses that no longer stand as they were told: answers given before that cite one may mislead now.
  overtaken text[] not null default '{}',
  by_name text not null,
  by_staff bigint references staff (id),
  at timestamptz not null default now()
);

-- Vectors of clauses and golden questions (never of what members write), as little-endian 32-bit floats.
create table vectors (
  model text not null,
  hash text not null,
  vector bytea not null,
  primary key (model, hash)
);

-- Which clauses an answered message was told, and from which edition.
create table answer_citations (
  message_id bigint not null references messages (id) on delete cascade,
  passage text not null,
  edition_id bigint references editions (id),
  primary key (message_id, passage)
);
create index answer_citations_of on answer_citations (passage, message_id);

-- An official reply offered as knowledge; a second person approves it, then it goes through the gate like any document.
create table knowledge_proposals (
  id bigint generated always as identity primary key,
  petition_id bigint not null references petitions (id),
  -- Front matter and one clause, as our Markdown.
  number text not null,
  text text not null,
  status text not null default 'open' check (status in ('open', 'approved', 'declined')),
  proposed_by bigint not null references staff (id),
  proposed_at timestamptz not null default now(),
  decided_by bigint references staff (id),
  decided_at timestamptz,
  reason text,
  edition_id bigint references editions (id),
  check (decided_by is null or decided_by <> proposed_by)
);
create index knowledge_proposals_open on knowledge_proposals (status, id);
