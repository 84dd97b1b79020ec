import { z } from "zod";
import { sightOf } from "../../staff/sight.ts";
import type { ConsoleOptions } from "../desk.ts";
import type { Handler } from "../handler.ts";
import type { View } from "../view.tsx";
import { DashboardView } from "./dashboard-view.tsx";

const Period = z.object({
  from: z.iso.date().nullable().catch(null).default(null),
  to: z.iso.date().nullable().catch(null).default(null),
});

/** How the work stands; every number leads to what it counts. */
export function dashboardPage(
  { petitions, office }: Pick<ConsoleOptions, "petitions" | "office">,
  view: View,
): Handler {
  return async (c) => {
    const { staff } = c.var.session;
    const isWhole = staff.role !== "agency";
    const period = Period.parse(c.req.query());
    const given = { ...(period.from ? { from: period.from } : {}), ...(period.to ? { to: period.to } : {}) };
    const [counts, months, unanswered, answered] = await Promise.all([
      petitions.counts({ ...given, withAgreement: true, ...sightOf(staff) }, office.now()),
      isWhole ? office.insights.months(period) : [],
      isWhole ? office.insights.questions("unanswered", period) : [],
      isWhole ? office.insights.questions("answered", period) : [],
    ]);
    const topicsOf = (questions: { topic: string }[]) => questions.map(({ topic }) => topic);
    const body = (
      <DashboardView
        period={period}
        counts={counts}
        months={months}
        unanswered={topicsOf(unanswered)}
        answered={topicsOf(answered)}
        catalog={office.catalog()}
        isWhole={isWhole}
      />
    );
    return view.page(c, "Tổng quan", body);
  };
}
