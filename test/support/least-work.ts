/** Fewer tries do not get past the collector and the other tests of a busy machine. */
const TRIES = 5;

/** The least that a piece of work took in several tries, in milliseconds of this process's CPU; the first try warms up. */
export function leastWorkMs(work: () => unknown): number {
  work();
  const tries = Array.from({ length: TRIES }, () => {
    const began = process.cpuUsage();
    work();
    return process.cpuUsage(began).user / 1000;
  });
  return Math.min(...tries);
}
