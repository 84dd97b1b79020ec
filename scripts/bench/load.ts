import { parseArgs } from "node:util";
import { z } from "zod";
import type { Measured } from "./load/run.ts";
import { SCENARIO_NAMES, scenarioOf } from "./load/scenarios.ts";

export const HELP = `Đo sức chịu tải: tin Telegram gửi theo nhịp cố định vào đúng dịch vụ, trên PostgreSQL thật, trả lời đầy đủ.

  npm run bench -- load [--seconds 300] [--rate 100] [--members 10000] [--only tên,tên] [--no-peer] [--seed 1] [--json]

  --seconds  độ dài của mỗi phần (quá tải: nhiều nhất 60 giây; nhịp nhận tin: gấp đôi)
  --rate     số tin mỗi giây
  --members  số thành viên của phần "members"
  --only     chỉ các phần này: ${SCENARIO_NAMES.join(", ")}
  --no-peer  không đo bot so sánh (grammY + LangChain + pg, gói của nó được cài vào thư mục tạm)
  --seed     số gieo: cùng số thì cùng các câu hỏi, cùng lúc
  --json     chỉ in JSON: {"results":[{"system","scenario","messages","accepted","lost","duplicates","refusedPosts",
             "failedPosts","open","reply":{"p50","p95","p99","max"},"ack":{…},"lateP99","perSecond","drainSecs",
             "rssMb","cpuMsPerMessage"}],"ratios":{"replyP95","ackP99","cpu","rss"}}, thời gian tính bằng mili giây;
             ratios: của bot so sánh chia cho của Cầu Nối, cùng một phần "sustained"

Mã thoát 1 khi có tin không được nhận, đã nhận mà mất, trả lời trùng, hoặc còn việc dở.`;

const Count = z.coerce.number().int().positive();
const Options = z.object({
  seconds: Count.default(300),
  rate: Count.default(100),
  members: Count.default(10_000),
  only: z
    .string()
    .transform((names) => names.split(","))
    .pipe(z.array(z.enum(SCENARIO_NAMES)))
    .default([...SCENARIO_NAMES]),
  peer: z.boolean().default(true),
  seed: Count.default(1),
  json: z.boolean().default(false),
});
type Options = z.infer<typeof Options>;

/** Puts the service under each load, and the peer under the sustained one, and prints what was seen. */
export async function runLoad(args: string[]): Promise<void> {
  const options = readOptions(args);
  if (!options) return;
  // Loads the knowledge and the database's parts, for which a look at the help should not wait.
  const { answerableQuestions, measure } = await import("./load/run.ts");
  const { ours } = await import("./load/ours.ts");
  const { peer } = await import("./load/peer.ts");
  const given = { seed: options.seed, questions: await answerableQuestions() };
  const results: Measured[] = [];
  for (const name of options.only) {
    const scenario = scenarioOf(name, options);
    const subjects = name === "sustained" && options.peer ? [ours, peer] : [ours];
    for (const subject of subjects) {
      if (!options.json) console.error(`${subject.name}: ${scenario.about}`);
      results.push(await measure(subject, scenario, given));
    }
  }
  print(results, options.json);
  const isClean = results.filter(({ system }) => system === ours.name).every(isWhole);
  if (!isClean) process.exitCode = 1;
}

function print(results: Measured[], json: boolean): void {
  const ratios = ratiosOf(results);
  if (json) {
    console.log(JSON.stringify({ results, ratios }));
    return;
  }
  for (const { system, scenario, messages, accepted, lost, duplicates, reply, ack, ...seen } of results) {
    console.log(`
${system}, ${scenario}: ${messages} tin, nhận ${accepted}, mất ${lost}, trùng ${duplicates}, còn dở ${seen.open ?? "?"}
  trả lời    p50 ${reply.p50} ms, p95 ${reply.p95}, p99 ${reply.p99}, lâu nhất ${reply.max}
  nhận tin   p50 ${ack.p50} ms, p99 ${ack.p99}, lâu nhất ${ack.max}
  từ chối    ${seen.refusedPosts} lần 503, ${seen.failedPosts} lần lỗi khác
  nhịp       ${seen.perSecond} tin/giây, bên gửi trễ p99 ${seen.lateP99} ms, trả lời nốt trong ${seen.drainSecs} giây
  tiến trình ${seen.rssMb ?? "?"} MB, ${seen.cpuMsPerMessage ?? "?"} ms CPU mỗi tin`);
  }
  if (ratios)
    console.log(`
bot so sánh / Cầu Nối: trả lời p95 ×${ratios.replyP95}, nhận tin p99 ×${ratios.ackP99}, CPU ×${ratios.cpu ?? "?"}, bộ nhớ ×${ratios.rss ?? "?"}`);
}

function isWhole({ messages, accepted, lost, duplicates, open }: Measured): boolean {
  return accepted === messages && lost === 0 && duplicates === 0 && open === 0;
}

/** The peer's figures over ours, in the part that both went through. */
function ratiosOf(results: Measured[]) {
  const [mine, theirs] = results.filter(({ scenario }) => scenario === "sustained");
  if (!mine || !theirs) return null;
  const over = (a: number | null, b: number | null) =>
    a === null || !b ? null : Math.round((a / b) * 100) / 100;
  return {
    replyP95: over(theirs.reply.p95, mine.reply.p95),
    ackP99: over(theirs.ack.p99, mine.ack.p99),
    cpu: over(theirs.cpuMsPerMessage, mine.cpuMsPerMessage),
    rss: over(theirs.rssMb, mine.rssMb),
  };
}

function readOptions(args: string[]): Options | null {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const options = {
    seconds: text,
    rate: text,
    members: text,
    only: text,
    seed: text,
    json: flag,
    peer: flag,
  };
  try {
    return Options.parse(parseArgs({ args, options, allowNegative: true }).values);
  } catch {
    console.error(`Không hiểu các tùy chọn đã cho.\n\n${HELP}`);
    process.exitCode = 2;
    return null;
  }
}
