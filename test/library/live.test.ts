import { describe, expect, it } from "vitest";
import { createLive } from "../../src/library/live.ts";

const quiet = { info: () => {}, error: () => {} };

/** What is in force, and the builds that were begun; a build of edition 13 fails. */
function world() {
  const state = { edition: 1, builds: [] as number[], releases: [] as (() => void)[] };
  const live = (held = false) =>
    createLive({
      current: async () => state.edition,
      async build(edition) {
        state.builds.push(edition);
        if (held && edition > 1) await new Promise<void>((release) => state.releases.push(release));
        if (edition === 13) throw new Error("cannot be read");
        return { edition };
      },
      log: quiet,
    });
  return { state, live };
}

describe("what is in force", () => {
  it("is exchanged as a whole when another edition is published", async () => {
    const { state, live } = world();
    const inUse = await live();
    const held = inUse.now();
    state.edition = 2;
    expect(inUse.now()).toEqual({ edition: 1 });
    await inUse.refresh();
    expect(inUse.now()).toEqual({ edition: 2 });
    expect(held).toEqual({ edition: 1 });
  });

  it("is not built again when it is in use already", async () => {
    const { state, live } = world();
    await (await live()).refresh();
    expect(state.builds).toEqual([1]);
  });

  it("stays in use when the next one cannot be read, says so, and is exchanged once that is mended", async () => {
    const { state, live } = world();
    const inUse = await live();
    state.edition = 13;
    await inUse.refresh();
    expect([inUse.now().edition, inUse.fault()]).toEqual([1, "chưa dùng được bản kiến thức mới nhất"]);
    state.edition = 3;
    await inUse.refresh();
    expect([inUse.now().edition, inUse.fault()]).toEqual([3, null]);
  });

  it("answers with the old one while the next one is being built, and builds only the newest of several", async () => {
    const { state, live } = world();
    const inUse = await live(true);
    state.edition = 2;
    const first = inUse.refresh();
    await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve, 5));
    state.edition = 3;
    void inUse.refresh();
    state.edition = 4;
    const last = inUse.refresh();
    expect(inUse.now().edition).toBe(1);
    state.releases.shift()?.();
    await first;
    expect(inUse.now().edition).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 5));
    state.releases.shift()?.();
    await last;
    expect([inUse.now().edition, state.builds]).toEqual([4, [1, 2, 4]]);
  });

  it("cannot begin without a first one", async () => {
    const { state, live } = world();
    state.edition = 13;
    await expect(live()).rejects.toThrow("cannot be read");
  });
});
