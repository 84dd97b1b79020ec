import { Calibration, parseCatalog } from "./catalog.ts";
import { RefusedFile } from "./document.ts";

/** The calibration in the text of its file; null where it cannot be read. */
export function readCalibration(file: string, text: string): Calibration | null {
  try {
    return parseCatalog(file, Calibration, text);
  } catch (error) {
    if (error instanceof RefusedFile) return null;
    throw error;
  }
}
