import { describe, expect, it } from "vitest";
import { Deadlines } from "../../src/knowledge/catalog.ts";
import { type ClockEvent, clockOf, createOfficeTime } from "../../src/petitions/clock.ts";
import type { Status } from "../../src/petitions/petition.ts";
import type { PetitionFile } from "../../src/petitions/petition-file.ts";

const at = (moment: string) => new Date(`${moment}:00+07:00`);
const step = (
  moment: string,
  statusFrom: Status | null,
  statusTo: Status | null,
  extendedBy?: number,
): ClockEvent => ({
  statusFrom,
  statusTo,
  at: at(moment),
  reason: extendedBy ? "phải hỏi thêm" : null,
  details: extendedBy ? { extendedBy } : null,
});
const RECEIVED = step("2026-03-02T09:00", null, "received");
const time = createOfficeTime(Deadlines.parse({}), []);

describe("the clock of a petition", () => {
  it("runs from the receipt, stands from every question to what follows it, and knows the extension", () => {
    const events = [
      RECEIVED,
      step("2026-03-03T09:00", "received", "needs-info"),
      step("2026-03-04T09:00", "needs-info", "in-review"),
      step("2026-03-05T09:00", null, null, 5),
      step("2026-03-06T09:00", "in-review", "needs-info"),
    ];
    expect(clockOf(events)).toEqual({
      receivedAt: RECEIVED.at,
      pauses: [
        { from: at("2026-03-03T09:00"), to: at("2026-03-04T09:00") },
        { from: at("2026-03-06T09:00"), to: null },
      ],
      extension: { days: 5, reason: "phải hỏi thêm" },
    });
  });

  it("goes on standing when the member is asked something else", () => {
    const events = [
      RECEIVED,
      step("2026-03-03T09:00", "received", "needs-info"),
      step("2026-03-05T09:00", "needs-info", "needs-info"),
    ];
    expect(clockOf(events).pauses).toEqual([
      { from: at("2026-03-03T09:00"), to: at("2026-03-05T09:00") },
      { from: at("2026-03-05T09:00"), to: null },
    ]);
    expect(time.due("kien-nghi", "needs-info", events).answerBy).toBeNull();
  });

  it("begins anew, without pauses and extension, when a petition is reopened", () => {
    const events = [
      RECEIVED,
      step("2026-03-03T09:00", null, null, 5),
      step("2026-03-04T09:00", "received", "answered"),
      step("2026-04-01T09:00", "answered", "reopened"),
    ];
    expect(clockOf(events)).toEqual({ receivedAt: at("2026-04-01T09:00"), pauses: [], extension: null });
  });

  it("cannot be read from a history without a beginning", () => {
    expect(() => clockOf([step("2026-03-04T09:00", "received", "answered")])).toThrow("must begin");
  });
});

describe("what is due", () => {
  it("of a new petition is the review and the answer, of one under review the answer alone", () => {
    expect(time.due("kien-nghi", "received", [RECEIVED])).toEqual({
      reviewBy: "2026-03-04",
      answerBy: "2026-03-23",
    });
    const events = [RECEIVED, step("2026-03-03T09:00", "received", "in-review")];
    expect(time.due("kien-nghi", "in-review", events)).toEqual({ reviewBy: null, answerBy: "2026-03-23" });
  });

  it("is nothing for agreement, and nothing once a petition is nobody's work", () => {
    const nothing = { reviewBy: null, answerBy: null };
    expect(time.due("dong-thuan", "received", [RECEIVED])).toEqual(nothing);
    for (const status of ["answered", "resolved", "withdrawn", "not-within-authority"] as const)
      expect(time.due("kien-nghi", status, [RECEIVED])).toEqual(nothing);
  });

  it("soon ends so many working days after today", () => {
    expect(time.daysAt(at("2026-03-05T23:30"))).toEqual({ today: "2026-03-05", soonUntil: "2026-03-09" });
  });
});

describe("an extension", () => {
  const file = (given: Partial<PetitionFile>) =>
    ({ dueOn: "2026-03-23", events: [RECEIVED], ...given }) as PetitionFile;
  const now = at("2026-03-10T09:00");

  it("moves the last day by working days", () => {
    expect(time.extended(file({}), 5, now)).toEqual({ dueOn: "2026-03-30" });
  });

  it.each<[string, Partial<PetitionFile>, number, string]>([
    ["nothing is due", { dueOn: null }, 5, "không có hạn"],
    [
      "it was extended before",
      { events: [RECEIVED, step("2026-03-05T09:00", null, null, 5)] as never },
      5,
      "một lần",
    ],
    ["the deadline has passed", { dueOn: "2026-03-09" }, 5, "đã qua"],
    ["it is too long", {}, 16, "1 đến 15"],
    ["it is no number of days", {}, 0.5, "1 đến 15"],
  ])("is refused when %s", (_, given, days, reason) => {
    expect(time.extended(file(given), days, now)).toEqual({ fault: expect.stringContaining(reason) });
  });
});
