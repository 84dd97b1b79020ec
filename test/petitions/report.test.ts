import { describe, expect, it } from "vitest";
import { toRegister } from "../../src/petitions/register.ts";
import { figuresOf, matches, memosOf, summaryOf } from "../../src/petitions/report.ts";
import { registerRow } from "../support/register-rows.ts";

const names = { topics: [], agencies: [] };

describe("the register", () => {
  const record = {
    code: "KN-AAAAAA",
    content: "Xin vay\r\nvốn\u0001",
    stance: "kien-nghi",
    topic: "von-vay",
    agency: null,
    commune: "xã Tân Bình (bà con ghi: ấp 3, nhà cạnh cầu)",
    channel: null,
    status: "received",
    receivedOn: "2026-03-01",
    dueOn: null,
    answeredOn: null,
  } as const;

  it("suggests the agency of what was sent nowhere, and keeps the one that was chosen", () => {
    const rows = toRegister([record, { ...record, agency: "thue" }], () => "nhcsxh");
    expect(rows.map(({ co_quan }) => co_quan)).toEqual(["nhcsxh", "thue"]);
    expect(toRegister([record], () => null)[0]?.co_quan).toBe("");
  });

  it("holds today's commune without the member's own words about his house, and text that XML can hold", () => {
    expect(toRegister([record], () => null)[0]).toMatchObject({
      xa_phuong: "xã Tân Bình",
      noi_dung: "Xin vay\nvốn ",
      kenh: "",
      han: "",
    });
  });
});

describe("the figures", () => {
  const rows = [
    registerRow({ ma: "1", loai: "dong-thuan" }),
    registerRow({ ma: "2", chu_de: "von-vay", co_quan: "nhcsxh", xa_phuong: "" }),
    registerRow({ ma: "3", trang_thai: "answered", kenh: "telegram", han: "2026-03-05" }),
    registerRow({ ma: "4", co_quan: "", han: "2026-03-20" }),
    registerRow({ ma: "5", han: "2026-03-12" }),
    registerRow({ ma: "6", han: "2026-03-10", xa_phuong: "xã Hòa An" }),
  ];
  const summary = summaryOf(rows, names);
  const memos = memosOf(rows, names);

  it("each equal the rows that their own filter finds", () => {
    const figures = figuresOf(summary, memos);
    expect(figures.length).toBeGreaterThan(40);
    for (const { value, filter } of figures)
      expect(rows.filter((row) => matches(row, filter)).length).toBe(value);
  });

  it("of every table of the summary add up to the whole", () => {
    for (const { lines, title } of summary.tables) {
      const own = lines.filter(({ name }) => name !== "Tổng cộng");
      const sum = own.reduce((total, { figures }) => total + (figures.at(-1)?.value ?? 0), 0);
      expect(sum, title).toBe(6);
    }
  });

  it("of the memos together count every petition that has an agency", () => {
    expect(memos.map(({ document, total }) => [document, total.value])).toEqual([
      ["memo-nhcsxh.docx", 1],
      ["memo-so-nn-mt.docx", 4],
    ]);
  });

  it("come with the first and the last day by which what is still open must be answered", () => {
    const issue = memos.find(({ agency }) => agency === "so-nn-mt")?.issues[0];
    expect(issue?.due).toEqual({ first: "2026-03-10", last: "2026-03-12" });
    expect(memos.find(({ agency }) => agency === "nhcsxh")?.issues[0]?.due).toBeNull();
  });

  it("exist for a period without petitions", () => {
    expect(summaryOf([], names).total.value).toBe(0);
    expect(memosOf([], names)).toEqual([]);
  });
});
