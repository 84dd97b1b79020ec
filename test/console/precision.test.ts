import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { KnowledgeDesk } from "../../src/console/knowledge-desk.ts";
import { Calibration, parseCatalog } from "../../src/knowledge/catalog.ts";
import { knowledgeOf } from "../support/knowledge-desk.ts";
import { ADMIN, createLibraryRig, file, type LibraryRig } from "../support/library-rig.ts";
import { type Client, hiddenFields, openWeb } from "../support/web.ts";

const PAGE = "/console/precision";

let rig: LibraryRig;
let knowledge: KnowledgeDesk;
let admin: Client;
let viewer: Client;

beforeAll(async () => {
  rig = await createLibraryRig();
  knowledge = await knowledgeOf(rig);
  const web = openWeb(rig.database, null, knowledge);
  admin = await web.signedIn("admin");
  viewer = await web.signedIn("viewer");
});
afterAll(() => rig.drop());
afterEach(async () => {
  for (const { id } of await rig.editions.staged()) await rig.editions.drop(id);
});

const want = async (wanted: string) =>
  admin.post(PAGE, { ...hiddenFields(await admin.page(PAGE), PAGE), wanted });

async function calibrationOf(edition: number) {
  const own = (await rig.editions.files(edition)).find(({ path }) => path === "calibration.yaml");
  return parseCatalog("calibration.yaml", Calibration, own?.text ?? "");
}

/** What is wanted by the calibration in force, as people write it: "96,5". */
async function wantedNow(): Promise<string> {
  const { wantedPrecision } = await calibrationOf(rig.first);
  return (wantedPrecision * 100).toLocaleString("vi-VN");
}

describe("the page of the wanted precision", () => {
  it("tells what is wanted, what it means, the threshold that follows and the whole curve", async () => {
    const page = await viewer.page(PAGE);
    const { threshold } = await calibrationOf(rig.first);
    const wanted = await wantedNow();
    expect(page).toContain(`Mức mong muốn: ${wanted} %`);
    expect(page).toContain(`Trong 100 câu trả lời, ít nhất ${wanted} câu đúng; khi đó trả lời được `);
    expect(page).toContain(threshold.toLocaleString("vi-VN", { minimumFractionDigits: 2 }));
    expect(page).toMatch(/<svg class="curve"[^>]*role="img"/);
    expect(page.match(/<polyline points="([^"]+)"/)?.[1]?.split(" ")).toHaveLength(100);
    expect(page).toContain("<caption");
    expect(page).not.toContain("style=");
    expect(page).not.toContain('name="wanted"');
  });

  it("says so where the knowledge has no calibration", async () => {
    const other = openWeb(rig.database, null, {
      ...knowledge,
      editions: Object.assign(Object.create(rig.editions), { current: async () => null }),
    });
    expect(await (await other.signedIn("viewer")).page(PAGE)).toContain("chưa có số liệu căn chỉnh");
  });
});

describe("another precision", () => {
  it("lower than before lowers the threshold, in a staged edition that goes the ordinary way", async () => {
    const before = await calibrationOf(rig.first);
    expect((await want("90")).headers.get("location")).toBe(`${PAGE}?notice=saved`);
    const [{ id = 0 } = {}] = await rig.editions.staged();
    const after = await calibrationOf(id);
    expect(after.wantedPrecision).toBe(0.9);
    expect(after.threshold).toBeLessThan(before.threshold);
    expect({ ...after, wantedPrecision: 0, threshold: 0 }).toEqual({
      ...before,
      wantedPrecision: 0,
      threshold: 0,
    });
    expect(await admin.page(PAGE)).toContain("Mức mong muốn: 90 %");
    expect(await admin.page(PAGE)).toContain(`/console/knowledge/editions/${id}`);
    expect(await viewer.page(PAGE)).toContain(`Mức mong muốn: ${await wantedNow()} %`);
  });

  it("higher than before raises it, and the same again gives the threshold that is in force", async () => {
    const { threshold, wantedPrecision } = await calibrationOf(rig.first);
    await want("97,2");
    const [{ id = 0 } = {}] = await rig.editions.staged();
    expect((await calibrationOf(id)).threshold).toBeGreaterThan(threshold);
    await want(`${await wantedNow()} %`);
    expect(await calibrationOf(id)).toMatchObject({ wantedPrecision, threshold });
  });

  it.each([
    ["abc", "Xin ghi một số từ 50 đến 99"],
    ["20", "Xin ghi một số từ 50 đến 99"],
    ["100", "Xin ghi một số từ 50 đến 99"],
  ])("of %s is refused in words, and stages nothing", async (wanted, words) => {
    const response = await want(wanted);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(words);
    expect(await rig.editions.staged()).toEqual([]);
  });

  it("that no threshold reaches is refused with the highest that one does", async () => {
    const own = (await rig.editions.files(rig.first)).find(({ path }) => path === "calibration.yaml");
    const head = own?.text.slice(0, own.text.indexOf("curve:"));
    const flat = `${head}curve: [{ threshold: 0, answered: 1, precision: 0.873 }]\n`;
    const { edition } = await rig.stage(file("calibration.yaml", flat));
    const decision = { kind: "publish" as const, hash: "", reason: null, author: ADMIN, overtaken: [] };
    await rig.editions.decide({ ...decision, edition }, () => {});
    const response = await want("90");
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("cao nhất đặt được là 87 %");
    await rig.editions.decide({ ...decision, edition: rig.first }, () => {});
  });
});
