import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CALIBRATION_FILE, calibrationText, readCalibration } from "../../src/knowledge/calibration-file.ts";
import type { Calibration } from "../../src/knowledge/catalog.ts";
import { dropThreshold, keepThreshold, thresholdChange } from "../../src/library/recalibration.ts";
import { ADMIN, createLibraryRig, file, GOLDEN, type LibraryRig, QUESTION } from "../support/library-rig.ts";

let rig: LibraryRig;
let first: Calibration;
beforeAll(async () => {
  rig = await createLibraryRig();
  first = await calibrationOf(rig.first);
});
afterAll(() => rig.drop());

async function calibrationOf(edition: number): Promise<Calibration> {
  const held = (await rig.editions.files(edition)).find(({ path }) => path === CALIBRATION_FILE);
  return readCalibration(CALIBRATION_FILE, held?.text ?? "") as Calibration;
}

const saved = (calibration: Calibration) => file(CALIBRATION_FILE, calibrationText(calibration));
const point = { threshold: 0.3, answered: 0.8, precision: 0.96 };

describe("a check", () => {
  it("sets the threshold that the calibrating questions call for, which is in force with the edition", {
    timeout: 60_000,
  }, async () => {
    const questions = Array.from({ length: 60 }, (_, i) =>
      JSON.stringify({
        ...JSON.parse(GOLDEN),
        id: `can-${i}`,
        text: `${QUESTION}, lần ${i} tui hỏi`,
        split: "calibrate",
      }),
    );
    const { edition } = await rig.stage(file("golden/can-chinh.jsonl", questions.join("\n")));
    const { threshold, hash } = await rig.library.check(edition);
    await rig.library.publish(edition, ADMIN, null);
    const after = await calibrationOf((await rig.editions.current()) ?? 0);
    expect(after).toMatchObject({ wantedPrecision: first.wantedPrecision, weights: first.weights });
    expect(after.threshold).toBeLessThan(first.threshold - 0.2);
    expect(threshold).toMatchObject({ before: first.threshold, after: after.threshold });
    expect(threshold?.answered).toBeGreaterThanOrEqual(0.98);
    expect((await rig.editions.history(1))[0]?.hash).toBe(hash);
  });
});

describe("the threshold that a check found", () => {
  let edition: number;
  beforeEach(async () => {
    edition = await rig.library.stage(ADMIN, null);
  });
  const keep = async (calibration: Calibration) =>
    keepThreshold(edition, await rig.editions.files(edition), calibration, rig.editions);

  it("is kept in the edition, and among the files whose hash the report bears", async () => {
    const files = await keep({ ...first, threshold: 0.3 });
    expect((await calibrationOf(edition)).threshold).toBe(0.3);
    const held = await rig.editions.files(edition);
    expect(files.map(({ path, textHash }) => [path, textHash])).toEqual(
      held.map(({ path, textHash }) => [path, textHash]),
    );
  });

  it("changes no file when it is the one that is there", async () => {
    const files = await rig.editions.files(edition);
    expect(await keepThreshold(edition, files, await calibrationOf(edition), rig.editions)).toBe(files);
  });

  it("is taken out again before what was published since is taken in", async () => {
    await keep({ ...(await calibrationOf(edition)), threshold: 0.3 });
    await dropThreshold(edition, rig.editions);
    expect(await calibrationOf(edition)).toEqual(await calibrationOf((await rig.editions.current()) ?? 0));
  });

  it("stays with a wanted precision that its own edition brings", async () => {
    const own = { ...(await calibrationOf(edition)), wantedPrecision: 0.8, threshold: 0.2 };
    await rig.library.add(edition, [saved(own)]);
    await dropThreshold(edition, rig.editions);
    expect(await calibrationOf(edition)).toMatchObject({ wantedPrecision: 0.8, threshold: 0.2 });
  });
});

describe("what a report says of the threshold", () => {
  it("is where it stood, where it stands, and what the curve promises there", () => {
    const after = { ...first, threshold: 0.3, curve: [point] };
    expect(thresholdChange({ before: first, after })).toEqual({
      wanted: first.wantedPrecision,
      before: first.threshold,
      after: 0.3,
      answered: 0.8,
      precision: 0.96,
    });
  });

  it("is nothing where there is no curve", () => {
    expect(thresholdChange({ before: first, after: { ...first, curve: [] } })).toBeNull();
  });
});
