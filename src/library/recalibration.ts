import type { EditionStore } from "../db/editions.ts";
import {
  CALIBRATION_FILE,
  calibrationText,
  followsAlike,
  readCalibration,
} from "../knowledge/calibration-file.ts";
import type { Calibration } from "../knowledge/catalog.ts";
import type { EditionFile } from "../knowledge/edition.ts";
import type { ThresholdChange } from "../knowledge/gate-report.ts";
import { pointAt } from "../knowledge/precision.ts";
import { sha256 } from "./staging.ts";

type Editions = Pick<EditionStore, "find" | "files" | "undo" | "put">;

/**
 * Takes the threshold of an earlier check out of a staged edition, so that what was published meanwhile is not undone by
 * it; a calibration that a person changed stays.
 */
export async function dropThreshold(edition: number, editions: Editions): Promise<void> {
  const base = (await editions.find(edition))?.base ?? null;
  if (base === null) return;
  const [own, others] = [
    calibrationIn(await editions.files(edition)),
    calibrationIn(await editions.files(base)),
  ];
  if (own && others && own.textHash !== others.textHash && alike(own, others))
    await editions.undo(edition, CALIBRATION_FILE);
}

/** Puts the threshold that a check found into the staged edition, where it is a new one; the files as they are then. */
export async function keepThreshold(
  edition: number,
  files: EditionFile[],
  calibration: Calibration,
  editions: Editions,
): Promise<EditionFile[]> {
  const held = calibrationIn(files);
  const text = calibrationText(calibration);
  if (!held || sameCalibration(held.text, text)) return files;
  const made = { ...held, text, textHash: sha256(text), originalHash: sha256(text), sidecar: null };
  await editions.put(edition, [{ ...made, bytes: new TextEncoder().encode(text) }]);
  return files.map((file) => (file === held ? made : file));
}

/** What the check says of the threshold; null where the corpus has no curve. */
export function thresholdChange({
  before,
  after,
}: Record<"before" | "after", Calibration>): ThresholdChange | null {
  const point = pointAt(after.curve, after.threshold);
  return (
    point && {
      wanted: after.wantedPrecision,
      before: before.threshold,
      after: after.threshold,
      answered: point.answered,
      precision: point.precision,
    }
  );
}

function calibrationIn(files: EditionFile[]): EditionFile | undefined {
  return files.find(({ path }) => path === CALIBRATION_FILE);
}

function alike(a: EditionFile, b: EditionFile): boolean {
  const [one, other] = [a, b].map(({ path, text }) => readCalibration(path, text));
  return !!one && !!other && followsAlike(one, other);
}

/** A file with another comment or another order says the same. */
function sameCalibration(a: string, b: string): boolean {
  const [one, other] = [a, b].map((text) => readCalibration(CALIBRATION_FILE, text));
  return !!one && !!other && calibrationText(one) === calibrationText(other);
}
