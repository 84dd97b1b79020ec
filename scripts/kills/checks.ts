/** A message as its member remembers it. */
export type Posted = {
  member: number;
  clientId: string;
  text: string;
  /** The id that the service acknowledged it with; null while it did not. */
  acknowledged: number | null;
  /** It said yes to a petition. */
  isConfirmation: boolean;
};

export type MessageRow = {
  id: number;
  chat: number;
  direction: "in" | "out";
  key: string;
  text: string;
  status: string;
  outcome: string | null;
  leases: number;
};

export type PetitionRow = { code: string; chat: number | null; origin: string; content: string };

/** What was stored in the end. */
export type Stored = { messages: MessageRow[]; petitions: PetitionRow[] };

/** What must not be; every figure has to be 0. */
export type Faults = {
  /** Acknowledged, and not there, or not handled. */
  lost: number;
  /** Stored more than once. */
  repeated: number;
  /** Handled without a whole reply. */
  unanswered: number;
  /** Buried, though no message of ours is poison. */
  dead: number;
  /** Neither handled nor sent by the end. */
  stuck: number;
  /** Messages of two members in one chat, of one member in two, or words of one said to another. */
  wrongChat: number;
  /** Two messages of a member, or their replies, in another order than they were written. */
  inversions: number;
  /** Confirmed, and no petition with the code that the member was told. */
  petitionsLost: number;
  /** Petitions that nobody confirmed, or the same one twice, or two under one code. */
  doubled: number;
};

/** Holds what the members remember against what was stored. */
export function examine(posts: Posted[], { messages, petitions }: Stored): Faults {
  const acknowledged = posts.filter((post) => post.acknowledged !== null);
  const incoming = messages.filter(({ direction }) => direction === "in");
  const outgoing = messages.filter(({ direction }) => direction === "out");
  const rowsOf = groupBy(incoming, ({ key }) => key);
  const repliesTo = groupBy(outgoing, ({ key }) => Number(/^message:(\d+):/.exec(key)?.[1] ?? 0));
  const handled = incoming.filter(({ status }) => status === "done");
  const told = (post: Posted) =>
    (repliesTo.get(post.acknowledged ?? 0) ?? []).map(({ text }) => text).join("\n");
  const confirmations = acknowledged.filter((post) => post.isConfirmation);
  const originOf = (post: Posted) => `message:${post.acknowledged}`;

  return {
    lost: count(acknowledged, (post) => !rowsOf.get(post.clientId)?.some(({ status }) => status === "done")),
    repeated: count(posts, (post) => (rowsOf.get(post.clientId)?.length ?? 0) > 1),
    unanswered: count(handled, ({ id }) => !isWhole(id, repliesTo.get(id) ?? [])),
    dead: count(messages, ({ status }) => status === "dead"),
    stuck: count(messages, ({ status }) => status === "open"),
    wrongChat: wrongChats(posts, rowsOf, outgoing),
    inversions: inversions(acknowledged, repliesTo),
    petitionsLost: count(
      confirmations,
      (post) => !petitions.some(({ origin, code }) => origin === originOf(post) && told(post).includes(code)),
    ),
    doubled:
      count(petitions, ({ origin }) => !confirmations.some((post) => originOf(post) === origin)) +
      (petitions.length - new Set(petitions.map(({ content }) => content)).size) +
      (petitions.length - new Set(petitions.map(({ code }) => code)).size),
  };
}

export function isClean(faults: Faults): boolean {
  return Object.values(faults).every((n) => n === 0);
}

/** Words by which a text is known to be one member's: "[m3-17]". */
export function markOf(member: number, n: number): string {
  return `[m${member}-${n}]`;
}

function isWhole(id: number, replies: MessageRow[]): boolean {
  return replies.length > 0 && replies.every(({ key }, n) => key === `message:${id}:${n}`);
}

function wrongChats(posts: Posted[], rowsOf: Map<string, MessageRow[]>, outgoing: MessageRow[]): number {
  const chatsOf = new Map<number, Set<number>>();
  const membersOf = new Map<number, Set<number>>();
  for (const { member, clientId } of posts) {
    for (const { chat } of rowsOf.get(clientId) ?? []) {
      addTo(chatsOf, member, chat);
      addTo(membersOf, chat, member);
    }
  }
  const split = count([...chatsOf.values(), ...membersOf.values()], (set) => set.size > 1);
  const overheard = count(outgoing, ({ chat, text }) =>
    [...text.matchAll(/\[m(\d+)-\d+\]/g)].some(([, member]) => !membersOf.get(chat)?.has(Number(member))),
  );
  return split + overheard;
}

function inversions(acknowledged: Posted[], repliesTo: Map<number, MessageRow[]>): number {
  return [...groupBy(acknowledged, ({ member }) => member).values()]
    .map((own) => own.map((post) => post.acknowledged ?? 0))
    .map(
      (ids) =>
        descents(ids) + descents(ids.flatMap((id) => (repliesTo.get(id) ?? []).map((reply) => reply.id))),
    )
    .reduce((sum, n) => sum + n, 0);
}

function descents(numbers: number[]): number {
  return count(numbers, (n, i) => i > 0 && n < (numbers[i - 1] ?? 0));
}

function count<T>(items: T[], isIt: (item: T, i: number) => boolean): number {
  return items.filter(isIt).length;
}

function groupBy<T, K>(items: T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function addTo<K, V>(sets: Map<K, Set<V>>, key: K, value: V): void {
  sets.set(key, (sets.get(key) ?? new Set()).add(value));
}
