import { describe, expect, it } from "vitest";
import { type Ending, examine, inFlight } from "../../../../scripts/faults/crash/ending.ts";

const SENT = "before send sendmessage #1\nafter send sendmessage #1\n";
const MARKED = "before mark messages #1\nafter mark messages #1\n";

/** One question that was answered. */
function ending(given: Partial<Ending> = {}): Ending {
  return {
    updates: 1,
    incoming: [{ id: 1, status: "done", outcome: "answered", errors: 0, text: "hỏi" }],
    outgoing: [{ key: "message:1:0", status: "done", text: "đáp", chat: "41" }],
    petitions: [],
    events: [],
    attachments: [],
    erasedChats: 0,
    identifying: 0,
    audit: 0,
    sends: ["đáp"],
    ...given,
  };
}

const EXPECTED = { petitions: 0, dead: 0, wrong: [] };
const found = (given: Partial<Ending>, trace = SENT + MARKED, expected = EXPECTED) =>
  Object.fromEntries(
    Object.entries(examine(ending(given), expected, trace)).filter(([, count]) => count !== 0),
  );

describe("the examination of an ending", () => {
  it("finds nothing where everything is as it should be", () => {
    expect(found({})).toEqual({});
  });

  const [incoming, outgoing] = [ending().incoming, ending().outgoing];
  it.each<[string, Partial<Ending>, object]>([
    ["a message that is gone", { updates: 2 }, { lost: 1 }],
    ["a message that is stored twice", { updates: 0 }, { repeated: 1 }],
    ["a message without a reply", { outgoing: [], sends: [] }, { unanswered: 1 }],
    [
      "a message that is still open",
      { incoming: incoming.map((row) => ({ ...row, status: "open" })) },
      { stuck: 1 },
    ],
    [
      "a reply that was given up",
      { outgoing: outgoing.map((row) => ({ ...row, status: "refused" })) },
      { undelivered: 1 },
    ],
    ["a reply that was marked and never sent", { sends: [] }, { undelivered: 1 }],
    ["a reply that was sent twice", { sends: ["đáp", "đáp"] }, { unexplainedDuplicates: 1 }],
    [
      "a petition that nobody sent",
      { petitions: [{ code: "KN-1", status: "received", content: "", consented: true, chat: 1 }] },
      { petitions: 1 },
    ],
    [
      "a message in the dead letters",
      { incoming: incoming.map((row) => ({ ...row, status: "dead" })) },
      { dead: 1 },
    ],
  ])("finds %s", (_, given, faults) => {
    expect(found(given)).toEqual(faults);
  });

  it("explains one duplicate by one send that was not written down, and no second one", () => {
    expect(found({ sends: ["đáp", "đáp"] }, SENT)).toEqual({ explainedDuplicates: 1 });
    expect(found({ sends: ["đáp", "đáp", "đáp"] }, SENT)).toEqual({
      explainedDuplicates: 1,
      unexplainedDuplicates: 1,
    });
  });
});

describe("what was in flight", () => {
  it.each<[string, string, number]>([
    ["before anything", "armed\n", 0],
    ["right before the send", "before send sendmessage #1\n", 0],
    ["right after it", SENT, 1],
    ["right before it is written down", `${SENT}before mark messages #1\n`, 1],
    ["after it is written down", SENT + MARKED, 0],
    ["beside a write of another message", "before send sendmessage #1\nbefore insert messages #3\n", 1],
  ])("%s", (_, trace, count) => {
    expect(inFlight(trace)).toBe(count);
  });
});
