-- One pair of tokens per Zalo Official Account app. A refresh token works once, so its row is locked while it is spent.
create table zalo_tokens (
  app_id text primary key,
  access_token text,
  refresh_token text,
  life_seconds int,
  -- SHA-256 of the setting that the pair descends from; tells a setting that an operator has renewed since.
  seed_hash text,
  issued_at timestamptz,
  check ((access_token is null) = (refresh_token is null))
);

-- Committed before a refresh token is spent and gone once the new pair is stored: a mark whose row is not locked
-- means that a new pair was perhaps given and surely never stored.
create table zalo_rotations (
  app_id text primary key,
  since timestamptz not null default now()
);

-- A reply outside the window in which a provider allows one waits until the member writes again.
alter table messages drop constraint messages_status_check;
alter table messages add constraint messages_status_check
  check (status in ('open', 'done', 'refused', 'uncertain', 'waiting', 'dead'));
create index messages_waiting on messages (conversation_id) where status = 'waiting';
