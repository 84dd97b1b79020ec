import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { ACCESS, type Route } from "../../src/console/access.ts";
import { knowledgeOf } from "../support/knowledge-desk.ts";
import { createLibraryRig, type LibraryRig } from "../support/library-rig.ts";
import { type Client, openWeb, type Web } from "../support/web.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const RUNS = 6;
const HOSTILE = [
  "\u0000",
  "%",
  "_",
  "\\",
  "'",
  '"',
  "';--",
  "%00",
  "..",
  "\ud800",
  "٣",
  "1e9",
  "-1",
  "0",
  "null",
  "NaN",
];
const IDS = ["1", "2", "KN-234567", "99999999999999999999", "9007199254740993", "2026-02-30", "all"];

let rig: LibraryRig;
let web: Web;
let admin: Client;
let csrf: string;

beforeAll(async () => {
  rig = await createLibraryRig();
  web = openWeb(rig.database, null, await knowledgeOf(rig));
  await web.addPetition(await web.openChat("1"));
  admin = await web.signedIn("admin");
  csrf = /name="csrf" value="([^"]+)"/.exec(await admin.page("/console"))?.[1] ?? "";
});
afterAll(() => rig.drop());

const words = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom(...HOSTILE, ...IDS),
  fc.tuple(fc.constantFrom(...HOSTILE), fc.string({ maxLength: 10 })).map(([a, b]) => a + b),
);

/** The names under which the pages of the console take something, as their forms write them. */
const FIELDS = (
  "q status stance topic agency area channel from to page due origin group import sort name words kind code id text reason " +
  "office days version key title questions number signed effective expires note petitions email password role query split " +
  "precision period after outcome day staff action edition document"
).split(" ");
const fields = fc.dictionary(fc.constantFrom(...FIELDS), words, { maxKeys: 8 });

/** A character that PostgreSQL takes in no text. */
const NOTHING: [string[], Record<string, string>] = [
  ["\u0000", "\u0000", "\u0000"],
  { q: "\u0000", text: "\u0000", reason: "\u0000", from: "\u0000" },
];

const routes = (Object.keys(ACCESS) as Route[]).filter((route) => route !== "POST /console/sign-out");
const addressOf = (path: string, parts: string[]) =>
  path.replace(/:\w+/g, () => encodeURIComponent((parts.shift() ?? "").toWellFormed()));
const query = (given: Record<string, string>) => new URLSearchParams(given).toString();

describe("whatever is put into an address or a form of the console", () => {
  test.each(routes)("%s answers, and never with an error of the server", async (route) => {
    const [method, path = ""] = route.split(" ");
    const given = fc.tuple(fc.array(words, { minLength: 3, maxLength: 3 }), fields);
    await fc.assert(
      fc.asyncProperty(given, async ([parts, form]) => {
        web.logged.length = 0;
        const address = addressOf(path, [...parts]);
        const response = await (method === "GET"
          ? admin.get(`${address}?${query(form)}`)
          : admin.post(address, { ...form, csrf }));
        expect([response.status < 500, web.logged]).toEqual([true, []]);
      }),
      {
        numRuns: RUNS,
        examples: [[NOTHING]],
      },
    );
  });
});
