import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  Agency,
  Commune,
  Deadlines,
  Glossary,
  Holiday,
  parseCatalog,
  parseGolden,
  Topic,
} from "../../src/knowledge/catalog.ts";
import { RefusedFile } from "../../src/knowledge/document.ts";

describe("parseCatalog", () => {
  it("fills what a file leaves out", () => {
    expect(
      parseCatalog("topics.yaml", z.array(Topic), "- { id: von-vay, name: Vốn, description: Vay }"),
    ).toEqual([{ id: "von-vay", name: "Vốn", description: "Vay", phrases: [], agencies: [] }]);
    expect(parseCatalog("deadlines.yaml", Deadlines, "{}")).toMatchObject({
      review: { days: 2 },
      answer: { days: 15 },
      closesAt: "17:00",
    });
    expect(parseCatalog("agencies.yaml", z.array(Agency), "- { id: a, name: A }")[0]).toMatchObject({
      perCommune: false,
      validFrom: null,
      validTo: null,
      certainty: "certain",
    });
  });

  it.each([
    ["a topic that does not exist", z.array(Topic), "- { id: vay, name: Vốn, description: Vay }"],
    [
      "a commune of no known kind",
      z.array(Commune),
      "- { name: A, kind: ấp, wageRegion: 3, from: 2025-07-01 }",
    ],
    ["a day that does not exist", z.array(Holiday), "- { date: 2026-02-30, name: Tết }"],
    [
      "a synonym group of one",
      Glossary,
      "{ abbreviations: [], southern: [], shorthand: [], synonyms: [{ terms: [vay] }] }",
    ],
    ["a deadline of no days", Deadlines, "{ answer: { days: 0, basis: a } }"],
    ["a deadline without its basis", Deadlines, "{ answer: { days: 5 } }"],
    ["a closing time that no clock shows", Deadlines, '{ closesAt: "25:00" }'],
    ["nothing", z.array(Topic), ""],
    ["broken YAML", z.array(Topic), "- { id: von-vay"],
    ["a key twice", z.array(Agency), "- { id: a, name: A, name: B }"],
  ])("refuses %s and names the file", (_, schema, text) => {
    expect(() => parseCatalog("mục.yaml", schema, text)).toThrow(RefusedFile);
    expect(() => parseCatalog("mục.yaml", schema, text)).toThrow(/^mục\.yaml: /);
  });
});

describe("parseGolden", () => {
  const line = '{"id":"g1","text":"hỏi","kind":"answerable","topic":"von-vay","expect":{}}';

  it("reads one question per line and fills what is left out", () => {
    expect(parseGolden("g.jsonl", `\uFEFF${line}\r\n\r\n`)).toEqual([
      {
        id: "g1",
        text: "hỏi",
        context: [],
        kind: "answerable",
        topic: "von-vay",
        split: "report",
        expect: { documents: [], facts: [], accept: {} },
      },
    ]);
  });

  it("names the line that is wrong", () => {
    expect(() => parseGolden("g.jsonl", `${line}\n{`)).toThrow(/dòng 2 không phải một câu hỏi mẫu/);
    expect(() => parseGolden("g.jsonl", '{"id":"g1"}')).toThrow(/dòng 1/);
  });
});
