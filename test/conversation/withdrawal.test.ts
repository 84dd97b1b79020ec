import { describe, expect, it } from "vitest";
import { withdrawalWording } from "../../src/conversation/withdrawal-wording.ts";
import { CHOICES, lookUpWording, petitionWording } from "../../src/conversation/wording.ts";
import type { PetitionView, Status } from "../../src/petitions/petition.ts";
import { type Chat, CODE, chat, choicesOf, OTHER_CODE, textOf } from "./rig.ts";

/** A chat whose own petitions stand as given. */
function chatWith(statuses: Record<string, Status>, owned = true): Chat {
  return chat(() => ({ outcome: "answered", text: "Được.", offersPetition: false }), {
    lookUp: async (code) => {
      const status = statuses[code];
      return status ? ({ code, status, owned, events: [], dueOn: null } as unknown as PetitionView) : null;
    },
    openPetitions: async () => (owned ? Object.keys(statuses) : []),
  });
}

describe("withdrawing a petition", () => {
  it.each([`rút kiến nghị ${CODE}`, `toi muon rut kien nghi ${CODE}`, `/rut ${CODE}`])(
    "asks first after '%s', and does it on a yes",
    async (text) => {
      const member = chatWith({ [CODE]: "in-review", [OTHER_CODE]: "received" });
      const question = await member.say(text);
      expect(question).toMatchObject({ outcome: "withdrawal_asked", act: null });
      expect(textOf(question)).toContain(`Rút kiến nghị ${CODE}?`);
      expect(choicesOf(question)).toEqual(["Rút kiến nghị", "Không rút"]);
      const done = await member.say("Rút kiến nghị");
      expect(done).toMatchObject({
        outcome: "petition_withdrawn",
        act: { code: CODE, verb: "withdraw", text: "" },
      });
      expect(textOf(done)).toContain(withdrawalWording.done(CODE));
      expect(member.state.withdrawal).toBeNull();
    },
  );

  it.each(["1", "rut", "Có", "đồng ý"])("takes '%s' for a yes", async (text) => {
    const member = chatWith({ [CODE]: "received" });
    await member.say(`/rut ${CODE}`);
    expect((await member.say(text)).act).toMatchObject({ verb: "withdraw" });
  });

  it.each(["Không rút", "khong", "2", "/huy"])("leaves the petition alone on '%s'", async (text) => {
    const member = chatWith({ [CODE]: "received" });
    await member.say(`/rut ${CODE}`);
    expect(await member.say(text)).toMatchObject({ outcome: "withdrawal_declined", act: null });
    expect(member.state.withdrawal).toBeNull();
    expect((await member.say("có")).act).toBeNull();
  });

  it("takes what is said of something else for no yes, and answers it", async () => {
    const member = chatWith({ [CODE]: "received" });
    await member.say(`/rut ${CODE}`);
    expect(await member.say("HTX vay được bao nhiêu")).toMatchObject({ outcome: "answered", act: null });
    expect(member.state.withdrawal).toBeNull();
  });

  it("means the only open petition of the chat when no code is named", async () => {
    const member = chatWith({ [CODE]: "received" });
    expect(textOf(await member.say("tôi muốn rút kiến nghị"))).toContain(withdrawalWording.question(CODE));
  });

  it("asks which one when there are several", async () => {
    const member = chatWith({ [CODE]: "received", [OTHER_CODE]: "forwarded" });
    const which = await member.say("rút kiến nghị");
    expect(textOf(which)).toContain(petitionWording.whichOne);
    expect(choicesOf(which)).toEqual([`Rút kiến nghị ${CODE}`, `Rút kiến nghị ${OTHER_CODE}`]);
    expect(textOf(await member.say("2"))).toContain(withdrawalWording.question(OTHER_CODE));
  });

  it("asks for the code where it knows of none, also after a mistyped one, and takes it alone", async () => {
    const member = chatWith({ [CODE]: "received" }, false);
    expect(textOf(await member.say("/rut"))).toContain(withdrawalWording.askCode);
    const wrong = `${CODE.slice(0, -1)}${CODE.endsWith("2") ? "3" : "2"}`;
    expect(textOf(await member.say(wrong))).toContain(lookUpWording.mistyped);
    expect(await member.say(CODE)).toMatchObject({ outcome: "withdrawal_refused", act: null });
  });

  it.each(["answered", "resolved", "not-within-authority", "withdrawn"] as const)(
    "is refused with the reason once the petition is %s",
    async (status) => {
      const member = chatWith({ [CODE]: status });
      const turn = await member.say(`/rut ${CODE}`);
      expect(turn).toMatchObject({ outcome: "withdrawal_refused", act: null });
      expect(textOf(turn)).toContain(withdrawalWording.tooLate(CODE, status));
      expect((await member.say("rút")).act).toBeNull();
    },
  );

  it("is refused with the reason to everybody but its owner, and of an unknown code", async () => {
    const stranger = chatWith({ [CODE]: "received" }, false);
    expect(textOf(await stranger.say(`/rut ${CODE}`))).toContain(withdrawalWording.notOwned(CODE));
    expect((await stranger.say("Rút kiến nghị")).act).toBeNull();
    expect(textOf(await stranger.say(`/rut ${OTHER_CODE}`))).toContain(lookUpWording.unknown);
  });
});

describe("a look-up", () => {
  it("offers its owner to withdraw while that is possible, and one tap asks", async () => {
    const member = chatWith({ [CODE]: "received", [OTHER_CODE]: "answered" });
    expect(choicesOf(await member.say(CODE))).toEqual([`${CHOICES.withdraw} ${CODE}`]);
    expect(textOf(await member.say("1"))).toContain(withdrawalWording.question(CODE));
    expect(choicesOf(await member.say(`/tracuu ${OTHER_CODE}`))).toEqual([]);
    expect(choicesOf(await chatWith({ [CODE]: "received" }, false).say(CODE))).toEqual([]);
  });
});
