import { type Context, Hono } from "hono";
import { z } from "zod";
import type { ReportStore } from "./db/reports.ts";
import type { ImportOpinions } from "./opinions-desk.ts";
import { MAX_FILE_BYTES } from "./reading/rows.ts";

const Day = z.iso.date("phải là năm-tháng-ngày").optional();
/** The period of a report, both days included; an open end has none. */
export const Period = z.object({ from: Day, to: Day });
const FileName = z.string("thiếu tên tệp").min(1, "thiếu tên tệp");

/** What the import and the report ask of a running service over its own socket; no other machine can reach it. */
export function opinionRoutes(parts: { importOpinions: ImportOpinions; reports: ReportStore }): Hono {
  const app = new Hono();
  app.post("/commands/opinions", (c) => importFile(c, parts.importOpinions));
  app.get("/commands/register", (c) => registerRows(c, parts.reports));
  return app;
}

/** The body is the file, its name stands in the query; answers with an ImportReport. */
async function importFile(c: Context, importOpinions: ImportOpinions) {
  const name = FileName.safeParse(c.req.query("name"));
  if (!name.success) return c.json({ error: "thiếu tên tệp" }, 400);
  const bytes = new Uint8Array(await c.req.arrayBuffer());
  if (bytes.length > MAX_FILE_BYTES) return c.json({ error: "Tệp lớn hơn 20 MiB." }, 413);
  const report = await importOpinions(bytes, name.data, { by: null });
  return "fault" in report ? c.json({ error: report.fault }, 422) : c.json(report);
}

/** Answers with the petitions of a period as rows of the register. */
async function registerRows(c: Context, reports: ReportStore) {
  const period = Period.safeParse(c.req.query());
  if (!period.success) return c.json({ error: "from và to phải là năm-tháng-ngày" }, 400);
  return c.json({ rows: await reports.rows(period.data.from ?? null, period.data.to ?? null) });
}
