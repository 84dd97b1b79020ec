import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const KNOWLEDGE = join(import.meta.dirname, "../../knowledge");

/** Documents that answer what the members of a fault run ask. */
const KEPT = [
  "17-2023-qh15.md",
  "113-2024-nd-cp.md",
  "45-2021-nd-cp.md",
  "55-2015-nd-cp.md",
  "chon-kenh-vay.md",
];
const KEPT_QUESTIONS = ["von-vay.jsonl", "kien-nghi.jsonl"];

/** A copy of the knowledge with few documents, with which a start costs a third less of the processor. */
export function smallKnowledge(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "cau-noi-faults-knowledge-"));
  cpSync(KNOWLEDGE, folder, { recursive: true });
  keepOnly(join(folder, "documents"), KEPT);
  keepOnly(join(folder, "golden"), KEPT_QUESTIONS);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function keepOnly(folder: string, kept: readonly string[]): void {
  const missing = kept.filter((name) => !readdirSync(folder).includes(name));
  if (missing.length > 0) throw new Error(`${basename(folder)} lacks ${missing.join(", ")}`);
  for (const name of readdirSync(folder)) if (!kept.includes(name)) rmSync(join(folder, name));
}
