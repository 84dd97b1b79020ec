-- Vietnamese without marks and in lower case, whatever the locale of the server; for search.
create function fold_vi(written text) returns text language sql immutable parallel safe as $$
  select lower(translate(written,
    'àÀáÁảẢãÃạẠăĂằẰắẮẳẲẵẴặẶâÂầẦấẤẩẨẫẪậẬèÈéÉẻẺẽẼẹẸêÊềỀếẾểỂễỄệỆìÌíÍỉỈĩĨịỊòÒóÓỏỎõÕọỌôÔồỒốỐổỔỗỖộỘơƠờỜớỚởỞỡỠợỢùÙúÚủỦũŨụỤưƯừỪứỨửỬữỮựỰỳỲýÝỷỶỹỸỵỴđĐ',
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeeeeeeeiiiiiiiiiioooooooooooooooooooooooooooooooooouuuuuuuuuuuuuuuuuuuuuuyyyyyyyyyydd'))
$$;

-- A group says that petitions ask for the same. It is a link: every petition keeps its words, its code and its chat.
create table petition_groups (
  id bigint generated always as identity primary key,
  title text not null,
  topic text not null,
  version int not null default 1,
  created_by bigint not null references staff (id),
  created_at timestamptz not null default now()
);

alter table petitions
  -- Worked out from the history on every change; null when nothing is due.
  add column due_on date,
  add column review_due_on date,
  add column group_id bigint references petition_groups (id),
  -- 'message' from a chat, 'paper' when it was imported.
  add column origin text generated always as (split_part(origin_key, ':', 1)) stored,
  -- The commune without what the member wrote beside it.
  add column area text generated always as (split_part(commune, ' (bà con ghi:', 1)) stored,
  add column words tsvector generated always as (
    to_tsvector('simple', regexp_replace(
      fold_vi(code || ' ' || content || ' ' || coalesce(cooperative, '') || ' ' || coalesce(commune, '')), '[^a-z0-9]+', ' ', 'g'))) stored;

drop index petitions_by_status;
create index petitions_by_status on petitions (status, id desc);
create index petitions_by_topic on petitions (topic, id desc);
create index petitions_by_stance on petitions (stance, id desc);
create index petitions_by_agency on petitions (agency, id desc) where agency is not null;
create index petitions_by_area on petitions (area, id desc) where area is not null;
create index petitions_by_due on petitions (due_on, id);
create index petitions_by_review_due on petitions (review_due_on, id) where review_due_on is not null;
create index petitions_by_receipt on petitions (received_at);
-- Everything that is counted, so that a count reads no row.
create index petitions_counted on petitions
  (stance, status, topic, agency, area, origin, group_id, due_on, review_due_on, received_at, id);
create index petitions_of_group on petitions (group_id, id) where group_id is not null;
create index petitions_by_words on petitions using gin (words);

alter table petition_events
  -- What was changed: of a correction each field's old and new value, of an extension its working days, of a forwarding the agencies.
  add column details jsonb,
  -- The member's own words; never shown to who only knows the code.
  add column member_text text;
create index petition_corrections on petition_events (id) where kind = 'corrected';

create index messages_of_petition on messages (petition_id) where petition_id is not null;

-- One row per press of the button; a repeat of the key sends nothing again.
create table group_answers (
  id bigint generated always as identity primary key,
  group_id bigint not null references petition_groups (id),
  key text not null unique,
  text text not null,
  by_staff bigint not null references staff (id),
  at timestamptz not null default now()
);
create index group_answers_of on group_answers (group_id, id);

create table group_answer_petitions (
  answer_id bigint not null references group_answers (id),
  petition_id bigint not null references petitions (id),
  -- False where the petition's status allowed no answer.
  answered boolean not null,
  primary key (answer_id, petition_id)
);

-- Who has a petition open on the screen.
create table petition_presence (
  petition_id bigint not null references petitions (id) on delete cascade,
  staff_id bigint not null references staff (id) on delete cascade,
  since timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  primary key (petition_id, staff_id)
);

-- What staff were reminded of; a deadline that moved is another one.
create table petition_reminders (
  petition_id bigint not null references petitions (id) on delete cascade,
  kind text not null check (kind in ('review-late', 'due-soon', 'late')),
  due_on date not null,
  at timestamptz not null default now(),
  primary key (petition_id, kind, due_on)
);
