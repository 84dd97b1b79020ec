import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import {
  CALIBRATION_FILE,
  calibrationText,
  followsAlike,
  readCalibration,
} from "../../src/knowledge/calibration-file.ts";
import type { Calibration } from "../../src/knowledge/catalog.ts";

const read = (text: string) => readCalibration(CALIBRATION_FILE, text) as Calibration;
const own = read(await readFile(new URL("../../knowledge/calibration.yaml", import.meta.url), "utf8"));

describe("a calibration", () => {
  it("reads back as it was written", () => {
    expect(read(calibrationText(own))).toEqual(own);
    expect(read(calibrationText({ ...own, curve: [] }))).toEqual({ ...own, curve: [] });
  });

  it("is written with three digits, and with a line for each point of its curve", () => {
    const text = calibrationText({ ...own, bias: 1 / 3 });
    expect(text).toContain("bias: 0.333\n");
    expect(text.match(/^ {2}- \{ threshold: .* \}$/gm)).toHaveLength(own.curve.length);
  });

  it("is null where it cannot be read", () => {
    expect(readCalibration(CALIBRATION_FILE, "threshold: nhiều")).toBeNull();
  });

  it("follows like another one that differs in its threshold and curve alone", () => {
    expect(followsAlike(own, { ...own, threshold: 0.1, curve: [] })).toBe(true);
    expect(followsAlike(own, { ...own, wantedPrecision: 0.9 })).toBe(false);
    expect(followsAlike(own, { ...own, weights: { ...own.weights, fits: 9 } })).toBe(false);
  });
});
