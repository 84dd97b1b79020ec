import { tooMany } from "../../../test/support/fake-telegram.ts";
import type { Ending } from "./ending.ts";
import { POISON } from "./poison.ts";
import type { Person, Trial } from "./trial.ts";

/** What people do, during which the service crashes, and what must have come of it. */
export type Scenario = {
  name: string;
  /** What was there before; no step of it counts. */
  prepare?(trial: Trial, me: Person): Promise<string>;
  /** `given` is what `prepare` left. */
  run(trial: Trial, me: Person, given: string): Promise<void>;
  /** What is wrong in the end beside what is wrong in any scenario, in words. */
  faults?(ending: Ending): (string | false)[];
  petitions: number;
  /** Messages that end in the dead letters. */
  dead: number;
};

const QUESTION = "Hợp tác xã được hỗ trợ đào tạo những gì?";
const COMPLAINT = "Đường vào kho lúa của hợp tác xã hư nặng, xin hỗ trợ sửa trước vụ Đông Xuân";
const REPLY = "Sở đã bố trí vốn sửa đường trong quý tới.";
const PHOTO = Buffer.from("one photo, byte for byte ".repeat(400));
const CODE = /KN-[0-9A-Z]{6}/;
const MOST_STEPS = 12;

const given = (_trial: Trial, me: Person) => me.givePetition(COMPLAINT);

export const SCENARIOS: readonly Scenario[] = [
  {
    name: "question",
    run: (_trial, me) => me.says(QUESTION),
    petitions: 0,
    dead: 0,
  },
  {
    name: "petition",
    run: (_trial, me) => sendPetition(me),
    faults: ({ petitions: [petition], sends }) => [
      !petition?.content.includes(COMPLAINT) && "other words",
      !petition?.consented && "no consent",
      !sends.some((text) => text.includes(petition?.code ?? "?")) && "another code",
    ],
    petitions: 1,
    dead: 0,
  },
  {
    name: "staff reply",
    prepare: given,
    run: (trial, _me, code) => trial.staffAnswers(code, REPLY),
    faults: ({ petitions: [petition], outgoing, events, audit }) => [
      petition?.status !== "answered" && "not answered",
      events.filter((kind) => kind === "replied").length !== 1 && "not one event",
      outgoing.filter(({ text }) => text.includes(REPLY)).length !== 1 && "not one reply",
      audit > 1 && "more than one line of the audit",
    ],
    petitions: 1,
    dead: 0,
  },
  {
    name: "attachment",
    prepare: given,
    run: (_trial, me, code) => me.sendsPhoto(`photo-of-${code}`, PHOTO),
    faults: ({ attachments }) => [
      attachments.length !== 1 && "not one attachment",
      attachments.some(({ status }) => status !== "kept") && "not kept",
      attachments.some(({ bytes }) => !bytes?.equals(PHOTO)) && "other bytes",
    ],
    petitions: 1,
    dead: 0,
  },
  {
    name: "poison",
    async run(trial, me) {
      me.writes(`${QUESTION} ${POISON}`);
      me.writes(QUESTION);
      const other = trial.person();
      await other.says(QUESTION);
      await trial.atRestAtLast();
    },
    faults: ({ incoming }) => [
      incoming.some(({ status, errors }) => (status === "dead") !== (errors === 5)) &&
        "not after five errors",
    ],
    petitions: 0,
    dead: 1,
  },
  {
    name: "429",
    async run(trial, me) {
      trial.subject.fake.fail("sendMessage", tooMany(1));
      await me.says(QUESTION);
      trial.subject.fake.heal();
    },
    petitions: 0,
    dead: 0,
  },
  {
    name: "withdrawal",
    prepare: given,
    async run(_trial, me) {
      await me.says("/rut");
      await me.presses("Rút kiến nghị");
    },
    faults: ({ petitions: [petition], events }) => [
      petition?.status !== "withdrawn" && "not withdrawn",
      events.filter((kind) => kind === "withdrawn").length !== 1 && "not one event",
    ],
    petitions: 1,
    dead: 0,
  },
  {
    name: "deletion",
    prepare: given,
    async run(_trial, me) {
      await me.says("/xoadulieu");
      await me.presses("Xóa dữ liệu của tôi");
    },
    faults: ({ erasedChats, incoming, petitions: [petition], identifying }) => [
      erasedChats !== 1 && "not one erased chat",
      incoming.some(({ text }) => text !== "[đã xóa theo yêu cầu]") && "words are left",
      identifying !== 0 && "what identifies the member is left",
      petition?.chat !== null && "the petition still has its chat",
    ],
    petitions: 1,
    dead: 0,
  },
];

/** Answers whatever an intake asks until there is a code. */
async function sendPetition(me: Person): Promise<void> {
  await me.says(`/kiennghi ${COMPLAINT}`);
  for (let step = 0; !CODE.test(me.sent().at(-1)?.text ?? ""); step++) {
    const choices = me.choices();
    const choice = ["Gửi", "Bỏ qua", "Gửi kiến nghị"].find((label) => choices.includes(label));
    if (!choice || step === MOST_STEPS) throw new Error(`the intake went astray: ${me.sent().at(-1)?.text}`);
    await me.presses(choice);
  }
}
