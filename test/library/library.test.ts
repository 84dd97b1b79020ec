import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  ADMIN,
  AMENDING,
  createLibraryRig,
  decree,
  file,
  GOLDEN,
  type LibraryRig,
  QUESTION,
} from "../support/library-rig.ts";

let rig: LibraryRig;
beforeEach(async () => {
  rig = await createLibraryRig();
});
afterEach(() => rig.drop());

const NEW = decree("111 triệu", "Hồ sơ nộp tại Sở.");

/** A decree that answers other questions. */
const about = (number: string, thing: string) =>
  decree("111 triệu").replaceAll("901/", `${number}/`).replaceAll("máy sấy lúa thử nghiệm", thing);

describe("files put into a staged edition", () => {
  it("come back as a row each: unchanged, updated with the clauses it changes, added, refused and why", async () => {
    const { rows } = await rig.stage(
      file("documents/901.md", decree("111 triệu")),
      file("902.md", AMENDING),
      file("903.md", "không có gì"),
      file("khac.yaml", "a: 1"),
    );
    expect(rows).toMatchObject([
      { status: "unchanged", document: "901/2025/NĐ-CP", clauses: 2 },
      {
        status: "added",
        document: "902/2025/NĐ-CP",
        clauses: 1,
        changed: 1,
        removed: 0,
        paths: ["documents/902.md"],
      },
      { status: "refused", reason: expect.stringContaining("---") },
      { status: "refused", reason: expect.stringContaining("không phải tệp danh mục") },
    ]);
    const { rows: again } = await rig.stage(file("documents/901.md", NEW));
    expect(again).toMatchObject([{ status: "updated", changed: 1, removed: 0, clauses: 2 }]);
  });

  it("replace the document with their number, whatever its file was called", async () => {
    const { edition, rows } = await rig.stage(file("moi/ten-khac.md", NEW));
    expect(rows).toMatchObject([{ status: "updated", changed: 1 }]);
    const paths = (await rig.editions.files(edition))
      .filter(({ document }) => document === "901/2025/NĐ-CP")
      .map(({ path }) => path);
    expect(paths).toEqual(["documents/moi/ten-khac.md"]);
  });

  it("are refused when two of one staging have one number", async () => {
    const { rows } = await rig.stage(file("a.md", NEW), file("b.md", `${NEW}3. Thêm.\n`));
    expect(rows).toMatchObject([
      { status: "updated" },
      { status: "refused", reason: expect.stringContaining("a.md") },
    ]);
  });

  it("are refused under a name that could become another path", async () => {
    const names = ["../a.md", "/etc/a.md", "a//b.md", "a\\b.md", `${"a".repeat(301)}.md`, "a\u0000.md"];
    const { rows } = await rig.stage(...names.map((name) => file(name, NEW)));
    expect(rows.map(({ reason }) => reason)).toEqual(names.map(() => "tên tệp không hợp lệ"));
  });

  it("keep the original byte for byte, also after newer ones were published", async () => {
    const before = (await rig.editions.files(rig.first)).find(
      ({ document }) => document === "901/2025/NĐ-CP",
    );
    const { edition } = await rig.stage(file("documents/901.md", NEW));
    await rig.library.check(edition);
    await rig.library.publish(edition, ADMIN, null);
    const original = await rig.editions.original(before?.originalHash ?? "");
    expect(original?.toString("utf8")).toBe(decree("111 triệu"));
  });
});

describe("the gate", () => {
  it("shows each clause and each answer that would change, the old one beside the new one", async () => {
    const { edition } = await rig.stage(file("902.md", AMENDING));
    const report = await rig.library.check(edition);
    expect(report.changes.map(({ id, kind, what }) => [id, kind, ...what])).toEqual([
      ["901-2025-nd-cp#dieu-5.khoan-1", "changed", "validity"],
      ["901-2025-nd-cp#dieu-5.khoan-2", "changed", "validity"],
      ["902-2025-nd-cp#dieu-1", "added"],
    ]);
    expect(report).toMatchObject({ questions: 1, rightBefore: 1, rightAfter: 0, against: rig.first });
    expect(report.answers).toMatchObject([
      {
        id: "thu-1",
        verdict: "broken",
        before: { text: expect.stringContaining("111 triệu"), cited: ["901-2025-nd-cp#dieu-5.khoan-1"] },
        after: { text: expect.stringContaining("222 triệu"), cited: ["902-2025-nd-cp#dieu-1"] },
      },
    ]);
  });

  it("keeps an edition that breaks a golden question from being published, unless somebody writes why", async () => {
    const { edition } = await rig.stage(file("902.md", AMENDING));
    await expect(rig.library.publish(edition, ADMIN, null)).rejects.toThrow("chưa được kiểm tra");
    await rig.library.check(edition);
    await expect(rig.library.publish(edition, ADMIN, " ")).rejects.toThrow(
      /1 câu hỏi mẫu sẽ bị trả lời sai: thu-1/,
    );
    expect((await rig.ask(QUESTION)).text).toContain("111 triệu");
    await rig.library.publish(edition, ADMIN, "Mức mới đúng, câu hỏi mẫu sẽ sửa sau.");
    expect((await rig.ask(QUESTION)).text).toContain("222 triệu");
    expect((await rig.editions.history())[0]).toMatchObject({
      edition,
      previous: rig.first,
      reason: expect.stringContaining("Mức mới"),
      by: ADMIN.name,
    });
  });

  it("does not let an edition pass by dropping the question that it breaks", async () => {
    const { edition } = await rig.stage(file("902.md", AMENDING));
    await rig.library.remove(edition, "golden/thu.jsonl");
    const report = await rig.library.check(edition);
    expect(report.answers).toMatchObject([{ id: "thu-1", verdict: "broken" }]);
  });

  it("is passed by a change that comes with the golden question mended", async () => {
    const { edition } = await rig.stage(
      file("902.md", AMENDING),
      file("golden/thu.jsonl", GOLDEN.replace("111 triệu", "222 triệu")),
    );
    expect((await rig.library.check(edition)).answers).toMatchObject([{ verdict: "mended" }]);
    await rig.library.publish(edition, ADMIN, null);
    expect((await rig.ask(QUESTION)).text).toContain("222 triệu");
  });

  it("must be passed again after any change and after somebody else's publication", async () => {
    const { edition } = await rig.stage(file("documents/901.md", NEW));
    await rig.library.check(edition);
    await rig.library.add(edition, [file("904.md", about("904", "kho lạnh"))]);
    await expect(rig.library.publish(edition, ADMIN, null)).rejects.toThrow("chưa được kiểm tra");
    await rig.library.check(edition);
    const other = await rig.stage(file("905.md", about("905", "xe chở lúa")));
    await rig.library.check(other.edition);
    await rig.library.publish(other.edition, ADMIN, null);
    await expect(rig.library.publish(edition, ADMIN, null)).rejects.toThrow("xin kiểm tra lại");
    await rig.library.check(edition);
    await rig.library.publish(edition, ADMIN, null);
    const documents = (await rig.editions.files(edition)).flatMap(({ document }) => document ?? []);
    expect(documents).toEqual(expect.arrayContaining(["901/2025/NĐ-CP", "904/2025/NĐ-CP", "905/2025/NĐ-CP"]));
  }, 60_000);
});

describe("a file put in while the gate is at work", () => {
  it("does not pass under the report of what was there before", async () => {
    const { edition } = await rig.stage(file("904.md", about("904", "kho lạnh")));
    const checking = rig.library.check(edition);
    // After the check has read the files and before it has noted what it found.
    await new Promise((resolve) => setTimeout(resolve, 300));
    await rig.library.add(edition, [file("902.md", AMENDING)]);
    await checking;
    await expect(rig.library.publish(edition, ADMIN, null)).rejects.toThrow("đã đổi từ lúc kiểm tra");
    expect((await rig.ask(QUESTION)).text).toContain("111 triệu");
  }, 60_000);
});

describe("vectors", () => {
  it("are made again for exactly the khoản that was edited", async () => {
    expect(await rig.library.embed(rig.first)).toMatchObject({ "documents/901.md": 2 });
    const { edition } = await rig.stage(file("documents/901.md", NEW));
    expect((await rig.library.check(edition)).embedded).toEqual({ "documents/901.md": 1 });
    expect((await rig.library.check(edition)).embedded).toEqual({});
  }, 60_000);
});

describe("a rollback", () => {
  it("gives the answers of the old edition back byte for byte", async () => {
    const before = await rig.ask(QUESTION);
    const { edition } = await rig.stage(file("902.md", AMENDING));
    await rig.library.check(edition);
    await rig.library.publish(edition, ADMIN, "thử");
    expect((await rig.ask(QUESTION)).text).not.toBe(before.text);
    await rig.library.rollBack(rig.first, ADMIN, "sai mức");
    const { trace: _, ...after } = await rig.ask(QUESTION);
    expect(JSON.stringify(after)).toBe(JSON.stringify({ ...before, trace: undefined }));
    const [rollback, , first] = await rig.editions.history();
    expect(rollback).toMatchObject({ kind: "rollback", edition: rig.first, reason: "sai mức", overtaken: 3 });
    expect(rollback?.hash).toBe(first?.hash);
  });

  it("needs a reason, and an edition that was in force and is not now", async () => {
    const { edition } = await rig.stage(file("documents/901.md", NEW));
    await expect(rig.library.rollBack(rig.first, ADMIN, " ")).rejects.toThrow("lý do");
    await expect(rig.library.rollBack(rig.first, ADMIN, "thử")).rejects.toThrow("đang được dùng");
    await expect(rig.library.rollBack(edition, ADMIN, "thử")).rejects.toThrow("chưa từng được công bố");
  });
});
