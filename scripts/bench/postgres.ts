import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "../../src/db/database.ts";
import { fold } from "../../src/text/fold.ts";
import type { System } from "./system.ts";

/** PostgreSQL full text with the `simple` dictionary on text without marks; our own server, in a folder that is removed. */
export const postgres: System = {
  name: "postgres",
  about: "PostgreSQL toàn văn simple + bỏ dấu, ts_rank",
  async load() {
    return async (articles) => {
      const dataDir = await mkdtemp(join(tmpdir(), "cau-noi-bench-postgres-"));
      const database = await openDatabase({ dataDir, log: () => {} });
      await database.pool.query("create table articles (place int primary key, words tsvector)");
      for (let from = 0; from < articles.length; from += 500) {
        const some = articles.slice(from, from + 500);
        await database.pool.query(
          `insert into articles select place, to_tsvector('simple', left(body, 500000))
           from unnest($1::int[], $2::text[]) as given (place, body)`,
          [some.map((_, i) => from + i), some.map(({ title, text }) => fold(`${title}\n${text}`))],
        );
      }
      await database.pool.query("create index on articles using gin (words)");
      await database.pool.query("analyze articles");
      return {
        async search(question, limit) {
          const wanted = [...new Set(fold(question).match(/[\p{L}\p{N}]+/gu) ?? [])].join(" | ");
          const { rows } = await database.pool.query(
            `select place from articles, to_tsquery('simple', $1) as asked
             where words @@ asked order by ts_rank(words, asked, 1) desc limit $2`,
            [wanted, limit],
          );
          return rows.map((row: { place: number }) => articles[row.place]?.id as string);
        },
        async close() {
          await database.close();
          await rm(dataDir, { recursive: true, force: true });
        },
      };
    };
  },
};
