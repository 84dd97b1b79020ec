import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import {
  cycleFaults,
  FOLDERS,
  importFaults,
  lengthFaults,
  pinFaults,
  purityFaults,
  type Source,
} from "./support/architecture.ts";

const ROOT = join(import.meta.dirname, "..");

function read(folder: string, names: RegExp): Source[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && names.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(ROOT, path), text: readFileSync(path, "utf8") }));
}

const sources = read("src", /\.tsx?$/);

describe("the house", () => {
  it("has all its folders", () => {
    const found = new Set(sources.map(({ path }) => path.split("/")[1]));
    expect([...found]).toEqual(expect.arrayContaining(FOLDERS));
  });

  it("keeps to the table of imports and to the homes of the libraries", () => {
    expect(importFaults(sources)).toEqual([]);
  });

  it("has no import cycle, types included", () => {
    expect(cycleFaults(sources)).toEqual([]);
  });

  it("keeps its inside folders pure", () => {
    expect(purityFaults(sources)).toEqual([]);
  });

  it("has no file longer than 250 lines", () => {
    const written = [...read("src", /\.(tsx?|js|sql)$/), ...read("scripts", /\.tsx?$/)];
    expect(lengthFaults(written)).toEqual([]);
  });

  it("pins every dependency to one version", () => {
    expect(pinFaults(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")))).toEqual([]);
  });
});

describe("the check of imports", () => {
  const check = (path: string, text: string) => importFaults([{ path, text }]);

  it.each([
    ["src/text/a.ts", 'import { b } from "../knowledge/b.ts";', "text may not import knowledge"],
    ["src/petitions/a.ts", 'import { b } from "../answering/b.ts";', "petitions may not import answering"],
    ["src/db/a.ts", 'import type { B } from "../console/b.ts";', "db may not import console"],
    ["src/console/a.tsx", 'export { b } from "../db/b.ts";', "console may not import db"],
    ["src/db/a.ts", 'import { log } from "../log.ts";', "db may not import the root file src/log.ts"],
    ["src/db/a.ts", 'type B = import("../channels/b.ts").B;', "db may not import channels"],
    ["src/db/a.ts", 'await import("../providers/b.ts");', "db may not import providers"],
    ["src/log.ts", 'import { b } from "../test/support/b.ts";', "src may not import test/support/b.ts"],
    ["src/console/a.ts", 'import { Bot } from "grammy";', "grammy belongs to channels"],
    ["src/db/a.ts", 'import axios from "axios";', "axios belongs to channels"],
    ["src/console/a.ts", 'import type pg from "pg";', "pg belongs to db"],
    ["src/pipeline.ts", 'import pg from "pg";', "pg belongs to db"],
    [
      "src/answering/a.ts",
      'import { a } from "@langchain/core/messages";',
      "@langchain/core belongs to providers",
    ],
    ["src/channels/telegram.ts", 'import { Hono } from "hono";', "hono belongs to channels/web-chat"],
    [
      "src/retrieval/a.ts",
      'const h = require("hnswlib-node");',
      "hnswlib-node belongs to retrieval/vectors.ts",
    ],
    ["src/pipeline.ts", 'import { pino } from "pino";', "pino belongs to log.ts"],
    ["src/db/a.ts", 'import { Gauge } from "prom-client";', "prom-client belongs to root"],
    ["src/answering/a.ts", 'import { z } from "zod";', "zod belongs to config.ts"],
    ["src/text/a.ts", 'import { chunk } from "lodash";', "lodash has no home"],
    ["src/knowledge/a.ts", 'import { readFile } from "node:fs/promises";', "may not import node:fs/promises"],
    ["src/staff/a.ts", 'import { randomBytes } from "node:crypto";', "may not import node:crypto"],
    ["src/retrieval/a.ts", 'import { createRequire } from "node:module";', "may not import node:module"],
  ])("finds in %s what must not be there: %s", (path, text, rule) => {
    expect(check(path, text)).toEqual([expect.stringMatching(new RegExp(`^${path}: `))]);
    expect(check(path, text)[0]).toContain(rule);
  });

  it.each([
    ["src/answering/a.ts", 'import { b } from "../retrieval/b.ts";'],
    ["src/console/a.ts", 'import { b } from "../petitions/b.ts"; import { c } from "./c.ts";'],
    ["src/service.ts", 'import { a } from "./db/a.ts"; import { b } from "./channels/b.ts";'],
    ["src/pipeline.ts", 'import type pg from "pg";'],
    ["src/staff-desk.ts", 'import { type Pool } from "pg";'],
    ["src/channels/web-chat/a.tsx", 'import { Hono } from "hono/tiny";'],
    ["src/retrieval/vectors.ts", 'import { createRequire } from "node:module"; require("hnswlib-node");'],
    ["src/db/a.ts", 'import { spawn } from "node:child_process";'],
  ])("lets %s import what the table allows: %s", (path, text) => {
    expect(check(path, text)).toEqual([]);
  });
});

describe("the check of cycles", () => {
  it("finds a circle of three, closed by a type", () => {
    const circle = [
      { path: "src/db/a.ts", text: 'import { b } from "./b.ts";' },
      { path: "src/db/b.ts", text: 'import { c } from "./c.ts";' },
      { path: "src/db/c.ts", text: 'import type { A } from "./a.ts";' },
    ];
    expect(cycleFaults(circle)).toEqual([
      "import cycle: src/db/a.ts → src/db/b.ts → src/db/c.ts → src/db/a.ts",
    ]);
  });

  it("accepts two ways to the same file", () => {
    const diamond = [
      { path: "src/db/a.ts", text: 'import { b } from "./b.ts"; import { c } from "./c.ts";' },
      { path: "src/db/b.ts", text: 'import { c } from "./c.ts";' },
      { path: "src/db/c.ts", text: "" },
    ];
    expect(cycleFaults(diamond)).toEqual([]);
  });
});

describe("the check of purity", () => {
  const check = (text: string, path = "src/answering/a.ts") => purityFaults([{ path, text }]);

  it.each([
    ["const now = Date.now();", "Date.now"],
    ["const now = new Date();", "new Date() without an argument"],
    ["const now = Date();", "Date()"],
    ["const n = Math.random();", "Math.random"],
    ["const key = process.env.KEY;", "process"],
    ["const id = crypto.randomUUID();", "crypto"],
    ["const started = performance.now();", "performance"],
    ["await fetch(url);", "fetch"],
    ["setTimeout(run, 5);", "setTimeout"],
  ])("finds %s", (text, found) => {
    expect(check(text)).toEqual([`src/answering/a.ts: answering is pure and may not use ${found}`]);
  });

  it.each([
    "const day = new Date(0);",
    "function run(fetch: () => void) { fetch(); }",
    "const model = { process: 1 }; export const n = model.process;",
  ])("accepts %s", (text) => {
    expect(check(text)).toEqual([]);
  });

  it("leaves the outside folders and the root alone", () => {
    expect(check("Date.now();", "src/db/a.ts")).toEqual([]);
    expect(check("Date.now();", "src/service.ts")).toEqual([]);
  });
});

describe("the other checks", () => {
  it("find a file of 251 lines and accept one of 250", () => {
    const lines = (n: number) => `${"x\n".repeat(n)}`;
    expect(lengthFaults([{ path: "src/a.ts", text: lines(251) }])).toEqual([
      "src/a.ts: 251 lines, more than 250",
    ]);
    expect(lengthFaults([{ path: "src/a.ts", text: lines(250) }])).toEqual([]);
  });

  it("find a version that is a range, in every group", () => {
    const ranges = {
      dependencies: { a: "^1.2.3", b: "1.2.3" },
      devDependencies: { c: "latest", d: "1.0.0-beta.1" },
    };
    expect(pinFaults(ranges)).toEqual([
      "package.json: dependencies a is not pinned to one version (^1.2.3)",
      "package.json: devDependencies c is not pinned to one version (latest)",
    ]);
  });
});
