import type { ChannelName } from "../../src/conversation/channel.ts";
import { createCalendar, type WorkCalendar } from "../../src/petitions/calendar.ts";
import type { Dice } from "./dice.ts";
import type { Members } from "./members.ts";
import type { Office } from "./office.ts";
import { type DemoOpinion, demoCsv } from "./opinions.ts";
import type { Schedule } from "./schedule.ts";
import { ASKED_AND_ANSWERED, type Story, storyOf, TAKEN, UNSATISFIED, WAITS_FOR_MEMBER } from "./stories.ts";
import type { Act } from "./verbs.ts";
import { dayOf, daysBefore, duringDay, workingDaysAfter } from "./working-time.ts";

/** What the parts of the example are planned with. */
export type Planning = {
  office: Office;
  members: Members;
  act: Act;
  schedule: Schedule;
  dice: Dice;
  now: Date;
  by: number;
  channels: readonly ChannelName[];
};

const BY_CHAT = 44;
const SAME_WISH_BY_CHAT = 8;
const MOST_OF_A_FILE = 1000;
const CHAT_DAYS = 120;
/** Long enough ago to be taken into review before their group is answered. */
const SAME_WISH_DAYS = 12;
/** Papers are handed in every fortnight, the last of them yesterday. */
const HANDED_IN_DAYS_AGO = [136, 121, 106, 91, 76, 61, 46, 31, 16, 1];
/** Petitions by chat whose ends are wished for, with the days since. */
const WISHED: [daysAgo: number, story: Story][] = [
  [12, WAITS_FOR_MEMBER],
  [11, WAITS_FOR_MEMBER],
  [14, UNSATISFIED],
  [15, UNSATISFIED],
  [40, ASKED_AND_ANSWERED],
  // Else none would be in review on the morning after a week-end.
  [9, TAKEN],
];

/** Every opinion comes in once: some by chat, the rest on paper; then it goes with each as its story tells. */
export function planPetitions(opinions: DemoOpinion[], planning: Planning): void {
  const asking = opinions.filter(({ loai }) => loai !== "dong-thuan");
  const byChat = [
    ...asking.filter(isSameWish).sort(newestFirst).slice(0, SAME_WISH_BY_CHAT),
    ...asking.filter((opinion) => !isSameWish(opinion)).slice(0, BY_CHAT - SAME_WISH_BY_CHAT),
  ];
  const calendar = createCalendar(planning.office.corpus.catalog.holidays);
  byChat.forEach((opinion, i) => {
    planChat(opinion, i, planning, calendar);
  });
  planPapers(
    opinions.filter((opinion) => !byChat.includes(opinion)),
    planning,
    calendar,
  );
}

/** Whether it is one of the twenty that ask for the same. */
export function isSameWish({ noi_dung }: { noi_dung: string }): boolean {
  return /kênh trục|kenh truc/i.test(noi_dung);
}

function planChat(opinion: DemoOpinion, i: number, planning: Planning, calendar: WorkCalendar): void {
  const { schedule, members, dice, now, by, channels } = planning;
  const wished = isSameWish(opinion) ? undefined : WISHED[i - SAME_WISH_BY_CHAT];
  const daysAgo = isSameWish(opinion)
    ? SAME_WISH_DAYS + i
    : (wished?.[0] ?? 1 + Math.floor((i * CHAT_DAYS) / BY_CHAT));
  const day = daysBefore(dayOf(now), daysAgo);
  const channel = channels[i % channels.length] ?? "web-chat";
  schedule.add(duringDay(day, dice), async () => {
    const code = await members.petition(channel, `demo-${channel}-${i}`, opinion, by);
    const story = isSameWish(opinion) ? TAKEN : (wished?.[1] ?? storyOf(daysAgo, dice));
    tell([{ code, story }], day, planning, calendar);
  });
}

function newestFirst(a: DemoOpinion, b: DemoOpinion): number {
  return b.ngay.localeCompare(a.ngay);
}

function planPapers(opinions: DemoOpinion[], planning: Planning, calendar: WorkCalendar): void {
  const { schedule, office, dice, now, by } = planning;
  const today = dayOf(now);
  let after = "";
  for (const daysAgo of HANDED_IN_DAYS_AGO) {
    const day = daysBefore(today, daysAgo);
    const handedIn = opinions.filter(({ ngay }) => after < ngay && ngay <= day);
    after = day;
    schedule.add(duringDay(day, dice), async () => {
      const bytes = new TextEncoder().encode(demoCsv(handedIn));
      const report = await office.importOpinions(bytes, `phieu-gop-y-${day}.csv`, { by });
      if ("fault" in report) throw new Error(report.fault);
      const told = (await imported(office, report.importId)).map(({ code, content }) => ({
        code,
        story: isSameWish({ noi_dung: content }) ? TAKEN : storyOf(daysAgo, dice),
      }));
      tell(told, day, planning, calendar);
    });
  }
}

/** What asks for something; agreement is kept and needs nobody. */
async function imported({ petitions }: Office, importId: number) {
  return (await petitions.list({ importId }, 1, MOST_OF_A_FILE)).rows;
}

/** Petitions that came together are worked on together, a pile a day. */
function tell(
  told: { code: string; story: Story }[],
  day: string,
  { schedule, act, dice }: Planning,
  calendar: WorkCalendar,
): void {
  const steps = told.flatMap(({ code, story }) => story.map(([after, verb]) => ({ code, after, verb })));
  for (const after of new Set(steps.map((step) => step.after)))
    schedule.add(workingDaysAfter(day, after, calendar, dice), async () => {
      for (const step of steps) if (step.after === after) await act(step.code, step.verb);
    });
}
