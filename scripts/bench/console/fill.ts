import pg from "pg";
import type { Database } from "../../../src/db/database.ts";
import { PetitionStore } from "../../../src/db/petitions.ts";
import type { Catalog } from "../../../src/knowledge/corpus.ts";
import { createOfficeTime } from "../../../src/petitions/clock.ts";
import { demoOpinions } from "../../demo/opinions.ts";

/** How much a console is measured with. */
export type Size = { petitions: number; messages: number };

const CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const MESSAGES_PER_CHAT = 20;
const PETITIONS_PER_GROUP = 10;
const PETITIONS_PER_IMPORT = 1000;
const PETITIONS_AT_ONCE = 5000;
const AUDITED_AT_ONCE = 500;
const DAYS_BACK = 730;
const OPINIONS_PER_SEED = 692;

/** Fills an empty database with what years of use leave behind: staff, chats, messages, petitions in every status, groups. */
export async function fillConsole(database: Database, catalog: Catalog, size: Size): Promise<void> {
  const client = new pg.Client(withoutTimeouts(database.pool));
  await client.connect();
  try {
    await client.query(
      "insert into staff (name, email, role, password_hash) values ('Đo', 'do@xa.test', 'staff', '')",
    );
    // What the triggers of a million messages would work out one by one is worked out at once below.
    await client.query("set session_replication_role = replica; set synchronous_commit = off");
    await addChats(client, size);
    await client.query(OUTCOMES);
    await client.query("set session_replication_role = origin");
    await addPetitions(client, catalog, size);
    await moveOn(client, catalog);
    await addGroups(client);
    await client.query(EVENTS);
    await addAudit(client, size);
    const { deadlines, holidays } = catalog;
    await new PetitionStore(database, createOfficeTime(deadlines, holidays)).refreshDues();
    await client.query("vacuum analyze");
  } finally {
    await client.end();
  }
}

function withoutTimeouts({ options }: pg.Pool): pg.ClientConfig {
  // The pool hides its password from copies.
  return { ...options, query_timeout: 0, statement_timeout: 0, password: options.password };
}

async function addChats(client: pg.Client, { messages }: Size): Promise<void> {
  const chats = Math.ceil(messages / MESSAGES_PER_CHAT);
  await client.query(
    `insert into conversations (channel, chat_id, created_at, last_message_at, held_by_staff, held_since)
     select (array['web-chat', 'telegram', 'zalo-bot', 'zalo-oa'])[1 + i % 4], 'chat-' || i,
            now() - make_interval(days => $2::int), now() - make_interval(mins => ($1::int - i) % 1000000),
            i % 500 = 0, case when i % 500 = 0 then now() - make_interval(mins => $1::int - i) end
     from generate_series(1, $1::int) as i`,
    [chats, DAYS_BACK],
  );
  await client.query(
    `insert into messages (conversation_id, direction, author, key, text, status, outcome, sent_at, created_at, finished_at)
     select 1 + (pair * 7919::bigint) % $2::int, case when i % 2 = 0 then 'in' else 'out' end,
            case when i % 2 = 0 then 'member' when i % 11 = 0 then 'staff' else 'bot' end, 'm' || i,
            (array['HTX muốn vay vốn thì cần giấy tờ gì?', 'Chừng nào mở lớp kế toán?', 'Xin hỏi mức hỗ trợ xây kho',
                   'Đăng ký đổi người đại diện làm ở đâu?', 'Ruộng ngập thì được hỗ trợ giống không?'])[1 + kind % 5] || ' ' || pair,
            'done',
            case when i % 2 = 0 then (array['answered', 'answered', 'answered', 'unanswered_no_support', 'smalltalk_thanks',
                                            'answered', 'intake_commune', 'clarify', 'answered', 'petition'])[1 + kind % 10] end,
            at, at, at
     from generate_series(1, $1::int) as i,
       lateral (select i / 2 as pair, (hashint4(i / 2) & 65535) as kind,
                       now() - make_interval(secs => ($1::int - i) * $3::float8 * 86400 / $1::int) as at) as t`,
    [messages, chats, DAYS_BACK],
  );
}

async function addPetitions(
  client: pg.Client,
  { communes }: Catalog,
  { petitions, messages }: Size,
): Promise<void> {
  const today = new Date().toISOString().slice(0, 10);
  const chats = Math.ceil(messages / MESSAGES_PER_CHAT);
  await client.query(
    `insert into opinion_imports (file_name, file_hash, finished_at, rows, added, known, refused)
     select 'phieu-' || i || '.csv', md5(i::text), now(), $2::int, $2::int, 0, 0 from generate_series(1, $1::int) as i`,
    [Math.ceil(petitions / PETITIONS_PER_IMPORT), PETITIONS_PER_IMPORT],
  );
  let opinions: ReturnType<typeof demoOpinions> = [];
  for (let at = 0; at < petitions; at += PETITIONS_AT_ONCE) {
    while (opinions.length < PETITIONS_AT_ONCE)
      opinions = opinions.concat(demoOpinions(communes, at + opinions.length / OPINIONS_PER_SEED, today));
    const chunk = opinions.splice(0, Math.min(PETITIONS_AT_ONCE, petitions - at));
    const isPaper = (i: number) => (at + i) % 5 < 2;
    await client.query(
      `insert into petitions (code, conversation_id, origin_key, content, stance, topic, cooperative, commune, import_id, received_at)
       select code, chat, key, content, stance, topic, nullif(cooperative, ''), nullif(commune, ''), import,
              now() - make_interval(secs => ($10::int - $11::int - n) * $12::float8 * 86400 / $10::int)
       from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[])
         with ordinality as given (code, chat, key, content, stance, topic, cooperative, commune, import, n)`,
      [
        chunk.map((_, i) => codeOf(at + i)),
        chunk.map((_, i) => (isPaper(i) ? null : 1 + (((at + i) * 31) % chats))),
        chunk.map((_, i) => `${isPaper(i) ? "paper" : "message"}:${at + i + 1}`),
        chunk.map(({ noi_dung }) => noi_dung),
        chunk.map(({ loai }) => loai),
        chunk.map(({ chu_de }) => chu_de),
        chunk.map(({ hop_tac_xa }) => hop_tac_xa),
        chunk.map(({ xa_phuong }) => xa_phuong),
        chunk.map((_, i) => (isPaper(i) ? 1 + Math.floor((at + i) / PETITIONS_PER_IMPORT) : null)),
        petitions,
        at,
        DAYS_BACK,
      ],
    );
  }
}

function codeOf(n: number): string {
  const letters = Array.from({ length: 6 }, (_, i) => CODE_LETTERS[Math.floor(n / 31 ** i) % 31]);
  return `KN-${letters.join("")}`;
}

/** The newest tenth is all open; of the older ones a tenth is, and the rest are at their ends. */
async function moveOn(client: pg.Client, { agencies }: Catalog): Promise<void> {
  await client.query(
    `update petitions set
       status = case
         when id * 10 > (select max(id) from petitions) * 9 or id % 10 = 0
           then (array['received', 'in-review', 'needs-info', 'forwarded', 'reopened', 'in-review', 'forwarded'])[1 + id / 10 % 7]
         else (array['answered', 'resolved', 'resolved', 'resolved', 'resolved', 'not-within-authority', 'withdrawn'])[1 + id / 10 % 7] end,
       agency = case when id % 3 > 0 then ($1::text[])[1 + id % cardinality($1::text[])] end
     where stance <> 'dong-thuan'`,
    [agencies.map(({ id }) => id)],
  );
  await client.query(
    "update petitions set answered_at = received_at + interval '8 days' where status in ('answered', 'resolved')",
  );
}

async function addGroups(client: pg.Client): Promise<void> {
  await client.query(
    `with wishes as (
       select id, topic, row_number() over (partition by topic order by id) as n from petitions
       where stance <> 'dong-thuan' and id % 20 = 3),
     sorted as (select id, topic, topic || ' ' || n / $1::int as title from wishes),
     made as (
       insert into petition_groups (title, topic, created_by)
       select title, topic, (select min(id) from staff) from sorted group by 1, 2 returning id, title)
     update petitions p set group_id = made.id from sorted join made using (title) where p.id = sorted.id`,
    [PETITIONS_PER_GROUP],
  );
}

const OUTCOMES = `update conversations c set outcomes = seen.kinds
  from (
    select conversation_id, array_agg(distinct outcome_kind(direction, status, outcome)) as kinds
    from messages where outcome is not null group by conversation_id) seen
  where seen.conversation_id = c.id`;

/** A line of audit for each petition: somebody saw it. Few at a time, since each line waits for the end of the chain. */
async function addAudit(client: pg.Client, { petitions }: Size): Promise<void> {
  for (let at = 0; at < petitions; at += AUDITED_AT_ONCE)
    await client.query(
      `insert into audit (staff_id, action, subject)
       select (select min(id) from staff), 'petition-seen', code from petitions where id > $1 and id <= $2 order by id`,
      [at, at + AUDITED_AT_ONCE],
    );
}

const EVENTS = `insert into petition_events (petition_id, kind, status_from, status_to, by_staff, at)
  select p.id, case n when 0 then 'received' else 'moved' end, case n when 1 then 'received' when 2 then 'in-review' end,
         case n when 0 then 'received' when 1 then 'in-review' else p.status end,
         case when n > 0 then (select min(id) from staff) end, p.received_at + make_interval(days => n * 3)
  from petitions p, generate_series(0, case p.status when 'received' then 0 when 'in-review' then 1 else 2 end) as n
  order by p.id, n`;
