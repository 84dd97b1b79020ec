import type { Measure } from "./units.ts";

/** A figure of a text in a form that is equal for every way of writing it. */
export type Figure = {
  kind:
    | "quantity"
    | "range"
    | "date"
    | "month"
    | "year"
    | "slash"
    | "clock"
    | "named"
    | "legal"
    | "phone"
    | "link"
    | "code";
  /** "5000000000", "2026-01-01", "30..70", "156/2025". */
  value: string;
  /** "đồng", "đồng/ha", "ngày làm việc", "nđ-cp"; empty when there is none. */
  unit: string;
  measure: Measure | null;
  /** Kind, value and unit in one string; equal strings are the same figure. */
  canonical: string;
  /** Where it stands in the text, once that is in one writing. */
  start: number;
  end: number;
};

/** Whether a given figure allows a claimed one: the same, or said with less (no year of a decree, no counted noun). */
export function supports(given: Figure, claimed: Figure): boolean {
  if (given.canonical === claimed.canonical) return true;
  if (given.kind !== claimed.kind) return false;
  if (given.kind === "legal") return supportsLegal(given, claimed);
  // "5 thành viên" may be told as "5"; nothing gets a noun that it did not have, and units of measure never change.
  const isBareCount = claimed.unit === "" && given.measure === "count" && !given.unit.includes("/");
  return given.value === claimed.value && isBareCount;
}

function supportsLegal(given: Figure, claimed: Figure): boolean {
  const [number, year] = given.value.split("/");
  const [claimedNumber, claimedYear] = claimed.value.split("/");
  if (number !== claimedNumber || (claimedYear && claimedYear !== year)) return false;
  if (!claimed.unit || !given.unit || given.unit === claimed.unit) return true;
  const kindOnly = (unit: string) => unit.split(/[-/]/)[0]?.replace(/(?<!\d)\d+$/, "") ?? "";
  if (
    kindOnly(given.unit) !== kindOnly(claimed.unit) &&
    !(claimed.unit === "nq" && given.unit.startsWith("qh"))
  )
    return false;
  return claimed.unit === kindOnly(claimed.unit) || claimed.unit === "nđ-cp" || claimed.unit === "nq";
}

/** Whether two figures could be mistaken for each other: two sums of money, two shares, two days, two instruments. */
export function isComparable(a: Figure, b: Figure): boolean {
  return rivalry(a) === rivalry(b);
}

function rivalry({ kind, measure, unit, value }: Figure): string {
  if (kind === "date" || kind === "month" || kind === "year" || /^\d{4}-/.test(value)) return "time of year";
  if (kind === "quantity" || kind === "range") return measure ?? "count";
  if (kind === "named") return value.replace(/[\d.]+\S*$/, "");
  return kind === "slash" ? `slash ${unit}` : kind;
}
