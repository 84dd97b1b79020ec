import { openDatabase } from "../../src/db/database.ts";

// Writes rows one by one and prints each number after its commit, until it is killed.
console.log("started");
const dataDir = process.argv[2] ?? "";
const database = await openDatabase({ dataDir, log: (message) => console.log(`log ${message}`) });
await database.pool.query("create table if not exists written (n bigint primary key)");
const { rows } = await database.pool.query<{ last: number | null }>("select max(n) as last from written");
console.log("ready");
for (let n = (rows[0]?.last ?? 0) + 1; ; n += 1) {
  await database.tx((client) => client.query("insert into written values ($1)", [n]));
  console.log(`wrote ${n}`);
}
