import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "../../src/db/embedded.ts";
import { migrate } from "../../src/db/migrate.ts";
import { listenToLogs } from "./overheard.ts";

declare module "vitest" {
  export interface ProvidedContext {
    databaseUrl: string;
    templateDatabase: string;
  }
}

/** One server and one migrated template for the whole run; each test file works on its own copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { TEST_DATABASE_URL } = process.env;
  const checkLogs = listenToLogs();
  const server = TEST_DATABASE_URL ? given(TEST_DATABASE_URL) : await own();
  const template = `cau_noi_template_${process.pid}`;
  const stop = async () => {
    await run(server.url, `drop database if exists ${template} with (force)`);
    await server.stop();
    checkLogs();
  };
  try {
    await makeTemplate(server.url, template);
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide("databaseUrl", server.url);
  project.provide("templateDatabase", template);
  return stop;
}

async function makeTemplate(url: string, template: string): Promise<void> {
  await run(url, `create database ${template}`);
  const pool = new pg.Pool({ connectionString: toDatabase(url, template), max: 1 });
  try {
    await migrate(pool, join(import.meta.dirname, "../../src/db/migrations"));
  } finally {
    await pool.end();
  }
}

type Server = { url: string; stop(): Promise<void> };

function given(url: string): Server {
  return { url, stop: async () => {} };
}

async function own(): Promise<Server> {
  const dataDir = mkdtempSync(join(tmpdir(), "cau-noi-test-"));
  // Else root would have to keep the data outside of it, where a killed run leaves them.
  chmodSync(dataDir, 0o755);
  const settings = { fsync: "off", full_page_writes: "off", max_connections: "100" };
  const server = await startEmbedded({ dataDir, log: () => {}, settings });
  const { user, host, port, database } = server.config;
  const url = `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host ?? "")}`;
  const stop = async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { url, stop };
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

function toDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
