import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { knowledgeOf } from "../support/knowledge-desk.ts";
import { createLibraryRig, type LibraryRig } from "../support/library-rig.ts";
import { type Client, hiddenFields, openWeb, type Web } from "../support/web.ts";

// A check asks a process of its own, which a busy machine starts slowly.
vi.setConfig({ testTimeout: 120_000 });

const HOSTILE = "<script>alert(1)</script>";
const REPLY = "Kho lúa thử nghiệm của hợp tác xã được cải tạo mái trong tháng 12 năm 2026.";

let rig: LibraryRig;
let web: Web;
let proposer: Client;
let approver: Client;

beforeAll(async () => {
  rig = await createLibraryRig();
  web = openWeb(rig.database, null, await knowledgeOf(rig));
  proposer = await web.signedIn("admin");
  approver = await web.signedIn("admin");
});
afterAll(() => rig.drop());

let chats = 0;

/** A petition with its official reply; its code. */
async function answered(): Promise<string> {
  const code = await web.addPetition(await web.openChat(`chat-${++chats}`), {
    content: `Kho lúa thử nghiệm bao giờ được cải tạo mái? ${HOSTILE}`,
  });
  const address = `/console/petitions/${code}`;
  const response = await proposer.submit(address, `${address}/answer`, { text: REPLY });
  expect(response.status).toBe(303);
  return code;
}

const FIELDS = {
  number: "77/SNN-KTHT",
  agency: "Sở Nông nghiệp và Môi trường",
  title: "Cải tạo mái kho lúa thử nghiệm",
  signed: "2026-11-20",
  effective: "2026-11-20",
  expires: "",
  topic: "ha-tang",
  questions: "kho lúa thử nghiệm bao giờ được cải tạo mái",
  text: REPLY,
};

const propose = (code: string, fields: Partial<typeof FIELDS> = {}) =>
  proposer.submit(`/console/petitions/${code}/propose`, `/console/petitions/${code}/propose`, {
    ...FIELDS,
    ...fields,
  });

async function proposed(fields: Partial<typeof FIELDS> = {}): Promise<string> {
  const response = await propose(await answered(), fields);
  return (response.headers.get("location") ?? "").split("?")[0] ?? "";
}

/** Sends a decision, the token coming from the page's frame, as somebody may who is shown no form. */
async function decide(client: Client, address: string, verb: string, fields: Record<string, string> = {}) {
  const token = hiddenFields(await client.page(address), "/console/sign-out");
  return client.post(`${address}/${verb}`, { ...token, ...fields });
}

describe("an official reply offered as knowledge", () => {
  it("is offered from the page of a petition that was answered, and from no other", async () => {
    const open = await web.addPetition(await web.openChat("open"));
    expect(await proposer.page(`/console/petitions/${open}`)).not.toContain("/propose");
    expect((await proposer.get(`/console/petitions/${open}/propose`)).status).toBe(404);
    const code = await answered();
    expect(await proposer.page(`/console/petitions/${code}`)).toContain(`/console/petitions/${code}/propose`);
    expect(await (await web.signedIn("viewer")).page(`/console/petitions/${code}`)).not.toContain("/propose");
  });

  it("comes with the reply and the petition's own words, and a warning to take names out", async () => {
    const page = await proposer.page(`/console/petitions/${await answered()}/propose`);
    expect(page).toContain(`${REPLY}</textarea>`);
    expect(page).toContain("Kho lúa thử nghiệm bao giờ");
    expect(page).toContain("bỏ hết tên riêng");
    expect(page).not.toContain(HOSTILE);
  });

  it.each([
    [{ number: " " }, "Xin ghi số hiệu"],
    [{ signed: "2026-02-30" }, "Xin chọn ngày ký"],
    [{ expires: "2020-01-01" }, "expires phải sau effective"],
    [{ questions: "\n \n" }, "Xin ghi câu hỏi mẫu"],
    [{ number: "///" }, "Số hiệu phải có chữ hoặc số"],
  ])(
    "that is not whole (%o) is sent back with the fault, and nothing typed is lost",
    async (fields, fault) => {
      const response = await propose(await answered(), { ...fields, title: "Tên tôi đã gõ" });
      expect(response.status).toBe(400);
      const page = await response.text();
      expect(page).toContain(fault);
      expect(page).toContain('value="Tên tôi đã gõ"');
    },
  );

  it("waits for a second person: who proposed it sees why, and cannot approve it", async () => {
    const address = await proposed({ number: "78/SNN", title: `Về kho ${HOSTILE}` });
    const page = await proposer.page(address);
    expect(page).toContain("không tự duyệt được");
    expect(page).not.toContain("/approve");
    expect(page).not.toContain(HOSTILE);
    const refused = await decide(proposer, address, "approve");
    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain("cần một người khác");
    expect((await decide(await web.signedIn("staff"), address, "approve")).status).toBe(403);
    expect(await proposer.page("/console/proposals")).toContain("Chờ duyệt");
    expect((await decide(approver, address, "decline", { reason: " " })).status).toBe(409);
    expect((await decide(approver, address, "decline", { reason: "đã có văn bản khác" })).status).toBe(303);
    expect(await proposer.page(address)).toContain("đã có văn bản khác");
    expect((await decide(approver, address, "approve")).status).toBe(409);
  });

  it("answers the next member once another person approved it", async () => {
    const address = await proposed();
    expect(await approver.page(address)).toContain(`${address}/approve`);
    const response = await decide(approver, address, "approve");
    expect(response.headers.get("location")).toBe(`${address}?notice=published`);
    expect(await approver.page(address)).toContain("/console/knowledge/documents/77-snn-ktht");
    const asked = new URLSearchParams({ q: "kho lúa thử nghiệm bao giờ được cải tạo mái" });
    expect(await approver.page(`/console/knowledge/search?${asked}`)).toContain("77/SNN-KTHT");
    const { rows } = await rig.database.pool.query(
      "select action from audit where subject = $1 order by id",
      [`proposal:${address.split("/").at(-1)}`],
    );
    expect(rows.map(({ action }) => action)).toEqual(["knowledge-proposed", "proposal-approved"]);
  });

  it("that would break an answer is held back, with the way to its staged edition", async () => {
    // It takes the number of the decree, whose amount a golden question asks for.
    const address = await proposed({ number: "901/2025/NĐ-CP", title: "Mức hỗ trợ máy sấy lúa thử nghiệm" });
    const response = await decide(approver, address, "approve");
    expect(response.headers.get("location")).toBe(`${address}?notice=held-back`);
    const page = await approver.page(address);
    expect(page).toContain("sẽ bị trả lời sai");
    expect(page).toMatch(/\/console\/knowledge\/editions\/\d+/);
  });
});
