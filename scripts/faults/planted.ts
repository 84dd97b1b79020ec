import { BUGS } from "./bugs.ts";
import { type Goal, type Outcome, type RunOptions, runGoal } from "./goal.ts";
import { kills } from "./kill-run.ts";
import { order } from "./order.ts";
import { pauses } from "./pauses.ts";

const SEEN_BY = [kills, pauses, order];

/** R21: every planted bug is seen by the goal that has to see it, and nothing is seen where nothing was planted. */
export const planted: Goal = {
  id: "R21",
  about:
    "cài sẵn từng lỗi vào bản chạy thử: phép thử phải bắt được mọi lỗi, và không báo nhầm khi không có lỗi",
  usualSize: BUGS.length,
  run: plantedRun,
};

async function plantedRun({ seed, size, say }: RunOptions): Promise<Outcome> {
  const bugs = BUGS.slice(0, size);
  const unseen: string[] = [];
  const falseAlarms: string[] = [];
  for (const goal of SEEN_BY.filter(({ id }) => bugs.some((bug) => bug.goal === id))) {
    const trials = Math.max(...bugs.filter((bug) => bug.goal === goal.id).map((bug) => bug.size));
    const line = await runGoal(goal, { seed, size: trials, say: () => undefined });
    say(`không có lỗi: ${JSON.stringify(line)}`);
    if (countOf(line.violations) > 0) falseAlarms.push(goal.id);
  }
  for (const bug of bugs) {
    const goal = SEEN_BY.find(({ id }) => id === bug.goal);
    if (!goal) throw new Error(`no goal ${bug.goal} for ${bug.name}`);
    const line = await runGoal(goal, { seed, size: bug.size, say: () => undefined, bug: bug.name });
    say(`${bug.name}: ${JSON.stringify(line.violations)}`);
    if (countOf(line.violations) === 0) unseen.push(bug.name);
  }
  return {
    n: bugs.length,
    violations: { unseen: unseen.length, falseAlarms: falseAlarms.length },
    windows: { planted: bugs.length },
    figures: Object.fromEntries([...unseen, ...falseAlarms].map((name) => [name, 0])),
  };
}

function countOf(violations: Record<string, number>): number {
  return Object.values(violations).reduce((sum, n) => sum + n, 0);
}
