import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { OpinionImportStore } from "../src/db/opinion-imports.ts";
import { OpinionStore } from "../src/db/opinions.ts";
import { createOpinionImports } from "../src/opinion-imports.ts";
import { MAX_TRIES, stateOf } from "../src/petitions/opinion-import.ts";
import { type FreshDatabase, freshDatabase } from "./support/database.ts";
import { hire } from "./support/samples.ts";

let fresh: FreshDatabase;
let by: number;
beforeAll(async () => {
  fresh = await freshDatabase();
  by = await hire(fresh.database, "Cán bộ Hoa");
});
afterAll(() => fresh.drop());
afterEach(() => fresh.database.pool.query("truncate petitions, opinion_imports cascade"));

let codes = 0;
const nextCode = () => `KN-${++codes}`;

/** One process with its own hands on the imports; `newCode` can make it die in the middle. */
function replica(newCode = nextCode) {
  return createOpinionImports({
    imports: new OpinionImportStore(fresh.database),
    store: new OpinionStore(fresh.database, newCode),
    rules: () => ({
      topics: [],
      communes: [],
      triage: () => ({ stance: "phan-anh", topic: "khac" }),
      today: () => "2026-11-25",
    }),
  });
}

/** Dies when it draws its n-th code. */
function dyingAfter(n: number) {
  let drawn = 0;
  return replica(() => {
    drawn += 1;
    if (drawn > n) throw new Error("killed");
    return nextCode();
  });
}

const file = (rows: number, more = "") =>
  Buffer.from(
    `noi_dung,loai\n${Array.from({ length: rows }, (_, i) => `Ý kiến ${i},de-xuat`).join("\n")}${more}`,
  );
const FORGET = "update opinion_imports set lease_until = now() - interval '1 second'";
const petitions = async () =>
  (await fresh.database.pool.query("select count(*)::int as n from petitions")).rows[0].n;

describe("an import in the background", () => {
  it("is kept at once, done by any process, and remembered row by row without the file", async () => {
    const here = replica();
    const id = await here.start(file(3, "\nXin kho,khen\n"), "y-kien.csv", by);
    expect(await here.find(id)).toMatchObject({ fileName: "y-kien.csv", by: "Cán bộ Hoa", total: null });
    expect(stateOf((await here.find(id)) as never)).toBe("waiting");

    const elsewhere = replica();
    expect(await elsewhere.workNext()).toBe(true);
    expect(await elsewhere.workNext()).toBe(false);
    const done = await here.find(id);
    expect(done).toMatchObject({
      total: 3,
      done: 3,
      added: 3,
      refused: 1,
      hasFile: false,
      byStance: { "de-xuat": 3, "kien-nghi": 0 },
    });
    expect(done && stateOf(done)).toBe("done");
    expect(await here.refusals(id, 1)).toEqual([{ row: 5, reason: expect.stringContaining("khen") }]);
    expect(await here.refusals(id, 2)).toEqual([]);
    expect(await petitions()).toBe(3);
  });

  it("that was killed in the middle goes on in another process, and no opinion comes in twice", async () => {
    const id = await replica().start(file(692), "y-kien.csv", by);
    await expect(dyingAfter(250).workNext()).rejects.toThrow("killed");
    const cut = await replica().find(id);
    expect(cut).toMatchObject({ total: 692, done: 200, added: 200, isHeld: true });
    expect(await replica().workNext()).toBe(false);

    await fresh.database.pool.query(FORGET);
    const interrupted = await replica().find(id);
    expect(interrupted && stateOf(interrupted)).toBe("interrupted");
    expect(await replica().workNext()).toBe(true);
    expect(await replica().find(id)).toMatchObject({ done: 692, added: 692, refused: 0, hasFile: false });
    expect(await petitions()).toBe(692);
  });

  it("stops for a person after some tries, and goes on when he says so", async () => {
    const id = await replica().start(file(2), "y-kien.csv", by);
    for (let n = 0; n < MAX_TRIES; n += 1) {
      await expect(dyingAfter(0).workNext()).rejects.toThrow("killed");
      await fresh.database.pool.query(FORGET);
    }
    expect(await replica().workNext()).toBe(false);
    const stuck = await replica().find(id);
    expect(stuck && stateOf(stuck)).toBe("stuck");
    expect(await replica().resume(id)).toBe(true);
    expect(await replica().workNext()).toBe(true);
    expect(await replica().resume(id)).toBe(false);
    expect(await petitions()).toBe(2);
  });

  it("of two processes is worked on by one", async () => {
    await replica().start(file(300), "y-kien.csv", by);
    expect((await Promise.all([replica().workNext(), replica().workNext()])).sort()).toEqual([false, true]);
    expect(await petitions()).toBe(300);
  });

  it("is given back by a process that stops, and was no failed try", async () => {
    const leaving = replica(() => {
      leaving.stop();
      return nextCode();
    });
    const id = await leaving.start(file(300), "y-kien.csv", by);
    expect(await leaving.workNext()).toBe(true);
    expect(await leaving.workNext()).toBe(false);
    expect(await replica().find(id)).toMatchObject({ added: 100, isHeld: false, hasFile: true, tries: 0 });
    expect(await replica().workNext()).toBe(true);
    expect(await petitions()).toBe(300);
  });

  it("is freed at once when its process is known to be dead", async () => {
    await replica().start(file(2), "y-kien.csv", by);
    await expect(dyingAfter(0).workNext()).rejects.toThrow("killed");
    await replica().freeAll();
    expect(await replica().workNext()).toBe(true);
  });

  it("of a file that is none ends with the reason, and keeps nothing of it", async () => {
    const id = await replica().start(Buffer.from("loai\nde-xuat\n"), "sai.csv", by);
    expect(await replica().workNext()).toBe(true);
    const refused = await replica().find(id);
    expect(refused).toMatchObject({ fault: expect.stringContaining("noi_dung"), hasFile: false });
    expect(refused && stateOf(refused)).toBe("refused");
  });

  it("stands in the list of imports, newest first", async () => {
    const here = replica();
    const ids = [await here.start(file(1), "một.csv", by), await here.start(file(1), "hai.csv", by)];
    expect((await here.list(1)).map(({ id }) => id)).toEqual(ids.reverse());
    expect(await here.list(2)).toEqual([]);
  });
});
