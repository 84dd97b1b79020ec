import type pg from "pg";

/** Where what a line is about stands, by the first part of its subject: "edition:12". */
const TABLES: Record<string, string> = {
  staff: "staff",
  chat: "conversations",
  group: "petition_groups",
  edition: "editions",
  proposal: "knowledge_proposals",
  import: "opinion_imports",
  message: "messages",
};

/** SHA-256 of the row that a subject names, as this transaction sees it; null when there is none. */
export async function stateOf(client: pg.PoolClient, subject: string): Promise<string | null> {
  const [kind = "", id = ""] = subject.split(":");
  const table = Object.hasOwn(TABLES, kind) ? TABLES[kind] : undefined;
  if (table && /^\d{1,15}$/.test(id)) return hashOf(client, table, "id", id);
  return /^KN-\w{6}$/.test(subject) ? hashOf(client, "petitions", "code", subject) : null;
}

async function hashOf(client: pg.PoolClient, table: string, key: string, value: string) {
  const { rows } = await client.query<{ hash: string }>(
    `select encode(sha256(convert_to(t::text, 'UTF8')), 'hex') as hash from ${table} t where ${key} = $1`,
    [value],
  );
  return rows[0]?.hash ?? null;
}
