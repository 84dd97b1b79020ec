import { describe, expect, it } from "vitest";
import type { ReportStore } from "../src/db/reports.ts";
import { opinionRoutes } from "../src/opinion-commands.ts";
import type { ImportOpinions, ImportReport } from "../src/opinions-desk.ts";

const REPORT: ImportReport = {
  importId: 1,
  rows: 1,
  added: 1,
  known: 0,
  refused: [],
  byStance: {},
  byTopic: {},
};

function routes(importOpinions: ImportOpinions = async () => REPORT) {
  const asked: unknown[] = [];
  const reports = {
    rows: async (from: string | null, to: string | null) => {
      asked.push([from, to]);
      return [];
    },
  } as unknown as ReportStore;
  return { app: opinionRoutes({ importOpinions, reports }), asked };
}
const post = (app: ReturnType<typeof routes>["app"], query: string, body: Uint8Array) =>
  app.request(`/commands/opinions${query}`, { method: "POST", body });

describe("the routes of the import and the report", () => {
  it("hand the file on byte for byte with its name", async () => {
    const seen: unknown[] = [];
    const { app } = routes(async (bytes, name, options) => {
      seen.push([...bytes], name, options);
      return REPORT;
    });
    const bytes = Uint8Array.from([0, 80, 255, 10]);
    const answer = await post(app, `?name=${encodeURIComponent("ý kiến.xlsx")}`, bytes);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual(REPORT);
    expect(seen).toEqual([[0, 80, 255, 10], "ý kiến.xlsx", { by: null }]);
  });

  it("say why a file is refused", async () => {
    const { app } = routes(async () => ({ fault: "Tệp trống." }));
    expect((await post(app, "", new Uint8Array(1))).status).toBe(400);
    const refused = await post(app, "?name=a.csv", new Uint8Array(0));
    expect([refused.status, await refused.json()]).toEqual([422, { error: "Tệp trống." }]);
    expect((await post(app, "?name=a.csv", new Uint8Array(20 * 2 ** 20 + 1))).status).toBe(413);
  });

  it("read the register of a period, open at either end, and refuse what is no day", async () => {
    const { app, asked } = routes();
    for (const query of ["", "?from=2026-03-01", "?from=2026-03-01&to=2026-03-31"])
      expect((await app.request(`/commands/register${query}`)).status).toBe(200);
    expect(asked).toEqual([
      [null, null],
      ["2026-03-01", null],
      ["2026-03-01", "2026-03-31"],
    ]);
    expect((await app.request("/commands/register?from=31/03/2026")).status).toBe(400);
    expect((await app.request("/commands/register?to=2026-02-30")).status).toBe(400);
  });
});
