import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/db/database.ts";
import { openLibrary } from "../../src/library/open.ts";
import { TODAY } from "../support/corpus.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { ADMIN, decree, file, QUESTION, writeFewFiles } from "../support/library-rig.ts";

let fresh: FreshDatabase;
let knowledgeDir: string;
beforeAll(async () => {
  fresh = await freshDatabase();
  knowledgeDir = await mkdtemp(join(tmpdir(), "knowledge-"));
  await writeFewFiles(knowledgeDir);
});
afterAll(async () => {
  await fresh.drop();
  await rm(knowledgeDir, { recursive: true, force: true });
});

const settings = {
  embeddings: null,
  model: null,
  dataDir: null,
  log: { info: () => {}, error: () => {} },
  today: () => TODAY,
};

describe("two replicas on one database", () => {
  it("begin with one edition, and both answer from the next one when it is published, without a restart", async () => {
    const other = await openDatabase({ url: fresh.url, dataDir: "", log: () => {} });
    try {
      const replicas = await Promise.all(
        [fresh.database, other].map((database) => openLibrary({ ...settings, knowledgeDir, database })),
      );
      expect(replicas.filter(({ seeded }) => seeded !== null)).toHaveLength(1);
      const lives = await Promise.all(replicas.map((replica) => replica.serve(() => ({}))));
      expect(new Set(lives.map((live) => live.now().edition)).size).toBe(1);

      const [first] = replicas;
      const edition = (await first?.library.stage(ADMIN, null)) ?? 0;
      await first?.library.add(edition, [file("901.md", decree("111 triệu"))]);
      await first?.library.check(edition);
      const started = performance.now();
      await first?.library.publish(edition, ADMIN, "thử");
      while (lives.some((live) => live.now().edition !== edition) && performance.now() - started < 60_000)
        await new Promise((resolve) => setTimeout(resolve, 20));
      expect(lives.map((live) => live.now().edition)).toEqual([edition, edition]);
      const answers = await Promise.all(
        lives.map((live) => live.now().ask({ text: QUESTION, context: [], today: TODAY })),
      );
      expect(answers.map(({ text }) => text)).toEqual([
        expect.stringContaining("111 triệu"),
        expect.stringContaining("111 triệu"),
      ]);
    } finally {
      await other.close();
    }
  }, 120_000);
});

describe("a start with another knowledge folder than the database was filled from", () => {
  it("says which files differ and how to take them in, and answers from the database", async () => {
    await writeFile(join(knowledgeDir, "documents/901.md"), decree("999 triệu"));
    const said: [object, string][] = [];
    const log = {
      info: (fields: object, message: string) => void said.push([fields, message]),
      error: () => {},
    };
    const { serve } = await openLibrary({ ...settings, knowledgeDir, database: fresh.database, log });
    expect(said).toEqual([
      [{ files: ["documents/901.md"], count: 1 }, expect.stringContaining("npm run ingest")],
    ]);
    const answer = await (await serve(() => ({}))).now().ask({ text: QUESTION, context: [], today: TODAY });
    expect(answer.text).toContain("111 triệu");
  }, 60_000);
});
