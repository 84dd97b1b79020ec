import "./plain-errors.ts";
import { parseArgs } from "node:util";
import { type Goal, runGoal } from "./faults/goal.ts";
import { GOALS } from "./faults/goals.ts";

const HELP = `Thử độ bền: gây sự cố thật trên dịch vụ thật và PostgreSQL thật, rồi kiểm tra xem có mất hay trùng gì không.

  npm run faults -- <mục tiêu>… [--seed 1] [--size N] [--bug tên]
  npm run faults -- all [--seed 1]

${GOALS.map(({ id, about, usualSize }) => `  ${id.padEnd(4)} ${about} (cỡ thường: ${usualSize})`).join("\n")}

  --seed  số gieo: cùng số thì cùng kịch bản (nhịp của hệ điều hành vẫn khác)
  --size  số lần thử, thay cho cỡ thường
  --bug   cài sẵn một lỗi vào bản chạy thử, để thấy rằng phép thử bắt được nó

Mỗi mục tiêu in một dòng JSON; mã thoát 1 khi có vi phạm hoặc khi chưa chạm đủ các thời điểm nguy hiểm.`;

const given = readOptions();
if (given.help || given.goals.length === 0) {
  console.log(HELP);
} else {
  let isClean = true;
  for (const goal of given.goals) {
    const line = await runGoal(goal, {
      seed: given.seed,
      size: given.size ?? goal.usualSize,
      say: (progress) => console.error(`${goal.id}: ${progress}`),
      bug: given.bug,
    });
    console.log(JSON.stringify(line));
    isClean &&= line.ok;
  }
  // A member who waits in vain for a reply would keep us for ever.
  process.exit(isClean ? 0 : 1);
}

function readOptions() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        help: { type: "boolean", default: false },
        json: { type: "boolean" },
        seed: { type: "string", default: "1" },
        size: { type: "string" },
        bug: { type: "string" },
      },
    });
    return {
      help: values.help,
      goals: positionals.flatMap(goalsCalled),
      seed: numberOf("--seed", values.seed),
      size: values.size === undefined ? undefined : numberOf("--size", values.size),
      bug: values.bug,
    };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    process.exit(2);
  }
}

function goalsCalled(name: string): readonly Goal[] {
  if (name === "all") return GOALS;
  const goal = GOALS.find(({ id }) => id.toLowerCase() === name.toLowerCase());
  if (!goal) throw new Error(`Không có mục tiêu "${name}".`);
  return [goal];
}

function numberOf(name: string, text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new Error(`${name} phải là một số nguyên.`);
  return Number(text);
}
