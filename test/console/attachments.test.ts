import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AttachmentStore } from "../../src/db/petition-attachments.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { incoming } from "../support/samples.ts";
import { type Client, openWeb, type Web } from "../support/web.ts";

let fresh: FreshDatabase;
let web: Web;

beforeAll(async () => {
  fresh = await freshDatabase();
  web = openWeb(fresh.database);
});

afterAll(() => fresh.drop());

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 7]);

type Given = { name?: string; bytes?: Uint8Array; fails?: string };

/** A petition with one file; returns its code and the address of the file. */
async function petitionWith({ name, bytes, fails }: Given) {
  const { database } = fresh;
  const store = new AttachmentStore(database);
  const attachment = { kind: "document", reference: "tep", ...(name ? { name } : {}) } as const;
  const { id: message, conversationId } = await web.messages.receive(incoming({ text: "", attachment }));
  const code = await web.addPetition(conversationId);
  const petition = (await web.petitions.find(code))?.id ?? 0;
  await database.tx((client) => store.add(client, conversationId, { code, messages: [message] }));
  if (bytes || fails) {
    const claimed = await store.claim(["telegram"]);
    if (!claimed) throw new Error("nothing to claim");
    await (bytes ? store.keep(claimed, bytes) : store.fail(claimed, fails ?? ""));
  }
  const [row] = await store.list(petition);
  const page = `/console/petitions/${code}`;
  return { code, conversationId, page, file: `${page}/attachments/${row?.id}` };
}

async function atAgency(code: string, agency: string): Promise<void> {
  await fresh.database.pool.query("update petitions set agency = $2 where code = $1", [code, agency]);
}

async function audited(code: string): Promise<string[]> {
  const { rows } = await fresh.database.pool.query<{ action: string }>(
    "select action from audit where subject = $1 order by id",
    [code],
  );
  return rows.map(({ action }) => action);
}

describe("the page of a petition", () => {
  let staff: Client;
  beforeAll(async () => {
    staff = await web.signedIn("staff");
  });

  it("lists a file with its name, its size and where to save it", async () => {
    const { page, file } = await petitionWith({
      name: "Đơn <b>đề nghị</b>.pdf",
      bytes: Buffer.alloc(3 * 1024, 1),
    });
    const shown = await staff.page(page);
    expect(shown).toContain(`href="${file}"`);
    expect(shown).toContain("Đơn &lt;b&gt;đề nghị&lt;/b&gt;.pdf");
    expect(shown).toContain("3 KB");
  });

  it("says why a file is not there, or that it is on its way", async () => {
    const failed = await petitionWith({ fails: "tệp không còn nữa" });
    expect(await staff.page(failed.page)).toContain("Không có tệp: tệp không còn nữa");
    expect((await staff.get(failed.file)).status).toBe(404);
    const waiting = await petitionWith({});
    expect(await staff.page(waiting.page)).toContain("Đang tải");
    expect((await staff.get(waiting.file)).status).toBe(404);
    await fresh.database.pool.query(
      "update petition_attachments set status = 'failed' where status = 'waiting'",
    );
  });

  it("says nothing of files where there are none", async () => {
    const code = await web.addPetition(await web.openChat("bare"));
    expect(await staff.page(`/console/petitions/${code}`)).not.toContain("gửi kèm");
  });

  it("tells a viewer that there are files, and neither their names nor where they are", async () => {
    const { page, file } = await petitionWith({ name: "Nguyen-don.pdf", bytes: PNG });
    const shown = await (await web.signedIn("viewer")).page(page);
    expect(shown).toContain("gửi kèm");
    expect(shown).not.toContain("Nguyen-don.pdf");
    expect(shown).not.toContain(file);
  });
});

describe("a file", () => {
  it.each([
    ["image/png", "hinh.html", PNG],
    ["image/jpeg", "hinh.jpg", Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
    ["image/gif", "hinh.gif", Buffer.from("GIF89a....")],
    ["image/webp", "hinh.webp", Buffer.from("RIFF....WEBPVP8 ")],
    ["application/pdf", "don.pdf", Buffer.from("%PDF-1.7\n")],
    ["application/octet-stream", "trang.html", Buffer.from("<script>alert(1)</script>")],
    ["application/octet-stream", "hinh.svg", Buffer.from("<svg onload='x'/>")],
    ["application/octet-stream", "ngan.png", PNG.subarray(0, 4)],
  ])("is %s by its bytes, whatever %s says, and is saved, never shown", async (type, name, bytes) => {
    const { file, code } = await petitionWith({ name, bytes });
    const answer = await (await web.signedIn("staff")).get(file);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe(type);
    expect(answer.headers.get("content-disposition")).toContain(`attachment; filename="${name}"`);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    expect(await audited(code)).toEqual(["attachment-saved"]);
  });

  it("without a name is named after its petition and its form", async () => {
    const { file, code } = await petitionWith({ bytes: PNG });
    const answer = await (await web.signedIn("staff")).get(file);
    expect(answer.headers.get("content-disposition")).toMatch(new RegExp(`filename="${code}-\\d+\\.png"`));
  });

  it("is there for the agency that has the petition, and not for another", async () => {
    const { file, code } = await petitionWith({ bytes: PNG });
    const client = await web.signedIn("agency", { agency: "so-tai-chinh" });
    expect((await client.get(file)).status).toBe(404);
    await atAgency(code, "so-nn-mt");
    expect((await client.get(file)).status).toBe(404);
    expect(await audited(code)).toEqual([]);
    await atAgency(code, "so-tai-chinh");
    expect((await client.get(file)).status).toBe(200);
  });

  it("of another petition is not there under this one, nor under an id that is none", async () => {
    const { file } = await petitionWith({ bytes: PNG });
    const { page } = await petitionWith({ bytes: PNG });
    const staff = await web.signedIn("staff");
    const id = file.split("/").at(-1);
    for (const path of [`${page}/attachments/${id}`, `${page}/attachments/x`, `${page}/attachments/0`])
      expect((await staff.get(path)).status).toBe(404);
  });

  it("is refused to a viewer, and to nobody", async () => {
    const { file } = await petitionWith({ bytes: PNG });
    expect((await (await web.signedIn("viewer")).get(file)).status).toBe(403);
    expect((await web.client().get(file)).status).not.toBe(200);
  });

  it("is gone when the member has his data erased, and the page says so", async () => {
    const { file, page, conversationId } = await petitionWith({ name: "don.pdf", bytes: PNG });
    await fresh.database.tx((client) => web.conversations.erase(client, conversationId));
    const staff = await web.signedIn("staff");
    expect((await staff.get(file)).status).toBe(404);
    const shown = await staff.page(page);
    expect(shown).toContain("đã xóa theo yêu cầu");
    expect(shown).not.toContain("don.pdf");
  });
});
