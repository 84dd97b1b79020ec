import { stringify } from "yaml";
import { Calibration, parseCatalog } from "./catalog.ts";
import { RefusedFile } from "./document.ts";

/** Where a knowledge folder and an edition keep how sure an answer must be. */
export const CALIBRATION_FILE = "calibration.yaml";

/** The calibration in the text of its file; null where it cannot be read. */
export function readCalibration(file: string, text: string): Calibration | null {
  try {
    return parseCatalog(file, Calibration, text);
  } catch (error) {
    if (error instanceof RefusedFile) return null;
    throw error;
  }
}

/** The text of the file, with figures of three digits and a point of the curve on a line of its own, since there are a hundred. */
export function calibrationText({ curve, ...model }: Calibration): string {
  const rounded = {
    ...model,
    threshold: inThousandths(model.threshold),
    bias: inThousandths(model.bias),
    weights: Object.fromEntries(
      Object.entries(model.weights).map(([name, weight]) => [name, inThousandths(weight)]),
    ),
  };
  const points = curve.map((point) => `  - ${stringify(point, { collectionStyle: "flow" })}`);
  return `${MADE_BY}\n${stringify(rounded)}curve:${points.length > 0 ? `\n${points.join("")}` : " []\n"}`;
}

const MADE_BY =
  "# From the golden set: fitted on its building part by npm run calibrate, the threshold set on its calibrating part there and at each check.";

function inThousandths(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** Whether two calibrations differ in nothing but what follows from the corpus: the threshold and its curve. */
export function followsAlike(a: Calibration, b: Calibration): boolean {
  const chosen = ({ wantedPrecision, bias, weights }: Calibration) =>
    JSON.stringify([wantedPrecision, bias, Object.entries(weights).sort()]);
  return chosen(a) === chosen(b);
}
