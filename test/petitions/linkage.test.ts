import { describe, expect, it } from "vitest";
import { z } from "zod";
import { demoOpinions } from "../../scripts/demo/opinions.ts";
import { Commune, parseCatalog } from "../../src/knowledge/catalog.ts";
import { type Vector, vectorSteps } from "../../src/petitions/likeness.ts";
import { type Linkable, linkSteps, type Needed } from "../../src/petitions/linkage.ts";
import { atOnce } from "../../src/text/steps.ts";
import { readKnowledge } from "../support/knowledge-file.ts";

const communes = parseCatalog("communes.yaml", z.array(Commune), readKnowledge("communes.yaml"));
const NEEDED: Needed = { here: 0.14, elsewhere: 0.35 };
const HARDLY = 0.08;

function likenessOf(a: Vector, b: Vector): number {
  const weights = new Map([...a.terms].map((term, k) => [term, a.weights[k] ?? 0]));
  const product = [...b.terms].reduce(
    (sum, term, k) => sum + (weights.get(term) ?? 0) * (b.weights[k] ?? 0),
    0,
  );
  return product < HARDLY ? 0 : product;
}

/** Average linkage as a textbook has it: every pair of groups is looked at anew before each merge. */
function linkPlainly(all: readonly Linkable[], { here, elsewhere }: Needed): number[][] {
  const sums = all.map((a) => all.map((b) => a.weight * b.weight * likenessOf(a.vector, b.vector)));
  const weights = all.map(({ weight }) => weight);
  const areas = all.map(({ area }) => new Set(area === null ? [] : [area]));
  const groups = new Map(all.map((_, at) => [at, [at]]));
  const excessOf = (a: number, b: number) => {
    const needed = [...(areas[a] ?? [])].some((area) => areas[b]?.has(area)) ? here : elsewhere;
    return (sums[a]?.[b] ?? 0) / ((weights[a] ?? 1) * (weights[b] ?? 1)) - needed;
  };
  for (;;) {
    let best: { a: number; b: number; excess: number } | null = null;
    for (const a of groups.keys())
      for (const b of groups.keys()) {
        if (b <= a) continue;
        const excess = excessOf(a, b);
        if (excess > (best?.excess ?? 0)) best = { a, b, excess };
      }
    if (!best) return [...groups.values()];
    const { a, b } = best;
    groups.set(a, [...(groups.get(a) ?? []), ...(groups.get(b) ?? [])]);
    groups.delete(b);
    weights[a] = (weights[a] ?? 0) + (weights[b] ?? 0);
    areas[a] = new Set([...(areas[a] ?? []), ...(areas[b] ?? [])]);
    for (const other of groups.keys()) {
      const sum = (sums[a]?.[other] ?? 0) + (sums[b]?.[other] ?? 0);
      (sums[a] as number[])[other] = sum;
      (sums[other] as number[])[a] = sum;
    }
  }
}

const alike = (groups: number[][]) =>
  groups.map((group) => group.toSorted((a, b) => a - b).join()).toSorted();

/** Opinions of the demo, agreement apart, each standing for one petition or a few. */
function demoThings(seed: number, count: number): Linkable[] {
  const opinions = demoOpinions(communes, seed, "2026-11-25")
    .filter(({ loai }) => loai !== "dong-thuan")
    .slice(0, count);
  const vectors = atOnce(vectorSteps(opinions.map(({ noi_dung }) => noi_dung)));
  return vectors.map((vector, at) => ({
    vector,
    weight: 1 + (at % 3),
    area: opinions[at]?.xa_phuong || null,
  }));
}

describe("linking", () => {
  it.each([1, 2, 3])(
    "makes the groups of a plain average linkage out of two hundred opinions (%i)",
    (seed) => {
      const things = demoThings(seed, 200);
      expect(things).toHaveLength(200);
      const linked = atOnce(linkSteps(things, NEEDED));
      expect(linked.filter((group) => group.length > 1).length).toBeGreaterThan(5);
      expect(alike(linked)).toEqual(alike(linkPlainly(things, NEEDED)));
    },
  );

  it("makes the groups of a plain average linkage with more areas than one number has bits", () => {
    const things = demoThings(4, 120).map((thing, at) => ({ ...thing, area: `xã ${at % 80}` }));
    expect(alike(atOnce(linkSteps(things, NEEDED)))).toEqual(alike(linkPlainly(things, NEEDED)));
  });

  it("lays its work aside many times when there is much of it", () => {
    const things = [1, 2, 3, 4, 5].flatMap((seed) => demoThings(seed, 430));
    let turns = 0;
    const steps = linkSteps(things, NEEDED);
    while (!steps.next().done) turns += 1;
    expect(turns).toBeGreaterThan(10);
  });

  it("leaves nothing as it is, and one alone", () => {
    expect(atOnce(linkSteps([], NEEDED))).toEqual([]);
    expect(atOnce(linkSteps(demoThings(1, 1), NEEDED))).toEqual([[0]]);
  });
});
