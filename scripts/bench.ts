import "./plain-errors.ts";
import { HELP as retrievalHelp, runRetrieval } from "./bench/retrieval.ts";

type Benchmark = { about: string; help: string; run(args: string[]): Promise<void> };

const BENCHMARKS: Record<string, Benchmark> = {
  retrieval: {
    about: "độ đúng và tốc độ tìm điều khoản, bên cạnh các thư viện khác",
    help: retrievalHelp,
    run: runRetrieval,
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
