import { describe, expect, it } from "vitest";
import { MOST_FILES } from "../../src/conversation/files.ts";
import { expecting } from "../../src/conversation/state.ts";
import { CHOICES, intakeWording, petitionWording, wording } from "../../src/conversation/wording.ts";
import type { PetitionView, Status } from "../../src/petitions/petition.ts";
import { CODE, chat, textOf } from "./rig.ts";

const PHOTO = { kind: "photo", reference: "anh-1" } as const;
const DOCUMENT = { kind: "document", reference: "tep-1", name: "don.pdf" } as const;
const VOICE = { kind: "voice", reference: "loi-1" } as const;
const CONTENT = "Đường vào kho lúa hư nặng, xin sửa giúp";

/** A chat with a petition in this state, about which staff asked something. */
function askedAbout(status: Status, what: "more" | "reason") {
  const member = chat(() => ({ outcome: "answered", text: "Được.", offersPetition: false }), {
    lookUp: async (code) =>
      ({ code, status, owned: true, events: [], dueOn: null }) as unknown as PetitionView,
  });
  member.state = expecting(member.state, { code: CODE, what }, []);
  return member;
}

describe("a photo or document without words", () => {
  it("during an intake is kept, and the open step is asked again", async () => {
    const member = chat();
    await member.say(`/kiennghi ${CONTENT}`);
    const turn = await member.say("", PHOTO);
    expect(turn.outcome).toBe("intake_file");
    expect(textOf(turn)).toContain(intakeWording.fileKept);
    expect(textOf(turn)).toContain(intakeWording.cooperative);
    expect(member.state.intake).toMatchObject({
      step: "cooperative",
      draft: { content: CONTENT, files: [2] },
    });
  });

  it("goes with the petition once that is sent, and the summary counts it", async () => {
    const member = chat();
    await member.say(`/kiennghi ${CONTENT}`);
    await member.say("", PHOTO);
    await member.say("HTX Tân Thuận");
    await member.say("", DOCUMENT);
    await member.say(CHOICES.skip);
    const summary = await member.say(CHOICES.skip);
    expect(textOf(summary)).toContain("• Hình, tệp gửi kèm: 2");
    const sent = await member.say(CHOICES.send);
    expect(sent.files).toEqual({ code: CODE, messages: [2, 4] });
    expect(sent.petition).not.toHaveProperty("files");
    expect(member.state.intake).toBeNull();
  });

  it("under the summary is counted in the summary that follows", async () => {
    const member = chat();
    for (const text of [`/kiennghi ${CONTENT}`, CHOICES.skip, CHOICES.skip, CHOICES.skip])
      await member.say(text);
    expect(textOf(await member.say("", PHOTO))).toContain("• Hình, tệp gửi kèm: 1");
    expect((await member.say(CHOICES.send)).files).toEqual({ code: CODE, messages: [5] });
  });

  it("is refused in words when there are too many already", async () => {
    const member = chat();
    await member.say(`/kiennghi ${CONTENT}`);
    for (let n = 0; n < MOST_FILES; n += 1) await member.say("", PHOTO);
    const turn = await member.say("", PHOTO);
    expect(textOf(turn)).toContain(intakeWording.tooManyFiles(MOST_FILES));
    expect(member.state.intake?.draft.files).toHaveLength(MOST_FILES);
  });

  it("supplies what staff asked for", async () => {
    const turn = await askedAbout("needs-info", "more").say("", PHOTO);
    expect(turn).toMatchObject({
      act: { code: CODE, verb: "supply", text: "" },
      files: { code: CODE, messages: [1] },
    });
    expect(textOf(turn)).toContain(petitionWording.supplied(CODE));
  });

  it("is the reason of a member who was asked why he is not satisfied", async () => {
    const turn = await askedAbout("answered", "reason").say("", PHOTO);
    expect(turn).toMatchObject({
      act: { code: CODE, verb: "unsatisfied", text: "" },
      files: { code: CODE, messages: [1] },
    });
  });

  it.each([
    ["nothing is open", chat()],
    ["the petition no longer waits", askedAbout("in-review", "more")],
  ])("tells how to send it when %s", async (_name, member) => {
    const turn = await member.say("", PHOTO);
    expect(turn).toMatchObject({ outcome: "not_text", act: null, files: null });
    expect(textOf(turn)).toContain(wording.notText);
    expect(textOf(turn)).toContain("/kiennghi");
  });

  it.each([VOICE, { kind: "photo", reference: null } as const])("is no file to keep: %j", async (other) => {
    const member = chat();
    await member.say(`/kiennghi ${CONTENT}`);
    expect((await member.say("", other)).outcome).toBe("not_text");
    expect(member.state.intake?.draft.files).toEqual([]);
    expect((await askedAbout("needs-info", "more").say("", other)).act).toBeNull();
  });
});

describe("a photo with words", () => {
  it("goes with the intake that its words open", async () => {
    const member = chat();
    await member.say(`/kiennghi ${CONTENT}`, PHOTO);
    expect(member.state.intake?.draft).toMatchObject({ content: CONTENT, files: [1] });
  });

  it("goes with the intake that a complaint opens by itself", async () => {
    const member = chat(() => ({ outcome: "petition" }));
    await member.say(CONTENT, PHOTO);
    expect(member.state.intake?.draft).toMatchObject({ content: CONTENT, files: [1] });
  });

  it("answers the open step with its words and is kept as well", async () => {
    const member = chat();
    await member.say(`/kiennghi ${CONTENT}`);
    await member.say("HTX Tân Thuận", PHOTO);
    expect(member.state.intake).toMatchObject({
      step: "commune",
      draft: { cooperative: "HTX Tân Thuận", files: [2] },
    });
  });

  it("supplies words and photo together", async () => {
    const turn = await askedAbout("needs-info", "more").say("Chỗ sạt đây", PHOTO);
    expect(turn).toMatchObject({
      act: { verb: "supply", text: "Chỗ sạt đây" },
      files: { code: CODE, messages: [1] },
    });
  });

  it("is answered as a question when it is one", async () => {
    const member = chat();
    expect(await member.say("HTX vay sao?", PHOTO)).toMatchObject({ act: null, petition: null, files: null });
  });

  it("of a cancelled intake goes nowhere", async () => {
    const member = chat();
    await member.say(`/kiennghi ${CONTENT}`, PHOTO);
    await member.say("/huy");
    await member.say(`/kiennghi ${CONTENT}`);
    expect(member.state.intake?.draft.files).toEqual([]);
  });
});

describe("photos one after the other", () => {
  it("go with the petition that was just sent, though it is complete", async () => {
    const member = chat(undefined, {
      lookUp: async (code) => ({ code, status: "received", owned: true }) as PetitionView,
    });
    for (const text of [`/kiennghi ${CONTENT}`, CHOICES.skip, CHOICES.skip, CHOICES.skip, CHOICES.send])
      await member.say(text);
    const turn = await member.say("", PHOTO);
    expect(turn).toMatchObject({ outcome: "petition_file", act: null, files: { code: CODE, messages: [6] } });
    expect(textOf(turn)).toContain(petitionWording.fileAdded(CODE));
  });

  it("all go where the first one went, which answered staff, up to a limit", async () => {
    const statuses: Status[] = ["needs-info"];
    const member = chat(undefined, {
      lookUp: async (code) =>
        ({ code, status: statuses.at(-1), owned: true, events: [], dueOn: null }) as unknown as PetitionView,
    });
    member.state = expecting(member.state, { code: CODE, what: "more" }, []);
    expect((await member.say("Dạ đây")).act).toMatchObject({ verb: "supply" });
    statuses.push("in-review");
    for (let n = 0; n < MOST_FILES; n += 1)
      expect((await member.say("", PHOTO)).files).toEqual({ code: CODE, messages: [n + 2] });
    expect(textOf(await member.say("", PHOTO))).toContain(intakeWording.tooManyFiles(MOST_FILES));
  });

  it.each<[string, Partial<PetitionView>]>([
    ["closed", { status: "withdrawn", owned: true }],
    ["somebody else's", { status: "received", owned: false }],
  ])("go nowhere when the petition is %s", async (_name, view) => {
    const member = chat(undefined, { lookUp: async (code) => ({ code, ...view }) as PetitionView });
    member.state = { ...member.state, giving: { code: CODE, files: 0 } };
    expect(await member.say("", PHOTO)).toMatchObject({ outcome: "not_text", files: null });
  });

  it("go nowhere once something else was said", async () => {
    const member = chat(undefined, {
      lookUp: async (code) => ({ code, status: "received", owned: true }) as PetitionView,
    });
    member.state = { ...member.state, giving: { code: CODE, files: 0 } };
    await member.say("HTX vay được bao nhiêu?");
    expect(await member.say("", PHOTO)).toMatchObject({ outcome: "not_text", files: null });
  });
});

describe("the photo of a complaint that is offered to be sent", () => {
  it("goes with the intake that opens with the complaint", async () => {
    const member = chat();
    await member.say(CONTENT, PHOTO);
    await member.say(CHOICES.petition);
    expect(member.state.intake?.draft).toMatchObject({ content: CONTENT, files: [1] });
  });

  it("does not go with another petition", async () => {
    const member = chat();
    await member.say(CONTENT, PHOTO);
    await member.say("Cầu qua kênh ấp 3 bị gãy");
    await member.say(CHOICES.petition);
    expect(member.state.intake?.draft.files).toEqual([]);
    const other = chat();
    await other.say(CONTENT, PHOTO);
    await other.say("/kiennghi Cầu qua kênh ấp 3 bị gãy");
    expect(other.state.intake?.draft.files).toEqual([]);
  });
});
