-- Photos and documents that members send with their petitions: noted in the transaction of the message, fetched afterwards.
create table petition_attachments (
  id bigint generated always as identity primary key,
  petition_id bigint not null references petitions (id),
  message_id bigint not null references messages (id),
  kind text not null check (kind in ('photo', 'document')),
  -- As the provider tells them; the bytes may say otherwise.
  name text,
  size bigint,
  mime text,
  -- The provider's own; null once nothing is to be fetched any more.
  reference text,
  status text not null default 'waiting' check (status in ('waiting', 'kept', 'failed')),
  reason text,
  bytes bytea,
  tries int not null default 0,
  -- Also the lease: whoever fetches it moves this ahead.
  due_at timestamptz not null default now(),
  at timestamptz not null default now(),
  unique (petition_id, message_id)
);
create index petition_attachments_waiting on petition_attachments (due_at) where status = 'waiting';
