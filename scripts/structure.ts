import "./plain-errors.ts";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { linesOf, readArticles } from "./structure/article-set.ts";
import { checkArticle } from "./structure/check-article.ts";
import { type RoundTrip, roundTrip } from "./structure/round-trip.ts";

const HELP = `Đọc thử các tập điều luật bằng bộ đọc cấu trúc văn bản, đếm điều, khoản, điểm và những chỗ đọc chưa chắc.

  npm run structure -- <tệp.jsonl|tệp.jsonl.gz>… [--misses n] [--round-trip] [--json]

  --misses n  in n ví dụ của mỗi loại chưa chắc
  --round-trip  ghép các điều của mỗi văn bản trong Bộ pháp điển thành một văn bản, đọc lại rồi so với từng điều
  --json      in một đối tượng JSON

Mỗi dòng là một điều: {"id","title","text"}, có thể thêm "law_article","law","law_number","source" của Bộ pháp điển.`;

type Report = {
  file: string;
  lines: number;
  articles: number;
  recognised: number;
  whole: number;
  khoan: number;
  diem: number;
  tables: number;
  clauses: number;
  misses: Record<string, { count: number; examples: string[] }>;
};

const { values, positionals } = readOptions();
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const shown = Number(values.misses ?? "0");
if (positionals.length === 0 || !Number.isInteger(shown) || shown < 0)
  wrongUsage("thiếu tệp, hoặc --misses không phải số");

const reports: Report[] = [];
if (values["round-trip"]) await roundTrips(positionals);
else for (const path of positionals) reports.push(await measure(path));
if (values["round-trip"]) process.exit();
if (values.json) console.log(JSON.stringify(reports));
else for (const report of reports) print(report);

async function roundTrips(paths: string[]): Promise<void> {
  for (const path of paths) {
    const found = await roundTrip(path);
    if (values.json) console.log(JSON.stringify({ file: basename(path), ...found }));
    else printRoundTrip(basename(path), found);
  }
}

function printRoundTrip(file: string, found: RoundTrip): void {
  console.log(`\n${file}: ${number(found.documents)} văn bản ghép lại`);
  console.log(
    `  đọc lại đúng: điều ${number(found.same)}/${number(found.articles)}, khoản ${number(found.clausesBack)}/${number(found.clauses)}, điểm ${number(found.pointsBack)}/${number(found.points)}; thừa ${number(found.invented)}`,
  );
  for (const miss of found.misses.slice(0, shown)) console.log(`      ${miss}`);
}

async function measure(path: string): Promise<Report> {
  const report: Report = {
    file: basename(path),
    ...{ lines: 0, articles: 0, recognised: 0, whole: 0, khoan: 0, diem: 0, tables: 0, clauses: 0 },
    misses: {},
  };
  for await (const line of linesOf(path)) {
    if (line.trim() === "") continue;
    report.lines++;
    const articles = readArticles(line);
    if (typeof articles === "string") addMiss(report, articles, line.slice(0, 120));
    else for (const article of articles) addArticle(report, article);
  }
  return report;
}

function addArticle(report: Report, article: Parameters<typeof checkArticle>[0]): void {
  const checked = checkArticle(article);
  report.articles++;
  if (checked.recognised) report.recognised++;
  if (checked.misses.length === 0) report.whole++;
  for (const key of ["khoan", "diem", "tables", "clauses"] as const) report[key] += checked[key];
  for (const miss of checked.misses) addMiss(report, miss, article.id);
}

function addMiss({ misses }: Report, reason: string, example: string): void {
  misses[reason] ??= { count: 0, examples: [] };
  const miss = misses[reason];
  miss.count++;
  if (miss.examples.length < shown) miss.examples.push(example);
}

function print(report: Report): void {
  console.log(`\n${report.file}: ${number(report.lines)} dòng`);
  console.log(
    `  điều: ${number(report.articles)}, nhận ra ${number(report.recognised)} (${percent(report)}), không có chỗ ngờ ${number(report.whole)}`,
  );
  console.log(
    `  khoản: ${number(report.khoan)}, điểm: ${number(report.diem)}, bảng: ${number(report.tables)}, điều khoản: ${number(report.clauses)}`,
  );
  const reasons = Object.entries(report.misses).sort(([, a], [, b]) => b.count - a.count);
  for (const [reason, { count, examples }] of reasons) {
    console.log(`  ✗ ${reason}: ${number(count)}`);
    for (const example of examples) console.log(`      ${example}`);
  }
}

function number(count: number): string {
  return count.toLocaleString("vi-VN");
}

function percent({ recognised, articles }: Report): string {
  return `${articles === 0 ? "0,0" : ((recognised / articles) * 100).toFixed(1).replace(".", ",")} %`;
}

function readOptions() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        help: { type: "boolean" },
        misses: { type: "string" },
        "round-trip": { type: "boolean" },
        json: { type: "boolean" },
      },
    });
  } catch (error) {
    return wrongUsage((error as Error).message);
  }
}

function wrongUsage(reason: string): never {
  console.error(`${reason}\n\n${HELP}`);
  process.exit(2);
}
