import { describe, expect, it } from "vitest";
import type { History, Row, Sent } from "../../../scripts/faults/history.ts";
import { inspect, type Violations } from "../../../scripts/faults/inspect.ts";

const NONE: Violations = {
  lost: 0,
  repeated: 0,
  unanswered: 0,
  undelivered: 0,
  failed: 0,
  stuck: 0,
  wrongChat: 0,
  phantom: 0,
  inversions: 0,
  petitionsLost: 0,
  petitionsDoubled: 0,
  unexplainedRepeats: 0,
};

const ANNA = "700001";
const BE = "700002";

function push(chat: string, messageId: number, acceptedAt: number | null = 1) {
  return { updateId: messageId, chat, messageId, acceptedAt, firstPostAt: 1, ackMs: 1, statuses: [200] };
}

function asked(id: number, chat: string, messageId: number, given: Partial<Row> = {}): Row {
  const inbox = { direction: "in" as const, key: `message:${chat}:${messageId}`, outcome: "answered" };
  return {
    id,
    chat,
    text: "hỏi",
    status: "done",
    leases: 1,
    providerId: null,
    finishedAt: 1,
    ...inbox,
    ...given,
  };
}

function reply(id: number, chat: string, to: number, given: Partial<Row> = {}): Row {
  const own = {
    key: `message:${to}:0`,
    providerId: String(id * 10),
    outcome: null,
    finishedAt: id * 100 + 50,
  };
  return { ...asked(id, chat, 0), direction: "out", text: `đáp ${id}`, ...own, ...given };
}

function sent(row: Row, given: Partial<Sent> = {}): Sent {
  const { chat, text, id } = row;
  return { chat, messageId: String(id * 10), text, at: id * 100, from: "r0-0", fault: null, ...given };
}

const lifeOf = (caller: string, endedAt: number | null) => ({
  caller,
  replica: 0,
  life: 0,
  pid: 1,
  startedAt: 0,
  readyAt: 0,
  endedAt,
  signal: endedAt === null ? null : ("SIGKILL" as const),
  code: null,
});

/** Two members; the second filed a petition. */
function history(): History {
  const rows = [
    asked(1, ANNA, 11),
    reply(2, ANNA, 1),
    asked(3, ANNA, 12),
    reply(4, ANNA, 3),
    asked(5, BE, 13, { outcome: "petition_received" }),
    reply(6, BE, 5, { text: "Mã: KN-234567 [m2-1]" }),
  ];
  return {
    pushes: [push(ANNA, 11), push(ANNA, 12), push(BE, 13)],
    rows,
    petitions: [{ code: "KN-234567", chat: BE, origin: "message:5", content: "đường hư [m2-1]" }],
    sent: rows.filter(({ direction }) => direction === "out").map((row) => sent(row)),
    lives: [lifeOf("r0-0", null)],
    disturbances: [],
  };
}

const rowIn = (given: History, id: number) => given.rows.find((row) => row.id === id) as Row;
const without = (given: History, id: number) => {
  given.rows = given.rows.filter((row) => row.id !== id);
};
/** The reply with this id came once more before its marked delivery. */
const repeat = (given: History, id: number, how: Partial<Sent> = {}) => {
  given.sent.push(sent(rowIn(given, id), { messageId: "9999", at: id * 100 - 20, from: "r1-0", ...how }));
  given.sent.sort((a, b) => a.at - b.at);
};

describe("the inspection of a run", () => {
  it("finds nothing where everything is as it should be", () => {
    const given = history();
    given.pushes.push(push(BE, 99, null));
    expect(inspect(given).violations).toEqual(NONE);
  });

  it.each<[string, Partial<Violations>, (given: History) => void]>([
    ["an accepted message that is gone", { lost: 1 }, (given) => without(given, 3)],
    [
      "an accepted message that was never handled",
      { lost: 1, stuck: 1 },
      (given) => void Object.assign(rowIn(given, 3), { status: "open" }),
    ],
    [
      "a healthy message that was buried",
      { lost: 1, failed: 1 },
      (given) => void Object.assign(rowIn(given, 3), { status: "dead" }),
    ],
    [
      "a message that is stored twice",
      { repeated: 1, unanswered: 1 },
      (given) => void given.rows.splice(2, 0, asked(2.5, ANNA, 11)),
    ],
    ["a handled message without a reply", { unanswered: 1, phantom: 1 }, (given) => without(given, 4)],
    [
      "a reply that was marked and never delivered",
      { undelivered: 1 },
      (given) => void given.sent.splice(1, 1),
    ],
    [
      "a reply in doubt",
      { failed: 1 },
      (given) => void Object.assign(rowIn(given, 4), { status: "uncertain" }),
    ],
    ["a reply nobody stored", { phantom: 1 }, (given) => void given.sent.push(sent(reply(7, ANNA, 3)))],
    [
      "the words of one member told to another",
      { wrongChat: 2 },
      (given) => {
        rowIn(given, 2).text = "đường hư [m2-1]";
        given.sent.splice(0, 1, sent(rowIn(given, 2)));
      },
    ],
    [
      "two messages that were handled in another order than they were written",
      { inversions: 1 },
      (given) => {
        rowIn(given, 1).key = `message:${ANNA}:12`;
        rowIn(given, 3).key = `message:${ANNA}:11`;
      },
    ],
    [
      "two replies that came in another order",
      { inversions: 1 },
      (given) => void given.sent.splice(0, 1, sent(rowIn(given, 2), { at: 450 })),
    ],
    ["a filed petition that is gone", { petitionsLost: 2 }, (given) => void given.petitions.pop()],
    [
      "a code that belongs to another chat",
      { petitionsLost: 1 },
      (given) => void Object.assign(given.petitions[0] ?? {}, { chat: ANNA }),
    ],
    [
      "a petition that nobody filed",
      { petitionsDoubled: 1 },
      (given) =>
        void given.petitions.push({ code: "KN-345678", chat: ANNA, origin: "message:1", content: "khác" }),
    ],
    [
      "the same petition twice",
      { petitionsDoubled: 2 },
      (given) =>
        void given.petitions.push({
          code: "KN-345678",
          chat: BE,
          origin: "message:1",
          content: "đường hư [m2-1]",
        }),
    ],
    ["a repeat for no reason", { unexplainedRepeats: 1 }, (given) => repeat(given, 4)],
    [
      "a repeat whose sender was killed only after the reply was marked",
      { unexplainedRepeats: 1 },
      (given) => {
        given.lives.push(lifeOf("r1-0", 470));
        repeat(given, 4);
      },
    ],
  ])("finds %s", (_, expected, harm) => {
    const harmed = history();
    harm(harmed);
    expect(inspect(harmed).violations).toEqual({ ...NONE, ...expected });
  });

  it.each<[string, (given: History) => void, string]>([
    [
      "the answer was lost after the delivery",
      (given) => repeat(given, 4, { fault: "reset after delivery" }),
      "answerLost",
    ],
    [
      "the sender was killed before it marked the reply",
      (given) => {
        given.lives.push(lifeOf("r1-0", 390));
        repeat(given, 4);
      },
      "killed",
    ],
    [
      "the sender was paused",
      (given) => {
        given.disturbances.push({ kind: "paused", caller: "r1-0", from: 300, to: 900 });
        repeat(given, 4);
      },
      "paused",
    ],
    [
      "the database was away",
      (given) => {
        given.disturbances.push({ kind: "databaseDown", from: 300, to: 900 });
        repeat(given, 4);
      },
      "databaseDown",
    ],
  ])("accepts a repeat when %s", (_, happen, cause) => {
    const given = history();
    happen(given);
    const { violations, repeats } = inspect(given);
    expect(violations).toEqual(NONE);
    expect(repeats.explained).toMatchObject({ [cause]: 1 });
  });

  it("takes what a paused sender says late for the reply whose turn it was, not for a later one in the same words", () => {
    const given = history();
    rowIn(given, 2).text = "Dạ không có chi.";
    const late = reply(8, ANNA, 7, { text: "Dạ không có chi." });
    given.rows.push(asked(7, ANNA, 14), late);
    given.pushes.push(push(ANNA, 14));
    given.sent = given.rows.filter(({ direction }) => direction === "out").map((row) => sent(row));
    given.disturbances.push({ kind: "paused", caller: "r1-0", from: 100, to: 900 });
    repeat(given, 2, { at: 300 });
    const { violations, repeats } = inspect(given);
    expect(violations).toEqual(NONE);
    expect(repeats.explained.paused).toBe(1);
  });

  it("does not accept a second repeat for one cause", () => {
    const given = history();
    repeat(given, 4, { fault: "reset after delivery" });
    repeat(given, 4, { messageId: "9998" });
    expect(inspect(given).violations.unexplainedRepeats).toBe(1);
  });

  it("lets fail what the run means to fail", () => {
    const given = history();
    rowIn(given, 3).status = "dead";
    rowIn(given, 3).text = "độc";
    const { violations } = inspect(given, { mayFail: ({ text }) => text === "độc" });
    expect(violations).toEqual(NONE);
  });
});
