import type { PaperScope, Papers } from "./console/office.ts";
import type { ReportStore } from "./db/reports.ts";
import { BLANK_IMPRINT } from "./papers/imprint.ts";
import { type RegisterRow, toRegister } from "./petitions/register.ts";
import { memoName, memosOf, type ReportNames, summaryOf } from "./petitions/report.ts";
import { type RoutingKnowledge, route } from "./petitions/routing.ts";

type Parts = {
  reports: Pick<ReportStore, "rows" | "byAgency">;
  catalog(): ReportNames & RoutingKnowledge;
  /** An ISO day in Vietnam. */
  today(): string;
};

/** A register of 100,000 rows takes 19 s on a busy machine, in which members would wait; the command makes longer ones. */
const MOST_ROWS = 20_000;
const TOO_LONG = {
  fault:
    "Kỳ này có hơn 20.000 ý kiến, nhiều hơn mức lập được trên trang. Hãy chọn kỳ ngắn hơn, hoặc dùng lệnh lập báo cáo trên máy chủ.",
};

/** Register, summary and memos for the console, made in memory. */
export function createPapers({ reports, catalog, today }: Parts): Papers {
  async function rowsOf({ from, to, group }: PaperScope): Promise<RegisterRow[]> {
    const suggest = suggestionOnce(catalog(), today());
    return toRegister(await reports.rows(from, to, group), suggest);
  }

  return {
    async memos({ from, to, group }) {
      const { agencies } = catalog();
      const suggest = suggestionOnce(catalog(), today());
      const counts = new Map<string, number>();
      for (const count of await reports.byAgency(from, to, group)) {
        const id = count.agency ?? suggest(count);
        if (id) counts.set(id, (counts.get(id) ?? 0) + count.petitions);
      }
      return [...counts]
        .sort(([, m], [, n]) => n - m)
        .map(([id, petitions]) => ({
          name: memoName(id),
          agency: agencies.find((agency) => agency.id === id)?.name ?? id,
          petitions,
        }));
    },

    async make(name, scope) {
      const rows = await rowsOf(scope);
      if (rows.length > MOST_ROWS) return TOO_LONG;
      const names = catalog();
      const imprint = { ...BLANK_IMPRINT, period: scope };
      const { memoPaper, registerBook, summaryPaper } = await loadPapers();
      if (name === "register.xlsx") return registerBook(rows, names);
      if (name === "summary.docx") return summaryPaper(summaryOf(rows, names), imprint);
      const own = rows.filter(({ co_quan: id }) => id !== "" && memoName(id) === name);
      const memo = memosOf(own, names)[0];
      return memo ? memoPaper(memo, imprint) : null;
    },
  };
}

/** Petitions share few topics and places, so each pair is looked up once. */
function suggestionOnce(
  knowledge: RoutingKnowledge,
  day: string,
): (place: { topic: string; commune: string | null }) => string | null {
  const seen = new Map<string, string | null>();
  return ({ topic, commune }) => {
    const key = JSON.stringify([topic, commune]);
    const known = seen.get(key);
    if (known !== undefined) return known;
    const agency = route({ topic, commune, day }, knowledge)?.agency ?? null;
    seen.set(key, agency);
    return agency;
  };
}

/** Loaded when the first paper is made, since the writers of office files cost every start a tenth of a second. */
async function loadPapers() {
  const [memo, register, summary] = await Promise.all([
    import("./papers/memo-paper.ts"),
    import("./papers/register-book.ts"),
    import("./papers/summary-paper.ts"),
  ]);
  return { ...memo, ...register, ...summary };
}
