import { VARIANTS, type Variant } from "./data.ts";
import type { SystemResult } from "./measure.ts";

const TITLES: Record<Variant, string> = {
  text: "đủ dấu",
  noMarks: "không dấu",
  halfMarks: "nửa dấu",
  typos: "gõ sai",
};
const COLUMNS = ["nDCG@10", "R@1", "R@5", "R@10", "MRR@10", "p50 ms", "p95 ms"];

/** Prints the figures of every system, and how they relate to those of the first one. */
export function printTable(systems: SystemResult[], failed: { name: string; reason: string }[]): void {
  const ours = systems[0];
  if (ours) {
    console.log(row(["hệ", "dựng ms", "bộ nhớ MB", "dựng ×", "bộ nhớ ×", "p50 ×", "nDCG@10 ±"]));
    for (const one of systems) console.log(row([one.name, ...compared(one, ours)]));
  }
  for (const variant of VARIANTS.filter((each) => systems.some((one) => one.variants[each]))) {
    console.log(`\n${row([TITLES[variant], ...COLUMNS])}`);
    for (const { name, variants } of systems) {
      const own = variants[variant];
      if (!own) continue;
      const shares = [own.ndcg10, own.recall1, own.recall5, own.recall10, own.mrr10].map(percent);
      console.log(row([name, ...shares, own.p50Ms.toFixed(2), own.p95Ms.toFixed(2)]));
    }
  }
  for (const { name, reason } of failed) console.log(`\n${name}: không đo được (${reason})`);
}

/** Times and memory as multiples of ours, quality as points more or less. */
function compared(one: SystemResult, ours: SystemResult): string[] {
  const times = (of: (result: SystemResult) => number) => `${(of(one) / of(ours)).toFixed(2)}×`;
  const points = ((one.variants.text?.ndcg10 ?? 0) - (ours.variants.text?.ndcg10 ?? 0)) * 100;
  return [
    one.buildMs.toFixed(0),
    one.memoryMb.toFixed(1),
    times((result) => result.buildMs),
    times((result) => result.memoryMb),
    times((result) => result.variants.text?.p50Ms ?? 0),
    `${points > 0 ? "+" : ""}${points.toFixed(1)}`,
  ];
}

function row([first = "", ...cells]: string[]): string {
  return first.padEnd(20) + cells.map((cell) => cell.padStart(11)).join("");
}

function percent(share: number): string {
  return (share * 100).toFixed(2);
}
