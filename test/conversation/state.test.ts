import { describe, expect, it } from "vitest";
import { ConversationState, expecting, mergeState, readState } from "../../src/conversation/state.ts";

const fresh = ConversationState.parse({});

describe("readState", () => {
  it("begins anew with nothing stored", () => {
    for (const stored of [null, undefined, {}, "", 7, []]) expect(readState(stored)).toEqual(fresh);
  });

  it("reads back what it wrote", () => {
    const state: ConversationState = {
      greeted: true,
      intake: {
        step: "commune",
        draft: { content: "Kênh cạn quá", cooperative: "Kỳ Như", commune: null, contact: null, files: [] },
      },
      recentQuestions: ["một"],
      lastAnswer: { question: "một", passageIds: ["a#b"], topic: "von-vay" },
      offered: "hai",
      offeredFiles: [7],
      giving: { code: "KN-222222", files: 2 },
      awaited: [{ code: "KN-222222", what: "verdict" }],
      confirmErase: true,
      withdrawal: { code: "KN-222222" },
      toldOfPause: "2026-11-24T01:00:00.000Z",
      choices: ["Gửi"],
    };
    expect(readState(JSON.parse(JSON.stringify(state)))).toEqual(state);
  });

  it("fills what an older version did not know, and drops what this one does not", () => {
    expect(readState({ greeted: true, mood: "vui" })).toEqual({ ...fresh, greeted: true });
  });

  it("begins anew with what an older version meant otherwise", () => {
    for (const stored of [
      { greeted: "yes" },
      { intake: { step: "address", draft: {} } },
      { intake: { step: "content" } },
      { lastAnswer: { question: "a", passageIds: ["b"], topic: "vay" } },
      { recentQuestions: "một" },
    ]) {
      expect(readState(stored)).toEqual(fresh);
    }
  });
});

describe("what is awaited", () => {
  it("stands once for each petition, the latest last, with the choices that were shown", () => {
    const first = expecting(fresh, { code: "A", what: "verdict" }, ["Có"]);
    const second = expecting(first, { code: "B", what: "more" }, []);
    expect(expecting(second, { code: "A", what: "more" }, [])).toMatchObject({
      awaited: [
        { code: "B", what: "more" },
        { code: "A", what: "more" },
      ],
      choices: [],
    });
  });
});

describe("a state that staff changed while a message was being answered", () => {
  const asked = (code: string) => ({ code, what: "verdict" }) as const;

  it("keeps what staff asked, and takes what the Turn changed", () => {
    const after = { ...fresh, greeted: true, recentQuestions: ["vay?"] };
    const current = expecting(fresh, asked("A"), ["Có", "Không"]);
    expect(mergeState(fresh, after, current)).toEqual({
      ...after,
      awaited: [asked("A")],
      choices: ["Có", "Không"],
    });
  });

  it("shows the choices of the Turn when it had some, since they came last", () => {
    const after = { ...fresh, choices: ["Gửi"] };
    expect(mergeState(fresh, after, expecting(fresh, asked("A"), ["Có"])).choices).toEqual(["Gửi"]);
  });

  it("drops what the Turn settled and keeps what came meanwhile", () => {
    const before = expecting(fresh, asked("A"), []);
    const after = { ...before, awaited: [] };
    const current = expecting(before, asked("B"), []);
    expect(mergeState(before, after, current).awaited).toEqual([asked("B")]);
  });

  it("takes what the Turn asked itself", () => {
    const before = expecting(fresh, asked("A"), []);
    const after = { ...before, awaited: [{ code: "A", what: "reason" } as const] };
    expect(mergeState(before, after, before).awaited).toEqual(after.awaited);
  });
});
