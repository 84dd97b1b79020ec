import { type Database, openDatabase } from "../../src/db/database.ts";
import type { Built } from "./build.ts";
import { buildCrashable } from "./crash/build.ts";
import { startFleet } from "./fleet.ts";
import { type Goal, type Outcome, percentile } from "./goal.ts";
import { loseTokens } from "./lost-token.ts";
import { type Oa, startOa } from "./oa.ts";
import { openChats, sendToEach, untilSent } from "./oa-outbox.ts";
import { startPostgres } from "./postgres.ts";
import { smallKnowledge } from "./small-knowledge.ts";

const REPLICAS = 3;
/** More than two replicas send at once, so that all three have to. */
const CHATS = 18;
const SLOW_REFRESH_MS = 60;
/** Each costs the starts of three processes, and the wait for the alarm. */
const LOST_TOKENS = 3;
const ALARM_WITHIN_MS = 60_000;

/** Expiries that three processes meet at once, and processes that die between a new pair and its storing. */
export const tokenRace: Goal = {
  id: "R17",
  about: "mã Zalo hết hạn cùng lúc ở ba bản chạy, và bản chạy chết khi vừa nhận mã mới mà chưa kịp lưu",
  usualSize: 200,
  async run({ size, say }) {
    const { program, preload, remove } = await buildCrashable("service");
    const postgres = await startPostgres();
    const database = await openDatabase({ url: postgres.url, dataDir: "", log: () => {} });
    try {
      const raced = await race({ built: program, databaseUrl: postgres.url, database, expiries: size, say });
      const given = { built: program, preload, databaseUrl: postgres.url, database, say };
      const alarmMs = await loseTokens({ ...given, replicas: REPLICAS, times: LOST_TOKENS });
      return withLostTokens(raced, alarmMs);
    } finally {
      await database.close();
      await postgres.stop();
      remove();
    }
  },
};

type Race = {
  built: Built;
  databaseUrl: string;
  database: Database;
  expiries: number;
  say: (progress: string) => void;
};

/** Lets the access token expire again and again while every process has messages to send. */
export async function race({ built, databaseUrl, database, expiries, say }: Race): Promise<Outcome> {
  const [oa, knowledge] = [await startOa(), smallKnowledge()];
  const settings = { KNOWLEDGE_DIR: knowledge.folder, ...oa.settings };
  const fleet = await startFleet({ built, databaseUrl, count: REPLICAS, settings: () => settings });
  const windows = { metByTwo: 0, metByAll: 0 };
  const took: number[] = [];
  try {
    const chats = await openChats(oa, database, CHATS);
    await untilSent(database, await sendToEach(database, chats, "warm-up"));
    for (let n = 1; n <= expiries; n++) {
      const began = performance.now();
      oa.expire();
      oa.fail("refresh", { kind: "slow", ms: SLOW_REFRESH_MS });
      const senders = await untilSent(database, await sendToEach(database, chats, `race-${n}`));
      took.push(performance.now() - began);
      if (senders >= 2) windows.metByTwo += 1;
      if (senders >= REPLICAS) windows.metByAll += 1;
      if (n % 20 === 0) say(`${n}/${expiries} lần hết hạn`);
    }
    return {
      n: expiries,
      violations: faultsOf(oa, expiries, CHATS * (expiries + 1)),
      windows,
      atLeast: { metByTwo: Math.ceil(expiries / 2), metByAll: Math.ceil(expiries / 10) },
      figures: {
        refreshes: oa.spent.length,
        sentMsP50: percentile(took, 0.5),
        sentMsMax: percentile(took, 1),
      },
    };
  } finally {
    await fleet.stop();
    await oa.stop();
    knowledge.remove();
  }
}

/** One refresh for the first pair and one for each expiry; every token spent once, and none refused. */
function faultsOf({ spent, sent }: Oa, expiries: number, messages: number) {
  return {
    spentTwice: spent.length - new Set(spent.map(({ token }) => token)).size,
    refused: spent.filter(({ accepted }) => !accepted).length,
    refreshes: Math.abs(spent.length - (expiries + 1)),
    sends: Math.abs(sent.length - messages),
  };
}

function withLostTokens(raced: Outcome, alarmMs: number[]): Outcome {
  return {
    ...raced,
    n: raced.n + LOST_TOKENS,
    violations: { ...raced.violations, alarmLate: alarmMs.filter((ms) => ms > ALARM_WITHIN_MS).length },
    windows: { ...raced.windows, lostTokens: alarmMs.length },
    atLeast: { ...raced.atLeast, lostTokens: LOST_TOKENS },
    figures: { ...raced.figures, alarmMsP50: percentile(alarmMs, 0.5), alarmMsMax: percentile(alarmMs, 1) },
  };
}
