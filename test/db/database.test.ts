import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openDatabase } from "../../src/db/database.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { tcpProxy } from "../support/tcp-proxy.ts";

const quiet = { dataDir: "", log: () => {} };

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
  await fresh.database.pool.query("create table boxes (n integer primary key)");
});
afterAll(() => fresh.drop());

async function boxes(): Promise<number[]> {
  const { rows } = await fresh.database.pool.query<{ n: number }>("select n from boxes order by n");
  return rows.map((row) => row.n);
}

describe("values", () => {
  it("come as numbers for ids and counts, as text for days, as dates for moments", async () => {
    const { rows } = await fresh.database.pool.query(
      `select count(*) as n, date '2026-11-23' as day, array[date '2026-11-23'] as days,
              timestamptz '2026-11-23 07:00+07' as moment, array[1::bigint, null] as ids`,
    );
    const moment = new Date("2026-11-23T00:00:00Z");
    expect(rows).toEqual([{ n: 1, day: "2026-11-23", days: ["2026-11-23"], moment, ids: [1, null] }]);
  });

  it("are refused when an integer does not fit a number", async () => {
    await expect(fresh.database.pool.query("select 9007199254740993::bigint")).rejects.toThrow("too large");
  });

  it("know the day in Vietnam", async () => {
    const { rows } = await fresh.database.pool.query("select (timestamptz '2026-11-23 20:00Z')::date as day");
    expect(rows).toEqual([{ day: "2026-11-24" }]);
  });
});

describe("connections set apart", () => {
  it("are free while all the others are taken, no more than so many, and end with the database", async () => {
    const database = await openDatabase({ ...quiet, url: fresh.url });
    const apart = database.apart(2);
    const taken = await Promise.all(Array.from({ length: 10 }, () => database.pool.connect()));
    const ours = await Promise.all([apart.pool.connect(), apart.pool.connect()]);
    const third = apart.pool.connect();
    expect(apart.pool.waitingCount).toBe(1);
    for (const client of [...taken, ...ours]) client.release();
    (await third).release();
    expect((await apart.tx((client) => client.query("select 1 as one"))).rows).toEqual([{ one: 1 }]);
    await database.close();
    await expect(apart.pool.query("select 1")).rejects.toThrow("end");
  });
});

describe("a transaction", () => {
  it("keeps its rows and hands back its result", async () => {
    const result = await fresh.database.tx(async (client) => {
      await client.query("insert into boxes values (1)");
      return "done";
    });
    expect(result).toBe("done");
    expect(await boxes()).toContain(1);
  });

  it("leaves nothing when the work throws, and frees its connection", async () => {
    const failing = fresh.database.tx(async (client) => {
      await client.query("insert into boxes values (2)");
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await boxes()).not.toContain(2);
    expect(fresh.database.pool.idleCount).toBe(fresh.database.pool.totalCount);
  });

  it("does not pass for committed when a failed statement was overlooked", async () => {
    const careless = fresh.database.tx(async (client) => {
      await client.query("insert into boxes values (3)");
      await client.query("select 1 / 0").catch(() => {});
    });
    await expect(careless).rejects.toThrow("nothing was committed");
    expect(await boxes()).not.toContain(3);
  });

  it("fails alone when its connection is cut", async () => {
    const cut = fresh.database.tx(async (client) => {
      const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
      await fresh.database.pool.query("select pg_terminate_backend($1)", [rows[0]?.pid]);
      await new Promise((resolve) => setTimeout(resolve, 50));
      await client.query("insert into boxes values (4)");
    });
    await expect(cut).rejects.toThrow();
    expect(await boxes()).not.toContain(4);
  });
});

describe("listening", () => {
  it("hears what is said, until it is told to stop", async () => {
    const heard: string[] = [];
    const stop = await fresh.database.listen("news", (payload) => heard.push(payload));
    await fresh.database.pool.query("select pg_notify('news', 'first')");
    await vi.waitFor(() => expect(heard).toEqual(["first"]));
    await stop();
    await fresh.database.pool.query("select pg_notify('news', 'second')");
    expect(heard).toEqual(["first"]);
  });

  it("goes on after its connection is cut, and says that something may have been missed", async () => {
    const heard: string[] = [];
    const stop = await fresh.database.listen("news", (payload) => heard.push(payload));
    await fresh.database.pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %' and pid <> pg_backend_pid()",
    );
    await vi.waitFor(() => expect(heard).toEqual([""]), { timeout: 3_000 });
    await fresh.database.pool.query("select pg_notify('news', 'after')");
    await vi.waitFor(() => expect(heard).toEqual(["", "after"]));
    await stop();
  });
});

describe("a connection that is lost while it is being handed over", () => {
  it("harms nobody but its own transaction", async () => {
    const database = await openDatabase({ ...quiet, url: fresh.url });
    const handedOver: string[] = [];
    database.pool.once("acquire", (client) =>
      // Before whoever asked for it goes on.
      queueMicrotask(() => handedOver.push(String(client.emit("error", new Error("terminated"))))),
    );
    await database.tx((client) => client.query("select 1"));
    expect(handedOver).toEqual(["true"]);
    await database.close();
  });
});

describe("a network that swallows everything", () => {
  it("fails a query, a transaction and a new connection within six seconds, and is forgotten once it works", async () => {
    const proxy = await tcpProxy(fresh.url);
    const database = await openDatabase({ ...quiet, url: proxy.url });
    await database.pool.query("select 1");
    proxy.freeze();
    const started = Date.now();
    const attempts = await Promise.allSettled([
      database.pool.query("select 1"),
      database.tx((client) => client.query("select 1")),
      database.pool.connect(),
    ]);
    expect(Date.now() - started).toBeLessThan(6_000);
    expect(attempts.map((attempt) => attempt.status)).toEqual(["rejected", "rejected", "rejected"]);
    proxy.thaw();
    await expect(database.pool.query("select 1")).resolves.toBeDefined();
    await database.close();
    await proxy.close();
  });

  it("does not hold up closing", async () => {
    const proxy = await tcpProxy(fresh.url);
    const database = await openDatabase({ ...quiet, url: proxy.url });
    await database.pool.query("select 1");
    proxy.freeze();
    const started = Date.now();
    await database.close();
    expect(Date.now() - started).toBeLessThan(7_000);
    await proxy.close();
  });
});
