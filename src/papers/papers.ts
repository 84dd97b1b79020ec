import type { RegisterRow } from "../petitions/register.ts";
import { figuresOf, memosOf, type ReportNames, summaryOf } from "../petitions/report.ts";
import type { Imprint } from "./imprint.ts";
import { memoPaper } from "./memo-paper.ts";
import { registerBook } from "./register-book.ts";
import { summaryPaper } from "./summary-paper.ts";

export type Paper = { name: string; bytes: Uint8Array };

/** The register, the summary, a memo per agency, and numbers.json: what each number in them counts. */
export async function makePapers(
  rows: RegisterRow[],
  names: ReportNames,
  imprint: Imprint,
): Promise<Paper[]> {
  const summary = summaryOf(rows, names);
  const memos = memosOf(rows, names);
  const papers: Paper[] = [
    { name: "register.xlsx", bytes: await registerBook(rows, names) },
    { name: summary.document, bytes: await summaryPaper(summary, imprint) },
  ];
  for (const memo of memos) papers.push({ name: memo.document, bytes: await memoPaper(memo, imprint) });
  const numbers = JSON.stringify(figuresOf(summary, memos), null, 1);
  return [...papers, { name: "numbers.json", bytes: new TextEncoder().encode(`${numbers}\n`) }];
}
