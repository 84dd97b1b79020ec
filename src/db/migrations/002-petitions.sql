create table petitions (
  id bigint generated always as identity primary key,
  code text not null unique,
  -- Null for opinions that did not come through a chat, and after the member had his data erased.
  conversation_id bigint references conversations (id),
  -- The message that confirmed the intake; a repeat of it cannot make a second petition.
  origin_key text not null unique,
  content text not null,
  stance text not null check (stance in ('kien-nghi', 'phan-anh', 'de-xuat', 'dong-thuan')),
  topic text not null,
  cooperative text,
  commune text,
  contact text,
  agency text,
  status text not null default 'received',
  version int not null default 1,
  received_at timestamptz not null default now(),
  answered_at timestamptz
);
create index petitions_by_status on petitions (status, received_at desc);
create index petitions_of_conversation on petitions (conversation_id);

-- What happened to a petition: who, when, why. Written in the transaction of the change itself.
create table petition_events (
  id bigint generated always as identity primary key,
  petition_id bigint not null references petitions (id),
  kind text not null,
  status_from text,
  status_to text,
  by_staff bigint,
  reason text,
  -- Seen by the member (a reply, a notice) or by staff alone (a note).
  public_text text,
  internal_note text,
  at timestamptz not null default now()
);
create index petition_events_of on petition_events (petition_id, id);

alter table messages add constraint messages_petition foreign key (petition_id) references petitions (id);
