import { describe, expect, it } from "vitest";
import {
  examine,
  type Faults,
  isClean,
  type MessageRow,
  type Posted,
  type Stored,
} from "../../scripts/kills/checks.ts";
import { createRandom } from "../../scripts/kills/random.ts";
import { runScript } from "../support/script.ts";

const NONE: Faults = {
  lost: 0,
  repeated: 0,
  unanswered: 0,
  dead: 0,
  stuck: 0,
  wrongChat: 0,
  inversions: 0,
  petitionsLost: 0,
  doubled: 0,
};

function post(member: number, id: number | null, given: Partial<Posted> = {}): Posted {
  return {
    member,
    clientId: `key-${id}`,
    text: "câu hỏi",
    acknowledged: id,
    isConfirmation: false,
    ...given,
  };
}

function row(id: number, chat: number, given: Partial<MessageRow> = {}): MessageRow {
  const inbox = { direction: "in" as const, key: `key-${id}`, outcome: "answered" };
  return { id, chat, text: "lời", status: "done", leases: 1, ...inbox, ...given };
}

function reply(id: number, chat: number, to: number, given: Partial<MessageRow> = {}): MessageRow {
  return row(id, chat, { direction: "out", key: `message:${to}:0`, outcome: null, ...given });
}

/** Two members; the second sent a petition. */
function history() {
  const posts = [post(0, 1), post(0, 3), post(1, 5, { isConfirmation: true })];
  const stored: Stored = {
    messages: [
      row(1, 10),
      reply(2, 10, 1),
      row(3, 10),
      reply(4, 10, 3),
      row(5, 11),
      reply(6, 11, 5, { text: "Mã của bà con: KN-234567" }),
    ],
    petitions: [{ code: "KN-234567", chat: 11, origin: "message:5", content: "đường hư [m1-1]" }],
  };
  return { posts, stored };
}

type History = ReturnType<typeof history>;
const change = (stored: Stored, id: number, to: Partial<MessageRow>) => {
  Object.assign(stored.messages.find((each) => each.id === id) ?? {}, to);
};
const without = (stored: Stored, id: number) => {
  stored.messages = stored.messages.filter((each) => each.id !== id);
};

describe("the examination after the kills", () => {
  it("finds nothing where everything is as it should be", () => {
    const { posts, stored } = history();
    posts.push(post(1, null, { clientId: "never acknowledged" }));
    expect(examine(posts, stored)).toEqual(NONE);
    expect(isClean(examine(posts, stored))).toBe(true);
  });

  it.each<[string, Partial<Faults>, (history: History) => void]>([
    ["an acknowledged message that is gone", { lost: 1 }, ({ stored }) => without(stored, 1)],
    [
      "an acknowledged message that was never handled",
      { lost: 1, stuck: 1 },
      ({ stored }) => change(stored, 1, { status: "open" }),
    ],
    [
      "a healthy message that was buried",
      { lost: 1, dead: 1 },
      ({ stored }) => change(stored, 1, { status: "dead" }),
    ],
    [
      "a message that is stored twice",
      { repeated: 1 },
      ({ stored }) => void stored.messages.push(row(7, 10, { key: "key-1" }), reply(8, 10, 7)),
    ],
    ["a handled message without a reply", { unanswered: 1 }, ({ stored }) => without(stored, 2)],
    [
      "a reply whose first part is missing",
      { unanswered: 1 },
      ({ stored }) => change(stored, 2, { key: "message:1:1" }),
    ],
    ["a reply that was never sent", { stuck: 1 }, ({ stored }) => change(stored, 4, { status: "open" })],
    ["a message in the chat of another", { wrongChat: 2 }, ({ stored }) => change(stored, 3, { chat: 11 })],
    [
      "the words of one member told to another",
      { wrongChat: 1 },
      ({ stored }) => change(stored, 2, { text: "đường hư [m1-1]" }),
    ],
    [
      "two messages stored in another order than they were written",
      { inversions: 2 },
      ({ posts }) => void posts.splice(0, 2, post(0, 3), post(0, 1)),
    ],
    [
      "two replies in another order than their questions",
      { inversions: 1 },
      ({ stored }) => {
        change(stored, 2, { id: 9 });
        stored.messages.sort((a, b) => a.id - b.id);
      },
    ],
    ["a confirmed petition that is gone", { petitionsLost: 1 }, ({ stored }) => void stored.petitions.pop()],
    [
      "a petition under another code than the member was told",
      { petitionsLost: 1 },
      ({ stored }) => change(stored, 6, { text: "Mã của bà con: KN-999999" }),
    ],
    [
      "a petition that nobody confirmed",
      { doubled: 1 },
      ({ stored }) =>
        void stored.petitions.push({ code: "KN-345678", chat: 10, origin: "message:1", content: "khác" }),
    ],
    [
      "the same petition twice under one code",
      { doubled: 3 },
      ({ stored }) =>
        void stored.petitions.push({
          code: "KN-234567",
          chat: 11,
          origin: "message:3",
          content: "đường hư [m1-1]",
        }),
    ],
  ])("finds %s", (_, expected, harm) => {
    const harmed = history();
    harm(harmed);
    const faults = examine(harmed.posts, harmed.stored);
    expect(faults).toEqual({ ...NONE, ...expected });
    expect(isClean(faults)).toBe(false);
  });
});

describe("the chance behind a seed", () => {
  it("repeats itself, differs between seeds, and stays between 0 and 1", () => {
    const draw = (seed: number) => Array.from({ length: 200 }, createRandom(seed));
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    expect(Math.min(...draw(1))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...draw(1))).toBeLessThan(1);
    expect(draw(1).reduce((sum, n) => sum + n, 0) / 200).toBeCloseTo(0.5, 0);
  });
});

describe("kills, used wrongly", () => {
  it("ends with 2 and says how it is used", async () => {
    const { code, out, err } = await runScript("kills", ["--kills", "many"]);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toContain("npm run kills");
  }, 60_000);
});
