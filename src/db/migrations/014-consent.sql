-- Which words the member agreed to when he sent his petition, and when; null where he did not send it himself.
alter table petitions
  add column consented_at timestamptz,
  add column consent_version text,
  add constraint petitions_consent check ((consented_at is null) = (consent_version is null));

-- When the words of a chat that led to no petition were erased because it had been silent for long.
alter table conversations add column swept_at timestamptz;
create index conversations_to_sweep on conversations (last_message_at)
  where not held_by_staff and (swept_at is null or swept_at < last_message_at);
