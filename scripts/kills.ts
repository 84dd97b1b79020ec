import { parseArgs } from "node:util";
import { isClean } from "./kills/checks.ts";
import { type Report, run } from "./kills/run.ts";

const HELP = `Giết dịch vụ (SIGKILL) nhiều lần khi các thành viên đang trò chuyện, rồi kiểm tra xem có mất hay trùng gì không.

  npm run kills -- [--kills 100] [--members 5] [--seed 1] [--json]

  --kills    số lần giết, kể cả lúc đang khởi động
  --members  số thành viên trò chuyện cùng lúc
  --seed     số gieo: cùng số thì cùng kịch bản (nhịp của hệ điều hành vẫn khác)
  --json     chỉ in một dòng JSON, không in tiến độ

In một dòng JSON; mã thoát 1 khi có lỗi hoặc khi chưa chạm hết các thời điểm nguy hiểm.`;

/** Below this a window may be missed by chance. */
const KILLS_FOR_EVERY_WINDOW = 40;

const { values } = readOptions();
if (values.help) {
  console.log(HELP);
} else {
  const [kills, members, seed] = [values.kills, values.members, values.seed].map(Number) as [
    number,
    number,
    number,
  ];
  const say = (progress: string) => (values.json ? undefined : console.error(progress));
  const began = performance.now();
  const report = await run({ kills, members, seed, say });
  const line = summary(report, {
    seed,
    kills,
    members,
    secs: Math.round((performance.now() - began) / 1000),
  });
  console.log(JSON.stringify(line));
  // A member who waits in vain for a reply would keep us for ever.
  process.exit(line.ok ? 0 : 1);
}

function summary(report: Report, given: { seed: number; kills: number; members: number; secs: number }) {
  const { posts, stored, faults, windows, restartMs, recoveryMs } = report;
  const again = (direction: "in" | "out") =>
    stored.messages.filter((row) => row.direction === direction && row.leases > 1).length;
  const hit = { ...windows, whileHeld: again("in"), betweenSendAndMark: again("out") };
  const missed = Object.entries({ startUp: hit.startUp, posting: hit.posting, waiting: hit.waiting })
    .filter(([, n]) => n === 0 && given.kills >= KILLS_FOR_EVERY_WINDOW)
    .map(([name]) => name);
  return {
    ok: isClean(faults) && missed.length === 0,
    ...given,
    acknowledged: posts.filter((post) => post.acknowledged !== null).length,
    petitions: stored.petitions.length,
    ...faults,
    // A kill between a send and its mark sends once more: on a network that has no key for it, the member reads it twice.
    explainedResends: hit.betweenSendAndMark,
    windows: hit,
    windowsMissed: missed,
    restartMsP50: percentile(restartMs, 0.5),
    restartMsP99: percentile(restartMs, 0.99),
    recoveryMsP50: percentile(recoveryMs, 0.5),
    recoveryMsP99: percentile(recoveryMs, 0.99),
    recoveryMsMax: percentile(recoveryMs, 1),
    // No fault in n kills means at most 3/n per kill, at 95 %.
    upper95: Math.round((3 / Math.max(given.kills, 1)) * 10_000) / 10_000,
  };
}

function percentile(numbers: number[], share: number): number | null {
  const sorted = [...numbers].sort((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  return found === undefined ? null : Math.round(found);
}

function readOptions() {
  try {
    const read = parseArgs({
      options: {
        help: { type: "boolean" },
        json: { type: "boolean" },
        kills: { type: "string", default: "100" },
        members: { type: "string", default: "5" },
        seed: { type: "string", default: "1" },
      },
    });
    for (const key of ["kills", "members", "seed"] as const) {
      if (!/^\d{1,6}$/.test(read.values[key])) throw new Error(`--${key} phải là một số nguyên.`);
    }
    return read;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    process.exit(2);
  }
}
