import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createAssistant } from "../../src/answering/assistant.ts";
import { buildCorpus } from "../../src/knowledge/corpus.ts";
import type { Keep } from "../../src/knowledge/keep.ts";
import { openKeptParts } from "../../src/library/kept-parts.ts";
import { createEmbed } from "../../src/providers/embeddings.ts";
import { ownFiles, TODAY } from "../support/corpus.ts";

const PART = { keys: new Map([["vay", 1]]), weights: new Float64Array([0.5, 1]), lists: [[1, 2]] };

let folder: string;
let faults: string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cau-noi-index-"));
});
beforeEach(async () => {
  faults = [];
  await rm(folder, { recursive: true, force: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What keeps the parts of a state, as after a start of its own. */
const started = (state: string, program = "1") =>
  openKeptParts(
    folder,
    (_error, message) => void faults.push(message),
    async () => program,
  )(state);

/** Takes the part, and says whether it had to be worked out. */
async function take(keep: Keep) {
  let isNew = false;
  const part = await keep("words", async () => {
    isNew = true;
    return PART;
  });
  expect(part).toEqual(PART);
  return isNew ? "worked out" : "loaded";
}

const onlyFile = async () => {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  return files.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))[0] ?? "";
};

describe("what was worked out from a state of the knowledge", () => {
  it("is loaded by the next start, whole", async () => {
    expect(await take(await started("a"))).toBe("worked out");
    expect(await take(await started("a"))).toBe("loaded");
  });

  it("is never taken for another state, nor where another program worked it out", async () => {
    await take(await started("a"));
    expect(await take(await started("b"))).toBe("worked out");
    expect(await take(await started("a", "2"))).toBe("worked out");
    expect(await take(await started("a"))).toBe("loaded");
  });

  it.each([
    ["is torn", (file: string) => truncate(file, 40)],
    ["is empty", (file: string) => truncate(file, 0)],
    [
      "has one wrong bit",
      async (file: string) => {
        const bytes = await readFile(file);
        bytes[60] = (bytes[60] ?? 0) ^ 1;
        await writeFile(file, bytes);
      },
    ],
  ])("is worked out and kept anew where its file %s", async (_what, spoil) => {
    await take(await started("a"));
    await spoil(await onlyFile());
    expect(await take(await started("a"))).toBe("worked out");
    expect(await take(await started("a"))).toBe("loaded");
    expect(faults).toEqual([]);
  });

  it("is worked out each time where nothing can be written, which is said", async () => {
    await writeFile(folder, "a file where the folder should be");
    expect(await take(await started("a"))).toBe("worked out");
    expect(await take(await started("a"))).toBe("worked out");
    expect(faults).toEqual([expect.stringContaining("chỉ mục"), expect.stringContaining("chỉ mục")]);
  });

  it("goes when three other states were used later", async () => {
    for (const state of ["a", "b", "c", "d"]) {
      await take(await started(state));
      await sleep(20);
    }
    expect(await readdir(folder)).toHaveLength(3);
    expect(await take(await started("d"))).toBe("loaded");
    expect(await take(await started("a"))).toBe("worked out");
  });

  it("gives the same answers with the same traces as what was just made", async () => {
    const files = await ownFiles();
    const embed = await createEmbed(null);
    const answererOf = async () => {
      const keep = await started("all");
      const corpus = await keep("corpus", async () => buildCorpus(files));
      return { corpus, ask: await createAssistant(corpus, { embed, clock: () => 0, keep }) };
    };
    const [made, loaded] = [await answererOf(), await answererOf()];
    expect(loaded.corpus).toEqual(made.corpus);
    for (const { text, context } of made.corpus.golden.filter((_, i) => i % 40 === 0)) {
      const question = { text, context, today: TODAY };
      expect(await loaded.ask(question)).toEqual(await made.ask(question));
    }
  }, 60_000);
});
