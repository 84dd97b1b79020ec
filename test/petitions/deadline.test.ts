import { describe, expect, it } from "vitest";
import { buildCorpus } from "../../src/knowledge/corpus.ts";
import { createCalendar } from "../../src/petitions/calendar.ts";
import { type Clock, deadline, momentInVietnam } from "../../src/petitions/deadline.ts";
import { whyDue } from "../../src/petitions/why-due.ts";
import { ownFiles } from "../support/corpus.ts";

const { holidays } = buildCorpus(
  (await ownFiles()).filter(({ path }) => !/^(documents|golden)\//.test(path)),
).catalog;
const counting = { calendar: createCalendar(holidays), closesAt: "17:00" };

/** "2026-03-02 09:00" in Vietnam. */
const at = (moment: string) => new Date(`${moment.replace(" ", "T")}:00+07:00`);

type Given = { pauses?: [from: string, to: string | null][]; extension?: number };
function clock(received: string, { pauses = [], extension }: Given = {}): Clock {
  return {
    receivedAt: at(received),
    pauses: pauses.map(([from, to]) => ({ from: at(from), to: to === null ? null : at(to) })),
    extension: extension ? { days: extension, reason: "phải hỏi thêm sở" } : null,
  };
}
const dueOf = (received: string, days: number, given: Given = {}) =>
  deadline(clock(received, given), days, counting).due;

describe("a deadline in working days", () => {
  it.each<[about: string, received: string, days: number, due: string]>([
    ["begins on the day after receipt", "2026-03-02 09:00", 1, "2026-03-03"],
    ["passes over a weekend", "2026-03-05 09:00", 2, "2026-03-09"],
    ["of two days from a Monday", "2026-03-02 09:00", 2, "2026-03-04"],
    ["of five days is a week", "2026-03-02 09:00", 5, "2026-03-09"],
    ["of fifteen days is three weeks", "2026-03-02 09:00", 15, "2026-03-23"],
    ["of a Friday begins on Monday", "2026-03-06 16:59", 1, "2026-03-09"],
    ["received at closing time counts from the next day", "2026-03-02 17:00", 1, "2026-03-04"],
    ["received late in the evening counts from the next day", "2026-03-02 23:59", 1, "2026-03-04"],
    ["received after midnight belongs to that day", "2026-03-03 00:00", 1, "2026-03-04"],
    ["received on Friday evening counts from Monday", "2026-03-06 18:00", 1, "2026-03-10"],
    ["received on a Saturday counts from Monday", "2026-03-07 10:00", 1, "2026-03-10"],
    ["received on a Sunday counts from Monday", "2026-03-08 10:00", 1, "2026-03-10"],
    ["received on Sunday evening counts from Monday", "2026-03-08 20:00", 1, "2026-03-10"],
    ["passes over New Year", "2025-12-31 09:00", 1, "2026-01-02"],
    ["received on New Year's Day", "2026-01-01 09:00", 1, "2026-01-05"],
    ["passes over the whole of Tết 2026", "2026-02-13 09:00", 1, "2026-02-23"],
    ["of fifteen days across Tết 2026", "2026-02-10 09:00", 15, "2026-03-10"],
    ["received on the last evening before Tết 2026", "2026-02-13 17:30", 1, "2026-02-24"],
    ["received on the first day of Tết 2026", "2026-02-17 09:00", 2, "2026-02-25"],
    ["ends before Tết 2026", "2026-02-11 09:00", 2, "2026-02-13"],
    ["passes over the Hùng kings' day and the day in its place", "2026-04-24 09:00", 1, "2026-04-28"],
    ["passes over 30 April and 1 May", "2026-04-29 09:00", 1, "2026-05-04"],
    ["of five days across all three spring holidays", "2026-04-23 09:00", 5, "2026-05-05"],
    ["received on 30 April", "2026-04-30 09:00", 1, "2026-05-05"],
    ["passes over 1 and 2 September", "2026-08-31 09:00", 1, "2026-09-03"],
    ["of fifteen days across 2 September", "2026-08-24 09:00", 15, "2026-09-16"],
    ["received on 2 September", "2026-09-02 09:00", 1, "2026-09-04"],
    ["passes over 24 November", "2026-11-23 09:00", 1, "2026-11-25"],
    ["passes over Tết 2027 and the days in place of its weekend", "2027-02-04 09:00", 1, "2027-02-12"],
    ["passes over 1 May 2027 and the Monday in its place", "2027-04-29 09:00", 1, "2027-05-04"],
  ])("%s", (_, received, days, due) => {
    expect(dueOf(received, days)).toBe(due);
  });

  it.each<[about: string, received: string, given: Given, due: string | null]>([
    ["stands while nobody has answered", "2026-03-02 09:00", { pauses: [["2026-03-04 10:00", null]] }, null],
    [
      "leaves out the days after the question up to the answer",
      "2026-03-02 09:00",
      { pauses: [["2026-03-04 10:00", "2026-03-06 10:00"]] },
      "2026-03-11",
    ],
    [
      "loses nothing when the answer comes on the same day",
      "2026-03-02 09:00",
      { pauses: [["2026-03-04 10:00", "2026-03-04 15:00"]] },
      "2026-03-09",
    ],
    [
      "runs on from the next working day after an answer in the evening",
      "2026-03-02 09:00",
      { pauses: [["2026-03-04 10:00", "2026-03-04 19:00"]] },
      "2026-03-10",
    ],
    [
      "takes an answer on a Sunday for one on Monday",
      "2026-03-02 09:00",
      { pauses: [["2026-03-05 10:00", "2026-03-08 10:00"]] },
      "2026-03-11",
    ],
    [
      "stands through a holiday without counting it twice",
      "2026-04-28 09:00",
      { pauses: [["2026-04-29 10:00", "2026-05-04 10:00"]] },
      "2026-05-08",
    ],
    [
      "stands twice",
      "2026-03-02 09:00",
      {
        pauses: [
          ["2026-03-03 10:00", "2026-03-04 10:00"],
          ["2026-03-05 10:00", "2026-03-06 10:00"],
        ],
      },
      "2026-03-11",
    ],
    [
      "stays where it was when the member is asked after it has passed",
      "2026-03-02 09:00",
      { pauses: [["2026-03-12 10:00", null]] },
      "2026-03-09",
    ],
    ["is longer by an extension", "2026-03-02 09:00", { extension: 10 }, "2026-03-23"],
    ["of an extension passes over holidays too", "2026-04-20 09:00", { extension: 5 }, "2026-05-07"],
    [
      "is longer by both",
      "2026-03-02 09:00",
      { pauses: [["2026-03-04 10:00", "2026-03-06 10:00"]], extension: 2 },
      "2026-03-13",
    ],
    [
      "counts what remains of an extension while it stands",
      "2026-03-02 09:00",
      { pauses: [["2026-03-09 10:00", null]], extension: 2 },
      null,
    ],
  ])("of five days %s", (_, received, given, due) => {
    expect(dueOf(received, 5, given)).toBe(due);
  });

  it("tells on which day it stopped and what remains", () => {
    const found = deadline(clock("2026-03-02 09:00", { pauses: [["2026-03-04 10:00", null]] }), 5, counting);
    expect(found).toMatchObject({ stoppedOn: "2026-03-04", remaining: 3 });
  });

  it("is always a working day, and never comes earlier for more days", () => {
    for (let n = 0; n < 365; n++) {
      const received = new Date(at("2026-01-01 00:00").getTime() + n * 86_400_000 + (n % 24) * 3_600_000);
      const dues = [1, 2, 5, 15].map(
        (days) => deadline({ receivedAt: received, pauses: [], extension: null }, days, counting).due ?? "",
      );
      expect(dues).toEqual([...dues].sort());
      for (const due of dues) {
        expect(counting.calendar.whyOff(due)).toBeNull();
        expect(due > momentInVietnam(received).day).toBe(true);
      }
    }
  });
});

describe("vì sao là ngày này", () => {
  const why = (received: string, days: number, given: Given = {}) =>
    whyDue(deadline(clock(received, given), days, counting), "mức của cơ quan");

  it("names the deadline, where it comes from, the receipt and every holiday that was passed over", () => {
    expect(why("2026-04-23 09:00", 5)).toBe(
      [
        "Hạn: hết ngày 5/5/2026.",
        "Thời hạn: 5 ngày làm việc (mức của cơ quan).",
        "Nhận ngày 23/4/2026; tính từ ngày hôm sau.",
        "Không tính 3 ngày thứ Bảy, Chủ nhật.",
        "Không tính ngày nghỉ: 26/4/2026 (Giỗ Tổ Hùng Vương (mùng 10 tháng 3 âm lịch)); 27/4/2026 (Nghỉ bù Giỗ Tổ Hùng Vương, ngày nghỉ dự kiến); 30/4/2026 (Ngày Chiến thắng); 1/5/2026 (Ngày Quốc tế Lao động).",
      ].join("\n"),
    );
  });

  it.each([
    [
      "2026-03-02 18:00",
      "Nhận vào sau giờ làm việc (17:00) nên coi như nhận ngày làm việc kế tiếp, 3/3/2026",
    ],
    ["2026-03-07 10:00", "Nhận vào ngày nghỉ (Thứ Bảy) nên coi như nhận ngày làm việc kế tiếp, 9/3/2026"],
    [
      "2026-02-17 10:00",
      "Nhận vào ngày nghỉ (Tết Nguyên đán (mùng 1)) nên coi như nhận ngày làm việc kế tiếp, 23/2/2026",
    ],
  ])("says why what came at %s counts later", (received, said) => {
    expect(why(received, 5)).toContain(said);
  });

  it("tells the days spent waiting for the member, and the extension with its reason", () => {
    const said = why("2026-03-02 09:00", 5, {
      pauses: [["2026-03-05 10:00", "2026-03-10 10:00"]],
      extension: 2,
    });
    expect(said).toContain(
      "7 ngày làm việc (mức của cơ quan), trong đó gia hạn 2 ngày vì: phải hỏi thêm sở.",
    );
    expect(said).toContain("Không tính 3 ngày làm việc chờ bà con bổ sung thông tin: 6/3/2026–10/3/2026.");
  });

  it("tells that the clock stands and what remains", () => {
    expect(why("2026-03-02 09:00", 5, { pauses: [["2026-03-04 10:00", null]] })).toMatch(
      /^Đang tạm dừng từ ngày 4\/3\/2026 để chờ bà con bổ sung thông tin; khi có trả lời còn 3 ngày làm việc\./,
    );
  });

  it("admits that the holidays of a year are not known yet", () => {
    expect(why("2027-12-30 09:00", 5)).toContain("Chưa có lịch nghỉ lễ năm 2028");
    expect(why("2026-03-02 09:00", 5)).not.toContain("Chưa có lịch");
  });
});
