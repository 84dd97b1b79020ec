import type { EditionSummary, Publication } from "../../knowledge/edition.ts";
import type { GateReport } from "../../knowledge/gate-report.ts";
import type { Editions } from "../knowledge-desk.ts";

/** Where an edition stands: it waits, it was given up, it is in force, or it was. */
export type Edition = EditionSummary & {
  report: GateReport | null;
  state: "staged" | "dropped" | "in-force" | "past";
  /** When it came into force, the newest first. */
  publications: Publication[];
};

const ALL = 1000;

export async function editionState(editions: Editions, id: number): Promise<Edition | null> {
  const found = await editions.find(id);
  if (!found) return null;
  const publications = (await editions.history(ALL)).filter(({ edition }) => edition === id);
  const isInForce = (await editions.current()) === id;
  const state = isInForce
    ? "in-force"
    : publications.length > 0
      ? "past"
      : found.droppedAt
        ? "dropped"
        : "staged";
  return { ...found, report: found.report as GateReport | null, state, publications };
}

/** Golden questions that an edition would answer wrongly though they are answered rightly now. */
export function brokenBy(report: GateReport | null): number {
  return report?.answers.filter(({ verdict }) => verdict === "broken").length ?? 0;
}

/** What an edition is called on the pages. */
export function titleOf({ id, state }: Edition): string {
  return state === "staged" || state === "dropped" ? `Bản soạn số ${id}` : `Bản kiến thức số ${id}`;
}
