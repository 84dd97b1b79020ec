import { expect, it } from "vitest";
import { CLIENT, POOL } from "../../src/db/connection.ts";

it("no connection and no statement is waited for longer than five seconds, on our side of the network", () => {
  expect(CLIENT.connectionTimeoutMillis).toBeGreaterThan(0);
  expect(CLIENT.connectionTimeoutMillis).toBeLessThanOrEqual(5_000);
  expect(CLIENT.query_timeout).toBeGreaterThan(0);
  expect(CLIENT.query_timeout).toBeLessThanOrEqual(5_000);
  expect(CLIENT.keepAlive).toBe(true);
});

it("the server ends what we leave behind in the middle of a transaction", () => {
  expect(POOL).toMatchObject(CLIENT);
  expect(POOL.statement_timeout).toBeLessThanOrEqual(5_000);
  expect(POOL.idle_in_transaction_session_timeout).toBeGreaterThan(0);
  expect(POOL.idle_in_transaction_session_timeout).toBeLessThanOrEqual(10_000);
});
