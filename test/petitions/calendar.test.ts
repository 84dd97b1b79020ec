import { describe, expect, it } from "vitest";
import {
  addWorkingDays,
  createCalendar,
  dayAfter,
  nextWorkingDay,
  writtenDay,
} from "../../src/petitions/calendar.ts";

const holiday = (date: string, given: { compensates?: string; certainty?: "to-verify" } = {}) => ({
  date,
  name: `Lễ ${date}`,
  certainty: "certain" as const,
  ...given,
});

describe("the working calendar", () => {
  it("takes weekends and holidays off, and tells why", () => {
    const { whyOff } = createCalendar([holiday("2026-09-02")]);
    expect(["2026-09-01", "2026-09-02", "2026-09-05", "2026-09-06"].map(whyOff)).toEqual([
      null,
      "Lễ 2026-09-02",
      "Thứ Bảy",
      "Chủ nhật",
    ]);
  });

  it("marks a day off that waits for its announcement", () => {
    expect(createCalendar([holiday("2026-09-01", { certainty: "to-verify" })]).whyOff("2026-09-01")).toBe(
      "Lễ 2026-09-01, ngày nghỉ dự kiến",
    );
  });

  it("gives the next working day off for a holiday on a weekend, past other holidays", () => {
    const { whyOff } = createCalendar([holiday("2028-01-01"), holiday("2028-01-03")]);
    expect(whyOff("2028-01-04")).toBe("Nghỉ bù Lễ 2028-01-01");
    expect(whyOff("2028-01-05")).toBeNull();
  });

  it("follows the data where they say which day compensates", () => {
    const { whyOff } = createCalendar([
      holiday("2028-01-01"),
      holiday("2028-01-07", { compensates: "2028-01-01" }),
    ]);
    expect([whyOff("2028-01-03"), whyOff("2028-01-07")]).toEqual([null, "Lễ 2028-01-07"]);
  });

  it("knows the years that it has holidays of", () => {
    const { knows } = createCalendar([holiday("2026-09-02")]);
    expect([knows("2026-01-01"), knows("2027-01-01")]).toEqual([true, false]);
  });

  it("counts working days across weekends, months and years", () => {
    const calendar = createCalendar([holiday("2027-01-01")]);
    expect(nextWorkingDay("2026-12-31", calendar)).toBe("2027-01-04");
    expect(addWorkingDays("2026-12-30", 3, calendar)).toBe("2027-01-05");
    expect(addWorkingDays("2026-12-30", 0, calendar)).toBe("2026-12-30");
    expect(dayAfter("2028-02-28")).toBe("2028-02-29");
    expect(writtenDay("2026-09-02")).toBe("2/9/2026");
  });
});
