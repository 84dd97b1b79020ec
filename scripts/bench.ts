import "./plain-errors.ts";
import { HELP as consoleHelp, runConsole } from "./bench/console.ts";
import { HELP as groupsHelp, runGroups } from "./bench/groups.ts";
import { HELP as loadHelp, runLoad } from "./bench/load.ts";
import { HELP as retrievalHelp, runRetrieval } from "./bench/retrieval.ts";
import { runTriage, HELP as triageHelp } from "./bench/triage.ts";

type Benchmark = { about: string; help: string; run(args: string[]): Promise<void> };

const BENCHMARKS: Record<string, Benchmark> = {
  retrieval: {
    about: "độ đúng và tốc độ tìm điều khoản, bên cạnh các thư viện khác",
    help: retrievalHelp,
    run: runRetrieval,
  },
  load: {
    about: "sức chịu tải: thời gian trả lời, tin bị mất, bộ nhớ, bên cạnh một bot kiểu bài hướng dẫn",
    help: loadHelp,
    run: runLoad,
  },
  console: {
    about: "tốc độ các trang danh sách của cán bộ khi có rất nhiều kiến nghị và tin nhắn",
    help: consoleHelp,
    run: runConsole,
  },
  triage: {
    about: "gợi ý loại và chủ đề của ý kiến, trên các ý kiến chưa từng thấy",
    help: triageHelp,
    run: runTriage,
  },
  groups: {
    about: "tốc độ gợi ý nhóm các kiến nghị giống nhau",
    help: groupsHelp,
    run: runGroups,
  },
};

const HELP = `Đo hiệu năng.

  npm run bench -- <phép đo> [tùy chọn]

${Object.entries(BENCHMARKS)
  .map(([name, { about }]) => `  ${name.padEnd(12)} ${about}`)
  .join("\n")}

Xem tùy chọn của từng phép đo: npm run bench -- <phép đo> --help`;

const [name = "--help", ...args] = process.argv.slice(2);
const benchmark = Object.hasOwn(BENCHMARKS, name) ? BENCHMARKS[name] : undefined;
if (name === "--help") {
  console.log(HELP);
} else if (!benchmark) {
  console.error(`Không có phép đo "${name}".\n\n${HELP}`);
  process.exitCode = 2;
} else if (args.includes("--help")) {
  console.log(benchmark.help);
} else {
  await benchmark.run(args);
}
