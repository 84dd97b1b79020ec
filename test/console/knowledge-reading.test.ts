import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { share } from "../../src/console/knowledge/words.ts";
import type { KnowledgeDesk } from "../../src/console/knowledge-desk.ts";
import { knowledgeOf } from "../support/knowledge-desk.ts";
import { createLibraryRig, decree, file, type LibraryRig, QUESTION } from "../support/library-rig.ts";
import { type Client, openWeb } from "../support/web.ts";

const HOSTILE = "<script>alert(1)</script>";
const NEW_KHOAN = decree("111 triệu", "Hồ sơ nộp tại Sở.");

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

describe("documents", () => {
  it("are listed with where they stand today, and narrowed by words, topic and state", async () => {
    const list = (query: string) => viewer.page(`/console/knowledge/documents?${query}`);
    expect(await list("q=may+say")).toContain("901/2025/NĐ-CP");
    expect(await list("q=may+say&topic=von-vay")).toContain("Không có văn bản nào khớp");
    expect(await list("q=may+say&state=in-force")).toContain("Đang hiệu lực");
    expect(await list("q=may+say&state=expired")).toContain("Không có văn bản nào khớp");
    for (const odd of ["q=%00", "topic=x&state=y&page=-3", "q=%25%27"])
      expect((await viewer.get(`/console/knowledge/documents?${odd}`)).status).toBe(200);
  });

  it("show their clauses, and where they come from", async () => {
    const page = await viewer.page("/console/knowledge/documents/901-2025-nd-cp");
    for (const text of [
      "Điều 5 khoản 1",
      "111 triệu",
      "Chính phủ",
      "bài thử",
      "documents/901.md",
      "01/01/2025",
    ])
      expect(page).toContain(text);
    expect(page).not.toContain("/console/knowledge/originals/");
    expect((await viewer.get("/console/knowledge/documents/khong-co")).status).toBe(404);
  });

  it("give back the file as it was handed in, to be saved and never shown, and the look is on record", async () => {
    const name = "nghị định (bản 1) 'mới'.md";
    const { edition } = await rig.stage(file(name, NEW_KHOAN));
    const staged = await rig.editions.files(edition);
    const hash = staged.find((each) => each.name === name)?.originalHash;
    expect(await admin.page(`/console/knowledge/editions/${edition}`)).toContain(`originals/${hash}`);
    const response = await admin.get(`/console/knowledge/originals/${hash}`);
    expect(await response.text()).toBe(NEW_KHOAN);
    expect(response.headers.get("content-type")).toBe("application/octet-stream");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("content-security-policy")).toBe("sandbox");
    const said = response.headers.get("content-disposition") ?? "";
    expect(said).toMatch(/^attachment; filename="[\w.-]+"; filename\*=UTF-8''[\w.%-]+$/);
    expect(decodeURIComponent(said.split("''")[1] ?? "")).toBe(name);
    const { rows } = await rig.database.pool.query(
      "select subject from audit where action = 'original-viewed'",
    );
    expect(rows).toEqual([{ subject: `original:${hash}` }]);
    expect((await viewer.get(`/console/knowledge/originals/${hash}`)).status).toBe(403);
    expect((await admin.get(`/console/knowledge/originals/${"0".repeat(64)}`)).status).toBe(404);
  });
});

describe("trying a question", () => {
  it("shows the answer, the clause it cites, and the confidence beside the threshold", async () => {
    const page = await viewer.page(`/console/knowledge/search?q=${encodeURIComponent(QUESTION)}`);
    for (const text of [
      "111 triệu",
      "được dẫn",
      "Ngưỡng để trả lời",
      share(knowledge.live.now().corpus.catalog.calibration.threshold),
      "Câu hỏi về chính sách",
    ])
      expect(page).toContain(text);
    expect(page).toContain("/console/knowledge/documents/901-2025-nd-cp#901-2025-nd-cp_dieu-5_khoan-1");
  });

  it("asks as on another day", async () => {
    const query = new URLSearchParams({ q: QUESTION, asOf: "2024-05-01" });
    const page = await viewer.page(`/console/knowledge/search?${query}`);
    expect(page).toContain("01/05/2024");
    expect(page).not.toContain("được dẫn");
  });

  it("takes any nonsense", async () => {
    const page = await viewer.page(
      `/console/knowledge/search?asOf=x&q=${encodeURIComponent(HOSTILE.repeat(99))}`,
    );
    expect(page).not.toContain(HOSTILE);
    expect(page).toContain("Bà con sẽ đọc được");
  });
});
