-- What members wrote, as words without marks, for search; replies are not searched.
alter table messages add column words tsvector generated always as (
  case when direction = 'in' then
    to_tsvector('simple', regexp_replace(fold_vi(text), '[^a-z0-9]+', ' ', 'g')) end) stored;
create index messages_by_words on messages using gin (words) where direction = 'in';
create index messages_unanswered on messages (id) where outcome like 'unanswered%';
-- Work that did not reach its end: what was buried, and replies that did not arrive or perhaps did not.
create index messages_failed on messages (id) where status in ('dead', 'refused', 'uncertain', 'waiting');

-- Which kinds of outcome a chat has seen ("answered", "unhelpful", "error"), so that a list of chats reads no message.
alter table conversations add column outcomes text[] not null default '{}';
create index conversations_newest on conversations (last_message_at desc, id desc);

create function outcome_kind(direction text, status text, outcome text) returns text language sql immutable as $$
  select case
    when direction = 'in' and status = 'dead' then 'error'
    when outcome = 'feedback_unhelpful' then 'unhelpful'
    else split_part(outcome, '_', 1) end
$$;

create function note_outcome() returns trigger language plpgsql as $$
declare kind text := outcome_kind(new.direction, new.status, new.outcome);
begin
  update conversations set outcomes = array_append(outcomes, kind)
  where id = new.conversation_id and kind is not null and not outcomes @> array[kind];
  return null;
end $$;
create trigger messages_note_outcome after insert on messages
  for each row when (new.outcome is not null or new.status = 'dead') execute function note_outcome();
create trigger messages_note_new_outcome after update of outcome, status on messages
  for each row when (new.outcome is distinct from old.outcome or new.status = 'dead' and old.status <> 'dead')
  execute function note_outcome();

update conversations c set outcomes = seen.kinds
from (
  select conversation_id, array_agg(distinct outcome_kind(direction, status, outcome)) as kinds
  from messages where outcome_kind(direction, status, outcome) is not null group by conversation_id) seen
where seen.conversation_id = c.id;

-- What staff say of an answer, or of a question that found none: the question without personal data, and what was to be
-- expected. An admin makes a golden question of it, or dismisses it.
create table judgements (
  id bigint generated always as identity primary key,
  message_id bigint not null references messages (id),
  kind text not null,
  note text,
  question text not null,
  -- The earlier question that this one goes on from.
  context text,
  topic text not null,
  -- The number of the document that holds the answer, and what the answer must say; both null when it is right to decline.
  expected_document text,
  expected_fact text,
  status text not null default 'open' check (status in ('open', 'golden', 'dismissed')),
  by_staff bigint not null references staff (id),
  at timestamptz not null default now(),
  decided_by bigint references staff (id),
  decided_at timestamptz,
  reason text,
  edition_id bigint references editions (id)
);
create unique index judgements_one_open on judgements (message_id) where status = 'open';
create index judgements_of_message on judgements (message_id);
create index judgements_by_status on judgements (status, id desc);

-- What became of a question without an answer; a question that stands here is no longer work.
create table handled_questions (
  message_id bigint primary key references messages (id),
  how text not null check (how in ('petition', 'golden', 'knowledge', 'dismissed')),
  petition_id bigint references petitions (id),
  judgement_id bigint references judgements (id),
  reason text,
  by_staff bigint not null references staff (id),
  at timestamptz not null default now()
);

-- Knowledge may also be written for a question that found no answer, without a petition.
alter table knowledge_proposals
  alter column petition_id drop not null,
  add column question_id bigint references messages (id),
  add constraint knowledge_proposals_of check (num_nonnulls(petition_id, question_id) = 1);
