import { describe, expect, it } from "vitest";
import { z } from "zod";
import { demoCsv, demoOpinions } from "../../../scripts/demo/opinions.ts";
import { PHRASES, SAME_WISH } from "../../../scripts/demo/phrases.ts";
import { Commune, parseCatalog, Topic } from "../../../src/knowledge/catalog.ts";
import { COLUMNS } from "../../../src/petitions/opinion-columns.ts";
import { createOpinionReader } from "../../../src/petitions/opinions.ts";
import { parseCsv } from "../../../src/reading/csv.ts";
import { readKnowledge } from "../../support/knowledge-file.ts";

const communes = parseCatalog("communes.yaml", z.array(Commune), readKnowledge("communes.yaml"));
const topics = parseCatalog("topics.yaml", z.array(Topic), readKnowledge("topics.yaml"));
const TODAY = "2026-11-25";
const opinions = demoOpinions(communes, 1, TODAY);
const distinct = (column: (typeof COLUMNS)[number]) => new Set(opinions.map((opinion) => opinion[column]));

describe("the opinions of the demonstration", () => {
  it("are 692, of which 262 agree, over all communes and topics", () => {
    expect(opinions).toHaveLength(692);
    expect(opinions.filter(({ loai }) => loai === "dong-thuan")).toHaveLength(262);
    expect(distinct("loai").size).toBe(4);
    expect(distinct("chu_de")).toEqual(new Set(topics.map(({ id }) => id)));
    expect(distinct("xa_phuong")).toEqual(new Set(communes.map(({ kind, name }) => `${kind} ${name}`)));
  });

  it("are said in many ways", () => {
    expect(new Set([...PHRASES, ...SAME_WISH].map(({ text }) => text)).size).toBeGreaterThanOrEqual(150);
    expect(distinct("noi_dung").size).toBeGreaterThan(500);
    expect(opinions.map(({ noi_dung }) => noi_dung).join()).not.toMatch(/[{}]|undefined/);
  });

  it("hold twenty with one wish in one commune", () => {
    const same = opinions.filter(({ noi_dung }) => /kênh trục|kenh truc/i.test(noi_dung));
    expect(same).toHaveLength(20);
    expect(new Set(same.map(({ xa_phuong }) => xa_phuong)).size).toBe(1);
  });

  it("name nobody, and no figure of a policy", () => {
    for (const { nguoi_gui, lien_he, noi_dung } of opinions) {
      expect(nguoi_gui).toMatch(/^(Thành viên \d+)?$/);
      expect(lien_he).toMatch(/^(0900000\d{3})?$/);
      expect(noi_dung.replace(/phường|xã|Vị Thanh 1|Long Phú 1/g, "")).not.toMatch(/\d|%/);
    }
  });

  it("were given in the months before the day of the demonstration", () => {
    const days = [...distinct("ngay")].sort();
    expect(days[0]?.localeCompare("2026-06-28")).toBeGreaterThanOrEqual(0);
    expect(days.at(-1)?.localeCompare(TODAY)).toBeLessThan(0);
    expect(days.length).toBeGreaterThan(100);
  });

  it("are the same for the same seed and others for another", () => {
    expect(demoOpinions(communes, 1, TODAY)).toEqual(opinions);
    expect(demoOpinions(communes, 2, TODAY)).not.toEqual(opinions);
  });

  it("make a file of which the import refuses nothing", () => {
    const { rows, brokenAt } = parseCsv(demoCsv(opinions));
    expect(brokenAt).toBeNull();
    expect(rows[0]).toEqual([...COLUMNS]);
    const triage = () => ({ stance: "phan-anh", topic: "khac" }) as const;
    const read = createOpinionReader(rows[0] ?? [], { topics, communes, triage, today: TODAY });
    if ("fault" in read) throw new Error(read.fault);
    const results = rows.slice(1).map((cells, i) => read(cells, i + 2));
    expect(results.filter((result) => !result || "reason" in result)).toEqual([]);
    expect(results).toHaveLength(692);
  });
});
