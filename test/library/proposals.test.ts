import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ProposalStore } from "../../src/db/proposals.ts";
import type { OfficialAnswer } from "../../src/knowledge/official-answer.ts";
import { createProposals } from "../../src/library/proposals.ts";
import { createLibraryRig, type LibraryRig } from "../support/library-rig.ts";
import { hire } from "../support/samples.ts";

let rig: LibraryRig;
let hoa: number;
let binh: number;
let proposals: ReturnType<typeof createProposals>;

beforeAll(async () => {
  rig = await createLibraryRig();
  hoa = await hire(rig.database, "Cán bộ Hoa");
  binh = await hire(rig.database, "Cán bộ Bình");
  proposals = createProposals(new ProposalStore(rig.database), rig.library);
  await rig.database.pool.query(
    `insert into petitions (code, origin_key, content, stance, topic) values
       ('KN-ABC234', 'a', 'cầu vào kho lúa ấp Bảy hư', 'kien-nghi', 'ha-tang')`,
  );
});
afterAll(() => rig.drop());

const QUESTION = "cầu vào kho lúa ấp Bảy hư thì khi nào sửa";
const answer = (given: Partial<OfficialAnswer> = {}): OfficialAnswer => ({
  number: "123/SNNMT-KTHT",
  title: "Sửa cầu vào kho lúa ấp Bảy",
  agency: "Sở Nông nghiệp và Môi trường",
  signed: "2026-11-20",
  effective: "2026-11-20",
  expires: null,
  topic: "ha-tang",
  questions: [QUESTION],
  text: "Cầu vào kho lúa ấp Bảy được sửa xong trước ngày 15/1/2027.",
  of: { petition: "KN-ABC234" },
  ...given,
});

describe("an official answer offered as knowledge", () => {
  it("answers the next member once a second person has approved it and the gate let it pass", async () => {
    expect((await rig.ask(QUESTION)).outcome).not.toBe("answered");
    const id = await proposals.propose(answer(), hoa);
    await expect(proposals.approve(id, { name: "Cán bộ Hoa", staffId: hoa })).rejects.toThrow(
      "không tự duyệt được",
    );
    expect((await rig.ask(QUESTION)).outcome).not.toBe("answered");

    const approval = await proposals.approve(id, { name: "Cán bộ Bình", staffId: binh });
    expect(approval).toMatchObject({ published: true, heldBack: null });
    const told = await rig.ask(QUESTION);
    expect(told.text).toContain("15/1/2027");
    expect(told.citations).toMatchObject([{ document: "123/SNNMT-KTHT", effectiveFrom: "2026-11-20" }]);
    expect(await proposals.find(id)).toMatchObject({
      status: "approved",
      proposedBy: "Cán bộ Hoa",
      decidedBy: "Cán bộ Bình",
      edition: approval.edition,
    });
    await expect(proposals.approve(id, { name: "Cán bộ Bình", staffId: binh })).rejects.toThrow(
      "đã có người quyết định",
    );
  }, 60_000);

  it("stays out when it is declined, with the reason", async () => {
    const id = await proposals.propose(answer({ number: "124/SNNMT-KTHT", text: "Chưa rõ." }), hoa);
    await expect(proposals.decline(id, binh, " ")).rejects.toThrow("lý do");
    await proposals.decline(id, binh, "Chưa có ngày cụ thể.");
    expect(await proposals.find(id)).toMatchObject({
      status: "declined",
      reason: "Chưa có ngày cụ thể.",
      edition: null,
    });
    await expect(proposals.approve(id, { name: "Cán bộ Bình", staffId: binh })).rejects.toThrow(
      "đã có người quyết định",
    );
  });

  it("waits as a staged edition when it would break a golden question", async () => {
    const id = await proposals.propose(
      answer({
        number: "125/SNNMT-KTHT",
        title: "Mức hỗ trợ máy sấy lúa thử nghiệm",
        questions: ["mức hỗ trợ máy sấy lúa thử nghiệm là bao nhiêu"],
        text: "Mức hỗ trợ máy sấy lúa thử nghiệm là 999 triệu đồng.",
      }),
      hoa,
    );
    const approval = await proposals.approve(id, { name: "Cán bộ Bình", staffId: binh });
    expect(approval).toMatchObject({ published: false, heldBack: expect.stringContaining("thu-1") });
    expect((await rig.editions.staged()).map((edition) => edition.id)).toContain(approval.edition);
    expect((await rig.ask("mức hỗ trợ máy sấy lúa thử nghiệm là bao nhiêu")).text).toContain("111 triệu");
  }, 60_000);

  it("is refused as a document that cannot be read, and then nothing is stored", async () => {
    const before = (await proposals.list()).length;
    await expect(proposals.propose(answer({ signed: "2026-13-01" }), hoa)).rejects.toThrow("signed");
    expect(await proposals.list()).toHaveLength(before);
  });
});
