-- Counts by one thing: few distinct keys, so these indexes stay small, and a count reads nothing else.
create index petitions_counted_by_status on petitions (status, stance, due_on, review_due_on);
create index petitions_counted_by_topic on petitions (topic, status, stance, due_on, review_due_on);
create index petitions_counted_by_agency on petitions (agency, status, stance, due_on, review_due_on);
create index petitions_counted_by_area on petitions (area, status, stance, due_on, review_due_on);
create index petitions_counted_by_origin on petitions (origin, status, stance, due_on, review_due_on);
create index petitions_counted_by_chat on petitions (conversation_id, status, stance, due_on, review_due_on);
create index petitions_counted_by_group on petitions (group_id, status, stance, due_on, review_due_on);
-- A period is counted in every way at once.
create index petitions_counted_by_receipt on petitions (received_at)
  include (stance, status, topic, agency, area, origin, due_on, review_due_on);
-- Whose memo a petition belongs to before anybody sent it anywhere.
create index petitions_without_agency on petitions (topic, commune) where agency is null;
-- A deep page walks past these.
create index petitions_newest on petitions (id) include (status, stance);
drop index petitions_counted, petitions_by_receipt, petitions_of_conversation, petitions_of_group;

-- Counts skip the rows only where no change waits to be tidied; by default a fifth of the table may wait.
alter table petitions set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

create index messages_answered on messages (id) include (sent_at) where outcome like 'answered%';
