import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { parseGolden } from "../../../src/knowledge/catalog.ts";
import { knowledgeOf } from "../../support/knowledge-desk.ts";
import { createLibraryRig, type LibraryRig, QUESTION } from "../../support/library-rig.ts";
import { type Client, hiddenFields, openWeb, type Web } from "../../support/web.ts";

vi.setConfig({ testTimeout: 60_000 });

let rig: LibraryRig;
let web: Web;
let staff: Client;
let admin: Client;

beforeAll(async () => {
  rig = await createLibraryRig();
  web = openWeb(rig.database, null, await knowledgeOf(rig));
  staff = await web.signedIn("staff");
  admin = await web.signedIn("admin");
});
afterAll(() => rig.drop());

const PATH = "/console/judgements";
let chats = 0;

/** An answer that staff marked wrong; the judgement's id. */
async function judged(fields: Record<string, string>): Promise<number> {
  const chat = await web.openChat(`judged-${++chats}`, `${QUESTION} ${chats}`);
  const { trace } = await rig.ask(QUESTION);
  const { rows } = await rig.database.pool.query(
    "update messages set status = 'done', outcome = 'answered', trace = $2 where conversation_id = $1 returning id",
    [chat, JSON.stringify(trace)],
  );
  const reply = { text: "Chưa rõ.", choices: [] };
  await rig.database.tx((client) =>
    web.messages.enqueue(client, chat, [{ key: `message:${rows[0].id}:0`, author: "bot", reply }]),
  );
  await staff.submit(`/console/chats/${chat}`, `/console/chats/${chat}/judge`, fields);
  const { rows: made } = await rig.database.pool.query("select id from judgements where message_id = $1", [
    rows[0].id,
  ]);
  return made[0].id;
}

const adopt = async (client: Client, fields: Record<string, string>) =>
  client.post(`${PATH}/adopt`, { ...hiddenFields(await client.page(PATH), "/console/sign-out"), ...fields });

test("a judgement whose right answer is known becomes a golden question of a staged edition, by an admin", async () => {
  const id = await judged({ kind: "wrong-figure", document: "901/2025/nđ-cp", fact: "111 triệu" });
  expect((await adopt(staff, { id: String(id) })).status).toBe(403);
  expect(await staff.page(PATH)).not.toContain(`action="${PATH}/adopt"`);

  const response = await adopt(admin, { id: String(id) });
  const address = response.headers.get("location")?.split("?")[0] ?? "";
  expect(address).toMatch(/^\/console\/knowledge\/editions\/\d+$/);
  expect(await admin.page(address)).toContain(`golden/danh-gia-${id}.jsonl`);
  const files = await rig.editions.files(Number(address.split("/").at(-1)));
  const golden = files.find(({ path }) => path === `golden/danh-gia-${id}.jsonl`);
  expect(parseGolden("golden", golden?.text ?? "")).toMatchObject([
    { kind: "answerable", expect: { documents: ["901/2025/NĐ-CP"], facts: ["111 triệu"] } },
  ]);
  expect(await admin.page(`${PATH}?status=golden`)).toContain(`href="${address}"`);
  expect((await adopt(admin, { id: String(id) })).status).toBe(400);
});

test("a judgement waits until the right answer is written down", async () => {
  const id = await judged({ kind: "wrong-clause" });
  expect((await adopt(admin, { id: String(id) })).status).toBe(400);
  const action = `${PATH}/${id}/expect`;
  expect((await staff.submit(PATH, action, { document: "999/2099/NĐ-CP", fact: "" })).status).toBe(400);
  expect((await staff.submit(PATH, action, { document: "901/2025/NĐ-CP", fact: "" })).status).toBe(303);
  expect((await adopt(admin, { id: String(id) })).status).toBe(303);
});

test("a judgement is dismissed with a reason, which is kept", async () => {
  const id = await judged({ kind: "other", note: "không rõ ý" });
  const action = `${PATH}/${id}/dismiss`;
  expect((await admin.submit(PATH, action, { reason: "" })).status).toBe(400);
  expect((await admin.submit(PATH, action, { reason: "trả lời đúng rồi" })).status).toBe(303);
  expect(await staff.page(`${PATH}?status=dismissed`)).toContain("trả lời đúng rồi");
  expect(await staff.page(PATH)).not.toContain("không rõ ý");
});
