-- When a provider takes the next message: of a chat, and over all chats. The keys are hashes, for a chat need not be known here.
-- A crash of the server forgets it all, which costs one message too early at most.
create unlogged table send_turns (
  key bigint primary key,
  free_at timestamptz not null
) with (fillfactor = 50);
