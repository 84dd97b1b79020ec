import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { KnowledgeDesk } from "../../src/console/knowledge-desk.ts";
import { knowledgeOf } from "../support/knowledge-desk.ts";
import {
  ADMIN,
  createLibraryRig,
  decree,
  GOLDEN,
  type LibraryRig,
  QUESTION,
} from "../support/library-rig.ts";
import { incoming } from "../support/samples.ts";
import { type Client, hiddenFields, openWeb, type Web } from "../support/web.ts";

// A check asks a process of its own, which a busy machine starts slowly.
vi.setConfig({ testTimeout: 120_000 });

const HOSTILE = "<script>alert(1)</script>";
const NEW_KHOAN = decree("111 triệu", "Hồ sơ nộp tại Sở.");

let rig: LibraryRig;
let knowledge: KnowledgeDesk;
let web: Web;
let admin: Client;
let viewer: Client;

beforeAll(async () => {
  rig = await createLibraryRig();
  knowledge = await knowledgeOf(rig);
  web = openWeb(rig.database, null, knowledge);
  admin = await web.signedIn("admin");
  viewer = await web.signedIn("viewer");
});
afterAll(() => rig.drop());

/** Whatever a test published, the next one finds the first edition in force. */
afterEach(async () => {
  if ((await rig.editions.current()) === rig.first) return;
  const decision = { edition: rig.first, kind: "rollback", hash: "", reason: null } as const;
  await rig.editions.decide({ ...decision, author: ADMIN, overtaken: [] }, () => {});
  await knowledge.live.refresh();
});

/** Sends files through the form of a page. */
async function upload(client: Client, page: string, files: [name: string, text: string][], note = "") {
  const { csrf = "", edition = "" } = hiddenFields(await client.page(page), "/console/knowledge/files");
  return client.upload("/console/knowledge/files", { csrf, edition, note }, files);
}

/** Stages files and gives the address of their edition. */
async function staged(...files: [name: string, text: string][]): Promise<string> {
  const response = await upload(admin, "/console/knowledge", files);
  return (response.headers.get("location") ?? "").split("?")[0] ?? "";
}

/** Sends a form of an edition's page; one that is no longer shown goes with the token all the same. */
async function act(edition: string, verb: string, fields: Record<string, string> = {}) {
  const page = await admin.page(edition);
  const token = hiddenFields(page, "/console/sign-out");
  return admin.post(`${edition}/${verb}`, {
    ...token,
    ...hiddenFields(page, `${edition}/${verb}`),
    ...fields,
  });
}

const audited = async (action: string) => {
  const { rows } = await rig.database.pool.query("select subject from audit where action = $1", [action]);
  return rows.map(({ subject }) => subject);
};

describe("the overview", () => {
  it("tells what is in force, since when and by whom, and what to do where nothing waits", async () => {
    const page = await viewer.page("/console/knowledge");
    expect(page).toContain("Đang dùng để trả lời");
    expect(page).toContain("Quản trị thử");
    expect(page).toContain("Không có bản soạn nào đang chờ");
    expect(page).toMatch(/\d+ văn bản/);
  });

  it("offers the form for files to who may change the knowledge, and to nobody else", async () => {
    expect(await admin.page("/console/knowledge")).toContain('type="file"');
    expect(await viewer.page("/console/knowledge")).not.toContain('type="file"');
  });

  it("names the clauses that end within ninety days", async () => {
    expect(await viewer.page("/console/knowledge")).not.toContain("15/01/2027");
    const ending = decree("111 triệu").replace("expires: null", "expires: 2027-01-15");
    const edition = await staged(["901.md", ending]);
    await act(edition, "check");
    await act(edition, "publish", { reason: "thử" });
    expect(await viewer.page("/console/knowledge")).toMatch(/15\/01\/2027[\s\S]*901\/2025\/NĐ-CP, Điều 5/);
  });
});

describe("files handed in", () => {
  it("become a new staged edition, which says what it changes against its base", async () => {
    const response = await upload(admin, "/console/knowledge", [["901.md", NEW_KHOAN]], `ghi chú ${HOSTILE}`);
    expect(response.status).toBe(303);
    const page = await admin.page(response.headers.get("location") ?? "");
    expect(page).toContain("Đã đưa tệp vào bản soạn");
    expect(page).toContain("Thay bản cũ");
    expect(page).toContain("&lt;script&gt;alert(1)");
    expect(page).not.toContain(HOSTILE);
    const edition = response.headers.get("location")?.split("?")[0] ?? "";
    expect(await audited("knowledge-files-added")).toContain(`edition:${edition.split("/").at(-1)}`);
    expect(await viewer.page("/console/knowledge")).toContain("chưa kiểm tra");
    await act(edition, "drop");
  });

  it("are added to an edition that waits, a sidecar being told beside its file", async () => {
    const edition = await staged(["901.md", NEW_KHOAN]);
    const id = Number(edition.split("/").at(-1));
    const response = await upload(admin, edition, [
      ["905.md", decree("5 triệu").replaceAll("901/", "905/")],
      ["905.md.yaml", "title: tên khác"],
    ]);
    expect(response.headers.get("location")).toBe(`${edition}?notice=files`);
    const files = (await rig.editions.files(id)).filter(({ since }) => since === id);
    expect(files.map(({ name, sidecar }) => [name, sidecar])).toEqual([
      ["901.md", null],
      ["905.md", "title: tên khác"],
    ]);
    await act(edition, "drop");
  });

  it("that cannot be read are named with the reason, a hostile name as text, and no edition is left behind", async () => {
    const before = (await rig.editions.staged()).length;
    const response = await upload(
      admin,
      "/console/knowledge",
      [[`${HOSTILE.replace("/", "")}.md`, "x"]],
      "ghi chú của tôi",
    );
    const page = await response.text();
    expect(response.status).toBe(400);
    expect(page).toContain("không nhận");
    expect(page).toContain("&lt;script&gt;");
    expect(page).not.toContain("<script>");
    expect(page).toContain('value="ghi chú của tôi"');
    expect(await rig.editions.staged()).toHaveLength(before);
  });

  it("are asked for when none was chosen", async () => {
    const response = await upload(admin, "/console/knowledge", []);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("Chưa chọn tệp nào");
  });

  it("may be larger than other forms, up to 64 MiB", async () => {
    const big = `${NEW_KHOAN}3. ${"Dài lắm. ".repeat(20_000)}\n`;
    expect((await upload(admin, "/console/knowledge", [["901.md", big]])).status).toBe(303);
    const form = new FormData();
    form.set("files", new File([new Uint8Array(65 * 1024 * 1024)], "to.md"));
    expect((await admin.form("/console/knowledge/files", form)).status).toBe(413);
    expect((await viewer.form("/console/knowledge/files", form)).status).toBe(403);
  });
});

describe("a staged edition", () => {
  it("undoes a file, and removes a document and brings it back", async () => {
    const edition = await staged(["moi.md", NEW_KHOAN]);
    const id = Number(edition.split("/").at(-1));
    const decreeFile = async () =>
      (await rig.editions.files(id)).find(({ document }) => document === "901/2025/NĐ-CP");
    expect((await decreeFile())?.path).toBe("documents/moi.md");
    await act(edition, "undo");
    expect(await decreeFile()).toMatchObject({ path: "documents/901.md", since: rig.first });
    expect(await admin.page(edition)).toContain("Chưa có thay đổi nào");
    await act(edition, "remove", { path: "documents/901.md" });
    expect(await decreeFile()).toBeUndefined();
    expect(await admin.page(edition)).toContain("Bỏ ra");
    await act(edition, "undo", { path: "documents/901.md" });
    expect(await decreeFile()).toMatchObject({ since: rig.first });
    await act(edition, "drop");
    expect((await act(edition, "drop")).status).toBe(409);
  });

  it("says why it cannot be published yet", async () => {
    const edition = await staged(["901.md", NEW_KHOAN]);
    const response = await act(edition, "publish");
    expect(response.status).toBe(409);
    expect(await response.text()).toContain("chưa được kiểm tra");
    await act(edition, "drop");
  });

  it("that breaks an answer shows old and new side by side, and is published with a reason only", async () => {
    const edition = await staged(["901.md", decree(`999 triệu ${HOSTILE}`)], ["thu.jsonl", GOLDEN]);
    expect((await act(edition, "check")).headers.get("location")).toBe(`${edition}?notice=checked`);
    const page = await admin.page(edition);
    for (const text of [
      "Đang đúng, sẽ sai",
      QUESTION,
      "111 triệu",
      "999 triệu",
      "Điều 5 khoản 1",
      "nội dung",
    ])
      expect(page).toContain(text);
    expect(page).not.toContain(HOSTILE);
    const refused = await act(edition, "publish");
    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain("Muốn công bố vẫn phải ghi lý do");
    const published = await act(edition, "publish", { reason: `văn bản mới ${HOSTILE}` });
    expect(published.headers.get("location")).toBe(`${edition}?notice=published`);
    const overview = await admin.page("/console/knowledge");
    expect(overview).toContain("văn bản mới &lt;script&gt;");
    expect(await admin.page("/console/knowledge/documents/901-2025-nd-cp")).toContain("999 triệu");

    const before = `/console/knowledge/editions/${rig.first}`;
    expect((await act(before, "roll-back", { reason: " " })).status).toBe(409);
    expect((await act(before, "roll-back", { reason: "sai mức" })).status).toBe(303);
    expect(await admin.page("/console/knowledge")).toContain("sai mức");
    expect(await admin.page("/console/knowledge/documents/901-2025-nd-cp")).toContain("111 triệu");
    expect(await audited("knowledge-published")).toContain(`edition:${edition.split("/").at(-1)}`);
    expect(await audited("knowledge-rolled-back")).toContain(`edition:${rig.first}`);
  });

  it("lists the answers whose clauses a publication overtook", async () => {
    const message = incoming({ text: `${QUESTION} ${HOSTILE}`, chatId: "cu" });
    const { id, conversationId } = await web.messages.receive(message);
    await rig.database.tx(async (client) => {
      await client.query("update messages set status = 'done', finished_at = now() where id = $1", [id]);
      await rig.citations.note(client, id, ["901-2025-nd-cp#dieu-5.khoan-1"], rig.first);
    });
    const edition = await staged(["901.md", decree("112 triệu")]);
    await act(edition, "check");
    await act(edition, "publish", { reason: "mức mới" });
    const [latest] = await rig.editions.history();
    const page = await viewer.page(`/console/knowledge/publications/${latest?.id}/overtaken`);
    expect(page).toContain(`/console/chats/${conversationId}#m${id}`);
    expect(page).toContain("901/2025/NĐ-CP, Điều 5 khoản 1");
    expect(page).toContain("&lt;script&gt;");
  });
});
