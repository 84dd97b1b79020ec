import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildCorpus, type KnowledgeFile } from "../../src/knowledge/corpus.ts";
import { parseMarkdown } from "../../src/knowledge/markdown.ts";
import { toPassages } from "../../src/knowledge/validity.ts";
import { source } from "./documents.ts";

const FOLDER = fileURLToPath(new URL("../../knowledge", import.meta.url));
const files: KnowledgeFile[] = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .sort()
  .map((path) => ({ path: relative(FOLDER, path).replaceAll("\\", "/"), text: readFileSync(path, "utf8") }));
const corpus = buildCorpus(files);
const documentFiles = files.filter(({ path }) => /^documents\/.+\.md$/.test(path));

const repeated = (all: string[]) => all.filter((one, i) => all.indexOf(one) !== i);

describe("the knowledge folder", () => {
  it("is read whole: no document is refused", () => {
    expect(corpus.refused).toEqual([]);
    expect(corpus.documents).toHaveLength(documentFiles.length);
    expect(corpus.documents.length).toBeGreaterThanOrEqual(15);
  });

  it("tells of every document who issued it, when it applies, what it is about and where it was seen", () => {
    for (const document of corpus.documents) {
      expect(document, document.file).toMatchObject({
        number: expect.stringMatching(/\S/),
        title: expect.stringMatching(/\S/),
        issuer: expect.stringMatching(/\S/),
        source: expect.stringMatching(/\S/),
        effective: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        certainty: expect.stringMatching(/^(certain|to-verify)$/),
      });
      expect(document.topics.length, document.file).toBeGreaterThan(0);
    }
  });

  it("names for every clause that is not certain the office that confirms it", () => {
    const silent = corpus.documents
      .flatMap((document) => document.clauses)
      .filter((clause) => clause.certainty !== "certain" && !clause.verifiedBy)
      .map((clause) => clause.id);
    expect(silent).toEqual([]);
  });

  it("gives every passage an id of its own", () => {
    expect(repeated(corpus.passages.map((passage) => passage.id))).toEqual([]);
    expect(
      corpus.documents.flatMap((document) => document.clauses).filter(({ id }) => id.includes("~")),
    ).toEqual([]);
  });

  it("has amendments that meet a clause of each document they speak of", () => {
    const missed = corpus.documents.flatMap((document) =>
      document.amends.flatMap((amendment) => {
        const target = corpus.documents.find(({ number }) => number === amendment.document);
        if (!target || !amendment.clause) return [];
        const ended = toPassages([target, { ...document, amends: [amendment] }]).some(
          (passage) => passage.supersededBy === document.number,
        );
        return ended ? [] : [`${document.number} → ${amendment.document} ${amendment.clause}`];
      }),
    );
    expect(missed).toEqual([]);
  });

  it("keeps codes of other systems out of every file, and e-mail addresses and phone numbers out of what is cited", () => {
    const found = (among: KnowledgeFile[], suspect: RegExp) =>
      among.flatMap(({ path, text }) => (text.match(suspect) ?? []).map((match) => `${path}: ${match}`));
    expect(found(files, /\b[A-Z]{2}-\d{2}\b|\bS\d{1,2}\.\d+\b/g)).toEqual([]);
    const cited = files.filter(({ path }) => !path.startsWith("golden/"));
    expect(found(cited, /[\w.+-]+@[\w-]+\.\w+|(?<![\d./])(?:\+84|0)\d(?:[ .-]?\d){7,9}(?![\d/])/g)).toEqual(
      [],
    );
  });

  it("names agencies that exist, and the first of every topic is at work today", () => {
    const byId = new Map(corpus.catalog.agencies.map((agency) => [agency.id, agency]));
    expect(repeated(corpus.catalog.agencies.map(({ id }) => id))).toEqual([]);
    for (const { id, agencies } of corpus.catalog.topics) {
      expect(agencies.length, id).toBeGreaterThan(0);
      expect(
        agencies.filter((agency) => !byId.has(agency)),
        id,
      ).toEqual([]);
      expect(byId.get(agencies[0] ?? "")?.validTo, id).toBeNull();
    }
    const successors = corpus.catalog.agencies.flatMap(({ successor }) => successor ?? []);
    expect(successors.filter((successor) => !byId.has(successor))).toEqual([]);
  });

  it("holds every topic once, with sample phrases that no other topic has", () => {
    expect(corpus.catalog.topics.map(({ id }) => id).sort()).toEqual(
      [...new Set(corpus.catalog.topics.map(({ id }) => id))].sort(),
    );
    expect(corpus.catalog.topics).toHaveLength(14);
    expect(repeated(corpus.catalog.topics.flatMap(({ phrases }) => phrases))).toEqual([]);
  });

  it("holds the 28 communes of the former Hậu Giang, each under one name", () => {
    expect(corpus.catalog.communes).toHaveLength(28);
    expect(repeated(corpus.catalog.communes.map(({ kind, name }) => `${kind} ${name}`))).toEqual([]);
  });

  it("holds golden questions with ids of their own, each expecting a document that exists", () => {
    expect(repeated(corpus.golden.map(({ id }) => id))).toEqual([]);
    const numbers = new Set(corpus.documents.map(({ number }) => number));
    const hopeless = corpus.golden
      .filter(
        ({ expect: { documents } }) =>
          documents.length > 0 && !documents.some((number) => numbers.has(number)),
      )
      .map(({ id }) => id);
    expect(hopeless).toEqual([]);
  });

  it("holds golden questions as one line of JSON each, without notes", () => {
    for (const { path, text } of files.filter((file) => file.path.startsWith("golden/"))) {
      for (const line of text.trimEnd().split("\n"))
        expect(Object.keys(JSON.parse(line)), path).not.toContain("notes");
    }
  });

  it("holds holidays in order, once each", () => {
    const days = corpus.catalog.holidays.map(({ date }) => date);
    expect(repeated(days)).toEqual([]);
    expect(days).toEqual([...days].sort());
  });

  it("names only days off that stand for a holiday of its own on a weekend", () => {
    const { holidays } = corpus.catalog;
    const days = new Set(holidays.map(({ date }) => date));
    for (const { date, compensates } of holidays.filter((holiday) => holiday.compensates)) {
      expect(days.has(compensates ?? ""), date).toBe(true);
      expect([0, 6], date).toContain(new Date(`${compensates}T00:00:00Z`).getUTCDay());
    }
  });

  it("says how the office counts time, and where each figure comes from", () => {
    const { review, answer, extension } = corpus.catalog.deadlines;
    expect([review.days, answer.days]).toEqual([5, 10]);
    for (const { basis } of [review, answer, extension]) expect(basis).not.toBe("");
  });
});

describe("ids of clauses", () => {
  const original = documentFiles.find(({ path }) => path.endsWith("17-2023-qh15.md")) ?? documentFiles[0];

  it("stay when a clause is put in anywhere among the others of a real document", () => {
    const { path, text } = original as KnowledgeFile;
    const lines = text.split("\n");
    const headings = lines.flatMap((line, i) => (/^##+ /.test(line) ? [i] : []));
    const before = parseMarkdown(path, text).clauses.map(({ id }) => id);
    const additions = fc.constantFrom(
      "## Mục chèn thêm\nLời chèn thêm.\n",
      "## Điều 999. Chèn thêm\n1. Một.\n2. Hai.\n",
      "## Khoản tiền chèn thêm\n- một\n- hai\n",
    );
    fc.assert(
      fc.property(fc.constantFrom(...headings), additions, (at, addition) => {
        const changed = [...lines.slice(0, at), ...addition.split("\n"), ...lines.slice(at)].join("\n");
        const after = parseMarkdown(path, changed).clauses.map(({ id }) => id);
        expect(after.filter((id) => before.includes(id))).toEqual(before);
        expect(after.length).toBeGreaterThan(before.length);
      }),
      { numRuns: 25 },
    );
  });
});

describe("buildCorpus", () => {
  const catalogs = files.filter(({ path }) => !path.startsWith("documents/") && !path.startsWith("golden/"));
  const good = source("## Điều 1. A\nMột.");

  it("leaves a faulty document out with its reason and keeps the others", () => {
    const built = buildCorpus([
      ...catalogs,
      { path: "documents/a.md", text: good },
      { path: "documents/b.md", text: "không có phần đầu" },
    ]);
    expect(built.documents.map(({ number }) => number)).toEqual(["1/2026/NĐ-CP"]);
    expect(built.refused.map(({ file, reason }) => `${file}: ${reason}`)).toEqual([
      "documents/b.md: thiếu phần thông tin đầu tệp giữa hai dòng ---",
    ]);
  });

  it("refuses the second document of one number, also when it is written otherwise", () => {
    const built = buildCorpus([
      ...catalogs,
      { path: "documents/a.md", text: good },
      { path: "documents/b.md", text: source("## Điều 2. B\nHai.", { number: "1/2026/nđ-cp" }) },
    ]);
    expect(built.documents).toHaveLength(1);
    expect(built.refused[0]?.reason).toContain("đã có ở documents/a.md");
  });

  it("does not start without a catalog file", () => {
    expect(() => buildCorpus(catalogs.filter(({ path }) => path !== "topics.yaml"))).toThrow(
      /topics\.yaml: thiếu tệp này/,
    );
  });
});
