-- What is due, the oldest first: however many messages are open, a claim reads only those it passes.
create index messages_due on messages (direction, created_at, id) where status = 'open';

-- Wakes what waits in a chat until its member writes. Being volatile, it sees what was committed while the statement that
-- calls it waited for the lock of the chat.
create function wake_waiting(chat bigint) returns void language plpgsql volatile as $$
begin
  update messages set status = 'open', due_at = now(), reason = null
  where conversation_id = chat and status = 'waiting';
  if found then
    perform pg_notify('messages', 'out');
  end if;
end
$$;
