-- How often a process held a message and never gave it back: it was killed, or the message killed it.
alter table messages add column crashes int not null default 0;
create index messages_suspect on messages (direction, crashes, id) where status = 'open' and crashes >= 3;
