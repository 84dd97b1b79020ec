import { randomUUID } from "node:crypto";
import { suggestGroups } from "../../src/petitions/grouping.ts";
import { isSameWish, type Planning } from "./petitions.ts";
import { GROUP_ANSWER, GROUP_TITLE } from "./replies.ts";
import { dayOf, daysBefore, duringDay } from "./working-time.ts";

const MADE_DAYS_AGO = 4;
const ANSWERED_DAYS_AGO = 2;
/** Days after papers came in, when the office looks for what is alike. */
const LOOKED_DAYS_AGO = [60, 30, 15];
const LONGEST_TITLE = 120;

/** The twenty that ask for the same become a group that is answered once; a few other suggestions are confirmed, and their petitions go on one by one. */
export function planGroups({ office, schedule, dice, now, by }: Planning): void {
  const { groups, desk, shut } = office;
  const on = (daysAgo: number) => duringDay(daysBefore(dayOf(now), daysAgo), dice);

  schedule.add(on(MADE_DAYS_AGO), async () => {
    const open = await groups.ungrouped();
    const same = open.filter(({ content }) => isSameWish({ noi_dung: content }));
    const id = await groups.create(by, {
      title: GROUP_TITLE,
      topic: "ha-tang",
      petitions: same.map((petition) => petition.id),
    });
    schedule.add(on(ANSWERED_DAYS_AGO), () => answer(id));
  });

  for (const daysAgo of LOOKED_DAYS_AGO)
    schedule.add(on(daysAgo), async () => {
      const open = await groups.ungrouped();
      const [largest] = suggestGroups(open.filter(({ content }) => !isSameWish({ noi_dung: content })));
      if (!largest) return;
      const { topic, example, petitions } = largest;
      await groups.create(by, { title: example.slice(0, LONGEST_TITLE), topic, petitions });
    });

  /** Two of its members cannot be reached just then, as it happens: one blocked us, one has not written for long. */
  async function answer(id: number): Promise<void> {
    const group = await groups.find(id);
    const codes =
      group?.petitions.filter(({ channel }) => channel === "telegram" || channel === "zalo-oa") ?? [];
    for (const [channel, becomes] of [
      ["telegram", "refused"],
      ["zalo-oa", "waiting"],
    ] as const) {
      const found = codes.find((petition) => petition.channel === channel);
      const file = found && (await office.petitions.find(found.code));
      const chat = file?.conversationId && (await office.conversations.find(file.conversationId));
      if (chat) shut.set(chat.chatId, becomes);
    }
    await desk.answerGroup(id, group?.version ?? 0, by, { key: randomUUID(), text: GROUP_ANSWER });
    await office.settle();
  }
}
