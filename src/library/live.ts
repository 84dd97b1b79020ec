import type { Telling } from "./serving.ts";

/** Something made from what is in force, exchanged as a whole when that changes. */
export type Live<T> = {
  /** What is in use now; whoever took it keeps it whole until he lets go of it. */
  now(): T;
  /** Looks what is in force and takes it into use; resolves when it is. A failure leaves the old one in use. */
  refresh(): Promise<void>;
  /** Why what is in force is not in use; null while it is. */
  fault(): string | null;
};

/** Makes the first one, or throws. Calls of `refresh` that come while one is under way share the next. */
export async function createLive<T extends { edition: number }>(given: {
  current: () => Promise<number>;
  build: (edition: number) => Promise<T>;
  log: Telling;
}): Promise<Live<T>> {
  let inUse = await given.build(await given.current());
  let fault: string | null = null;
  let last = Promise.resolve();
  let waiting: Promise<void> | null = null;

  async function catchUp(): Promise<void> {
    waiting = null;
    try {
      const wanted = await given.current();
      if (wanted !== inUse.edition) {
        inUse = await given.build(wanted);
        given.log.info({ edition: wanted }, "đã dùng bản kiến thức mới");
      }
      fault = null;
    } catch (error) {
      fault = "chưa dùng được bản kiến thức mới nhất";
      given.log.error({ err: error }, fault);
    }
  }

  return {
    now: () => inUse,
    fault: () => fault,
    refresh() {
      waiting ??= last = last.then(catchUp);
      return waiting;
    },
  };
}
