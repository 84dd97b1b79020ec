import { ours } from "../bench/load/ours.ts";
import { answerableQuestions, type Measured, measure } from "../bench/load/run.ts";
import { type Scenario, scenarioOf } from "../bench/load/scenarios.ts";
import type { Goal, RunOptions } from "./goal.ts";

const RATE = 100;
const ACK_RATE = 50;
const OVERLOAD_RATE = 10 * RATE;
const ACK_P99_MS = 500;
/** Zalo counts a call as lost after two seconds. */
const ACK_MAX_MS = 2_000;
const MEMORY_MB = 512;

/** R11: how soon a webhook is acknowledged, after the commit. */
export const acknowledgement: Goal = {
  id: "R11",
  about: "webhook được nhận trong 500 ms (p99), không lần nào quá 2 giây, ở 50 tin/giây",
  usualSize: 600 * ACK_RATE,
  async run(options) {
    const seconds = options.size / ACK_RATE / 2;
    const seen = await under(scenarioOf("ack", { rate: RATE, seconds, members: 1 }), options);
    const { ack } = seen;
    return {
      n: seen.messages,
      violations: {
        ...amiss(seen),
        refused: seen.refusedPosts,
        slowP99: Number(ack.p99 > ACK_P99_MS),
        slowest: Number(ack.max > ACK_MAX_MS),
      },
      windows: { acknowledged: seen.accepted },
      figures: { ackP50Ms: ack.p50, ackP99Ms: ack.p99, ackMaxMs: ack.max, replyP95Ms: seen.reply.p95 },
    };
  },
};

/** R12: ten times the usual load is held off, and nothing of it is lost. */
export const overload: Goal = {
  id: "R12",
  about: "quá tải gấp 10: hẹn gửi lại bằng 503, bộ nhớ có chặn, trả lời hết, không mất tin nào",
  usualSize: 60 * OVERLOAD_RATE,
  async run(options) {
    const seconds = options.size / OVERLOAD_RATE;
    const seen = await under(scenarioOf("overload", { rate: RATE, seconds, members: 1 }), options);
    return {
      n: seen.messages,
      violations: { ...amiss(seen), tooMuchMemory: Number((seen.rssMb ?? 0) > MEMORY_MB) },
      windows: { refused: seen.refusedPosts },
      atLeast: { refused: 1 },
      figures: {
        rssMb: seen.rssMb,
        drainSecs: seen.drainSecs,
        perSecond: seen.perSecond,
        ackP99Ms: seen.ack.p99,
      },
    };
  },
};

async function under(scenario: Scenario, { seed, say }: RunOptions): Promise<Measured> {
  say(scenario.about);
  return measure(ours, scenario, { seed, questions: await answerableQuestions() });
}

function amiss({ messages, accepted, lost, duplicates, open, failedPosts }: Measured) {
  return { neverTaken: messages - accepted, lost, duplicates, unfinished: open ?? 0, failedPosts };
}
