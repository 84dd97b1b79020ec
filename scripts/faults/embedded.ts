import { run as killRun } from "../kills/run.ts";
import { buildService } from "./build.ts";
import { countSyncs } from "./disk-syncs.ts";
import { type Goal, type Outcome, percentile, type RunOptions } from "./goal.ts";
import { LOOKING, refuseSeconds } from "./second-process.ts";
import { smallKnowledge } from "./small-knowledge.ts";

/** The database that the service starts itself: one process on it, killed again and again, and every commit on the disk. */
export const embedded: Goal = {
  id: "R18",
  about:
    "cơ sở dữ liệu kèm theo: tiến trình thứ hai bị từ chối, bị giết (SIGKILL) không mất tin, mỗi lần ghi đều xuống đĩa",
  usualSize: 200,
  run,
};

const MEMBERS = 5;
const KILLS_PER_SECOND_PROCESS = 2;
const COMMITS = 500;
const REFUSED_WITHIN_MS = 2_000;
const KILLS_FOR_EVERY_WINDOW = 40;

async function run({ seed, size, say }: RunOptions): Promise<Outcome> {
  const built = await buildService([LOOKING]);
  const knowledge = smallKnowledge();
  const settings = { KNOWLEDGE_DIR: knowledge.folder, LOG_LEVEL: "warn" };
  try {
    const seconds = Math.max(2, Math.round(size / KILLS_PER_SECOND_PROCESS));
    const refused = await refuseSeconds(seconds, { built, settings, say });
    const disk = await countSyncs(COMMITS);
    say(`${disk.syncs} lần ghi xuống đĩa trong ${COMMITS} lần lưu`);
    const given = { kills: size, members: MEMBERS, seed, say, settings, program: [built.main] };
    const killed = await killRun(given).catch(failedOpen);
    const floor = size >= KILLS_FOR_EVERY_WINDOW ? 1 : 0;
    return {
      n: size,
      violations: {
        ...(killed ? killed.faults : {}),
        failedOpens: killed ? 0 : 1,
        secondNotRefused: refused.notRefused,
        refusedWithoutWords: refused.withoutWords,
        refusedTooLate: refused.lookedMs.filter((ms) => ms > REFUSED_WITHIN_MS).length,
        firstDisturbed: refused.disturbed,
        notSynced: disk.isSafe && disk.syncs >= COMMITS ? 0 : 1,
      },
      windows: { secondProcesses: seconds, ...(killed ? withoutIdle(killed.windows) : {}) },
      atLeast: { startUp: floor, posting: floor, waiting: floor },
      figures: {
        refusedMsP50: percentile(refused.lookedMs, 0.5),
        refusedMsMax: percentile(refused.lookedMs, 1),
        wholeProcessMsP50: percentile(refused.wholeMs, 0.5),
        syncsPerCommit: disk.syncs / COMMITS,
        acknowledged: killed ? killed.posts.filter(({ acknowledged }) => acknowledged !== null).length : null,
        restartMsP50: killed ? percentile(killed.restartMs, 0.5) : null,
        restartMsMax: killed ? percentile(killed.restartMs, 1) : null,
      },
    };
  } finally {
    knowledge.remove();
    built.remove();
  }
}

function failedOpen(error: Error): null {
  if (!error.message.startsWith("the service did not start")) throw error;
  console.error(error.message);
  return null;
}

function withoutIdle({ idle, ...windows }: Record<string, number>): Record<string, number> {
  return windows;
}
