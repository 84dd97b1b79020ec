import { describe, expect, it } from "vitest";
import { callOf, kindOf, labelOf, lineOf, pointsIn } from "../../../../scripts/faults/crash/point.ts";

describe("the label of a statement", () => {
  it.each<[string, string | null]>([
    ["insert into petitions (code) values ($1) returning id", "insert petitions"],
    ["update conversations set state = $2 where id = $1", "update conversations"],
    ["DELETE FROM zalo_rotations WHERE app_id = $1", "delete zalo_rotations"],
    [
      "with added as (insert into messages (key) values ($1)) update conversations set x = 1",
      "insert messages",
    ],
    ["-- then update nothing\ninsert into messages (key) values ($1)", "insert messages"],
    ["select state from conversations where id = $1 for update", null],
    ["select 1 from messages m for update of m skip locked", null],
    ["insert into leaderships as l (office) values ($1)", null],
    ["update messages set status = $4, provider_id = $5 where id = $1", "mark messages"],
    ["update messages set due_at = now() + make_interval(secs => $4) where id = $1", "mark messages"],
    ["commit", null],
  ])("of %j is %j", (text, label) => {
    expect(labelOf(text)).toBe(label);
  });

  it("tells claims of what came in from claims of what goes out, and from claims of files", () => {
    const claim = (table: string) =>
      `with next as (select id from x for update skip locked) update ${table} m set leases = 1`;
    expect(labelOf(claim("messages"), ["in", "owner"])).toBe("claim in");
    expect(labelOf(claim("messages"), ["out", "owner"])).toBe("claim out");
    expect(labelOf(claim("petition_attachments"))).toBe("claim petition_attachments");
  });
});

describe("the label of a call", () => {
  const root = "http://127.0.0.1:1/bot7000000001:secret";
  it.each<[string, string | null]>([
    [`${root}/sendMessage`, "send sendmessage"],
    [`${root}/answerCallbackQuery`, "send answercallbackquery"],
    [`${root}/getFile`, "fetch getfile"],
    ["http://127.0.0.1:1/file/bot7000000001:secret/photos/1.jpg", "fetch file"],
    [`${root}/sendChatAction`, null],
    [`${root}/setWebhook`, null],
    ["http://127.0.0.1:1/elsewhere", null],
  ])("to %s is %j", (address, label) => {
    expect(callOf(address)).toBe(label);
  });
});

describe("a trace", () => {
  it("is read back as it was written", () => {
    const points = [
      { phase: "before", label: "commit after insert messages", nth: 2 },
      { phase: "after", label: "send sendmessage", nth: 11 },
    ] as const;
    expect(pointsIn(`armed\n${points.map(lineOf).join("\n")}\n`)).toEqual(points);
    expect(points.map(kindOf)).toEqual(["commit", "send"]);
  });
});
