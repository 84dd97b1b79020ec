import { afterAll, beforeAll, expect, it } from "vitest";
import type { FetchedFile } from "../src/conversation/channel.ts";
import type { Turn } from "../src/conversation/turn.ts";
import type { Database } from "../src/db/database.ts";
import { createFetchAttachments } from "../src/fetch-attachments.ts";
import { freshDatabase } from "./support/database.ts";
import { createRig } from "./support/pipeline-rig.ts";
import { incoming, newPetition, turn } from "./support/samples.ts";

let database: Database;
let drop: () => Promise<void>;

beforeAll(async () => {
  ({ database, drop } = await freshDatabase());
});

afterAll(() => drop());

const BYTES = Buffer.from("nội dung");

/** A pipeline that makes a petition of whatever comes, and a channel that gives files out as it is told. */
function openRig(answers: (FetchedFile | Error)[], becomes: Partial<Turn> = { petition: newPetition() }) {
  const rig = createRig(database, {
    respond: async ({ messageId = 0 }) => {
      const code = becomes.petition?.code ?? "KN-222222";
      return turn("đã nhận", { files: { code, messages: [messageId] }, ...becomes });
    },
  });
  const asked: string[] = [];
  rig.channel.fetchFile = async (reference) => {
    asked.push(reference);
    const next = answers.shift() ?? { outcome: "fetched", bytes: BYTES };
    if (next instanceof Error) throw next;
    return next;
  };
  const step = createFetchAttachments(rig);
  return {
    rig,
    asked,
    step,
    async sends(): Promise<number> {
      const attachment = { kind: "photo", reference: "anh-1" } as const;
      await rig.pipeline.receive(incoming({ text: "", attachment }));
      await rig.settle();
      const { rows } = await database.pool.query("select max(id) as id from petitions");
      return rows[0].id;
    },
    /** Lets the time pass until every attachment is due. */
    passTime: () =>
      database.pool.query("update petition_attachments set due_at = now() where status = 'waiting'"),
    delays: async (petitionId: number) =>
      (
        await database.pool.query(
          "select round(extract(epoch from due_at - now()))::int as s from petition_attachments where petition_id = $1",
          [petitionId],
        )
      ).rows[0].s as number,
  };
}

it("keeps the photo of the message that made a petition", async () => {
  const { rig, asked, step, sends } = openRig([]);
  const petition = await sends();
  expect(await rig.attachments.list(petition)).toMatchObject([{ kind: "photo", status: "waiting" }]);
  expect(await step()).toBe(true);
  expect(await step()).toBe(false);
  expect(asked).toEqual(["anh-1"]);
  expect(await rig.attachments.list(petition)).toMatchObject([{ status: "kept", size: BYTES.length }]);
});

it("notes nothing for a petition that is not of the same chat", async () => {
  const { step, sends } = openRig([], { petition: null });
  await sends();
  expect(await step()).toBe(false);
});

it("asks again later and later, and gives up after six tries with the reason", async () => {
  const busy = { outcome: "retry", afterSeconds: 20, reason: "đang lỗi" } as const;
  const { rig, asked, step, sends, passTime, delays } = openRig(Array(9).fill(busy));
  const petition = await sends();
  const waits: number[] = [];
  while (await step()) {
    if ((await rig.attachments.list(petition))[0]?.status === "failed") break;
    waits.push(await delays(petition));
    await passTime();
  }
  expect(asked).toHaveLength(6);
  expect(waits).toEqual([20, 60, 240, 960, 3840]);
  expect(await rig.attachments.list(petition)).toMatchObject([{ status: "failed", reason: "đang lỗi" }]);
  await passTime();
  expect(await step()).toBe(false);
});

it("gives up at once what is refused", async () => {
  const { rig, step, sends } = openRig([{ outcome: "refused", reason: "tệp không còn nữa" }]);
  const petition = await sends();
  await step();
  expect(await rig.attachments.list(petition)).toMatchObject([
    { status: "failed", reason: "tệp không còn nữa" },
  ]);
});

it("neither logs nor stores what a channel throws, and asks again", async () => {
  const { rig, step, sends } = openRig([new Error("GET https://api/file/bot123:bi-mat/anh.jpg")]);
  const petition = await sends();
  await step();
  const told = JSON.stringify([await rig.attachments.list(petition), rig.logged]);
  expect(told).toContain("lỗi không rõ");
  expect(told).not.toContain("bi-mat");
});
