-- One row per chat. Its lock orders everything that happens in that chat: who inserts a message holds it,
-- so message ids of one chat grow in the order of their commits and "after this id" never misses a row.
create table conversations (
  id bigint generated always as identity primary key,
  channel text not null,
  chat_id text not null,
  state jsonb not null default '{}',
  -- While people hold the conversation, the bot is silent.
  held_by_staff boolean not null default false,
  held_since timestamptz,
  created_at timestamptz not null default now(),
  last_message_at timestamptz not null default now(),
  unique (channel, chat_id)
);

-- The transcript, which is also the inbox, the outbox, the deduplication key and the order per chat.
create table messages (
  id bigint generated always as identity primary key,
  conversation_id bigint not null references conversations (id),
  direction text not null check (direction in ('in', 'out')),
  author text not null check (author in ('member', 'bot', 'staff')),
  -- In: the provider's id. Out: "<what caused it>:<n>". A repeat of either changes nothing.
  key text not null,
  text text not null,
  attachment jsonb,
  choices jsonb not null default '[]',
  status text not null default 'open' check (status in ('open', 'done', 'refused', 'uncertain', 'dead')),
  -- A thrown error and an expired lease are counted apart: a crash is no fault of the message.
  errors int not null default 0,
  leases int not null default 0,
  lease_owner text,
  lease_until timestamptz,
  due_at timestamptz not null default now(),
  reason text,
  provider_id text,
  outcome text,
  trace jsonb,
  petition_id bigint,
  staff_id bigint,
  sent_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  unique (conversation_id, direction, key)
);
create index messages_open on messages (direction, conversation_id, id) where status = 'open';
create index messages_of_conversation on messages (conversation_id, id);
create index messages_by_outcome on messages (outcome, id) where outcome is not null;

create table channel_offsets (
  channel text primary key,
  next_offset bigint not null,
  updated_at timestamptz not null default now()
);
