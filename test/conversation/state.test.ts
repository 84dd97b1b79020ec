import { describe, expect, it } from "vitest";
import { ConversationState, readState } from "../../src/conversation/state.ts";

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
        draft: { content: "Kênh cạn quá", cooperative: "Kỳ Như", commune: null, contact: null },
      },
      recentQuestions: ["một"],
      lastAnswer: { question: "một", passageIds: ["a#b"], topic: "von-vay" },
      offered: "hai",
      confirmErase: true,
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
