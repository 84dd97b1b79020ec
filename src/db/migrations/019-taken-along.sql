-- Whether a message that is added to a chat now is the next one there, so that who adds it may hold it at once. Being volatile,
-- it sees what was committed while the statement that calls it waited for the lock of the chat.
create function is_next_in_chat(chat bigint, way text) returns boolean language plpgsql volatile as $$
begin
  return not exists (
      select from messages where conversation_id = chat and direction = way and status = 'open')
    and not exists (
      select from switches s join conversations c on c.channel = s.name where c.id = chat and not s.is_on);
end
$$;
