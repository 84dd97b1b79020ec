import type { Button, SentMessage, World } from "./fake-telegram-methods.ts";

/** A person with a Telegram account; each act returns the id of the update it makes. */
export type Member = ReturnType<typeof createMember>;

/** A member in their private chat, or in the group given. */
export function createMember(world: World, userId: number, groupId?: number) {
  const from = {
    id: userId,
    is_bot: false,
    first_name: "Bà",
    last_name: `Số ${userId}`,
    language_code: "vi",
  };
  const chat = groupId
    ? { id: groupId, title: "HTX Nông nghiệp", type: "supergroup" }
    : { id: userId, first_name: from.first_name, last_name: from.last_name, type: "private" };
  const head = () => ({ message_id: world.nextMessageId(), from, chat, date: seconds() });

  return {
    id: String(chat.id),
    says: (text: string) => world.queue.push({ message: { ...head(), ...written(text) } }),
    repliesTo: ({ messageId }: SentMessage, text: string) =>
      world.queue.push({ message: { ...head(), ...written(text), reply_to_message: fromBot(messageId) } }),
    edits: (messageId: number, text: string) => {
      const edited = { ...head(), message_id: messageId, edit_date: seconds(), ...written(text) };
      return world.queue.push({ edited_message: edited });
    },
    sendsPhoto: (fileId: string, caption?: string) =>
      world.queue.push({ message: { ...head(), photo: sizesOf(fileId), ...(caption ? { caption } : {}) } }),
    sendsDocument: (fileId: string, name: string) =>
      world.queue.push({
        message: { ...head(), document: { file_id: fileId, file_name: name, file_size: 1000 } },
      }),
    presses: (message: SentMessage, label: string) => press(message, label),
    blocksBot: () => {
      const blocked = { status: "kicked", until_date: 0, user: botUser() };
      const before = { status: "member", user: botUser() };
      const change = { chat, from, date: seconds(), old_chat_member: before, new_chat_member: blocked };
      return world.queue.push({ my_chat_member: change });
    },
  };

  function press(message: SentMessage, label: string): number {
    const button = message.buttons.find(({ text }) => text === label);
    if (!button) throw new Error(`no button "${label}" on message ${message.messageId}`);
    const id = String(4_000_000_000_000_000_000n + BigInt(world.nextMessageId()));
    world.openQueries.add(id);
    const carried = {
      ...fromBot(message.messageId),
      text: message.text,
      reply_markup: rows(message.buttons),
    };
    const query = {
      id,
      from,
      message: carried,
      chat_instance: "-3788410235168021231",
      data: button.callback_data,
    };
    return world.queue.push({ callback_query: query });
  }

  function fromBot(messageId: number) {
    return { message_id: messageId, from: botUser(), chat, date: seconds() };
  }

  function botUser() {
    return { id: world.bot.id, is_bot: true, first_name: "Cầu Nối", username: world.bot.username };
  }
}

function rows(buttons: Button[]): { inline_keyboard: Button[][] } {
  return { inline_keyboard: buttons.map((button) => [button]) };
}

/** Text with the entities that Telegram finds in it: a command at the start, and mentions. */
function written(text: string): object {
  const command = /^\/\w+(@\w+)?/.exec(text);
  const mentions = [...text.matchAll(/(?<![\w/])@\w{5,}/g)];
  const entities = [
    ...(command ? [{ type: "bot_command", offset: 0, length: command[0].length }] : []),
    ...mentions.map((found) => ({ type: "mention", offset: found.index, length: found[0].length })),
  ];
  return { text, ...(entities.length > 0 ? { entities } : {}) };
}

function sizesOf(fileId: string): object[] {
  return [
    { file_id: `${fileId}-small`, file_unique_id: `${fileId}s`, file_size: 1253, width: 90, height: 67 },
    { file_id: fileId, file_unique_id: `${fileId}l`, file_size: 101_234, width: 1280, height: 960 },
  ];
}

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}
