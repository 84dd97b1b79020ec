import type { Calibration } from "../knowledge/catalog.ts";
import type { Corpus } from "../knowledge/corpus.ts";
import type { Ask } from "./answer.ts";
import { chooseThreshold } from "./calibrate.ts";
import { judge } from "./judging.ts";
import { TYPINGS } from "./typing.ts";

/** So few calibrating questions say nothing of a threshold. */
const FEWEST = 50;

/**
 * Sets the threshold of a corpus anew, by what its answers to its own calibrating questions are worth on an ISO day: a
 * new document moves every confidence a little, and the wanted precision shall stay what an admin set. `askOf` makes an
 * answerer by a calibration. Where there are too few such questions, the calibration stays as it is.
 */
export async function recalibrate(
  corpus: Corpus,
  askOf: (calibration: Calibration) => Promise<Ask>,
  today: string,
): Promise<Calibration> {
  const { calibration } = corpus.catalog;
  const questions = corpus.golden.filter(({ split }) => split === "calibrate");
  if (questions.length < FEWEST) return calibration;
  const judged = await judge(await askOf({ ...calibration, threshold: 0 }), questions, today);
  return { ...calibration, ...chooseThreshold(judged, calibration.wantedPrecision, TYPINGS.length) };
}
