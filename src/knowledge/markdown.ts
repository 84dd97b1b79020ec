import { slug } from "../text/fold.ts";
import { type Clause, type ClauseMeta, FrontMatter, type PolicyDocument, RefusedFile } from "./document.ts";
import { readSections, type Section, type Step } from "./sections.ts";
import { locatorSlug, locatorText } from "./structure.ts";
import { readYaml } from "./yaml.ts";

/** Reads one policy document (format: knowledge/README.md). Throws RefusedFile with the reason in Vietnamese. */
export function parseMarkdown(file: string, source: string): PolicyDocument {
  const { front, body } = splitFrontMatter(file, source);
  const sections = readSections(file, body).filter((section) => section.lead || section.parts.length > 0);
  if (sections.length === 0) throw new RefusedFile(file, "không có điều khoản nào có nội dung");
  return {
    ...front,
    file,
    clauses: withUniqueIds(sections.map((section) => toClause(file, section, front))),
  };
}

function splitFrontMatter(file: string, source: string): { front: FrontMatter; body: string } {
  const match = /^\uFEFF?---[^\S\n]*\n([\s\S]*?)(?<=\n)---[^\S\n]*(?:\n([\s\S]*))?$/.exec(source);
  if (!match) throw new RefusedFile(file, "thiếu phần thông tin đầu tệp giữa hai dòng ---");
  return { front: readYaml(file, FrontMatter, match[1] ?? "", "phần đầu tệp"), body: match[2] ?? "" };
}

function toClause(file: string, { path, lead, parts }: Section, front: FrontMatter): Clause {
  const name = path.findLast((step) => step.heading !== null)?.heading ?? "";
  const meta = effectiveMeta(path);
  const certainty = meta.certainty ?? front.certainty;
  const verifiedBy = meta.verifiedBy ?? front.verifiedBy ?? null;
  const from = meta.from ?? front.effective;
  const to = meta.to === undefined ? front.expires : meta.to;
  if (certainty !== "certain" && !verifiedBy) {
    throw new RefusedFile(file, `"${name}" chưa chắc chắn nhưng không ghi verifiedBy`);
  }
  if (to !== null && to <= from)
    throw new RefusedFile(file, `"${name}" có to (${to}) không sau from (${from})`);
  return {
    id: `${slug(front.number)}#${idOf(path)}`,
    locator: locatorOf(path),
    headingPath: path.flatMap((step) => step.heading ?? []),
    lead,
    parts,
    questions: meta.questions,
    topics: meta.topics ?? front.topics,
    certainty,
    verifiedBy,
    from,
    to,
    page: meta.page ?? null,
  };
}

/** What is said of a Điều holds for its khoản unless they say otherwise; sample questions belong to one clause only. */
function effectiveMeta(path: Step[]): ClauseMeta {
  const inherited = Object.assign({}, ...path.map((step) => step.meta)) as Partial<ClauseMeta>;
  return { ...inherited, questions: path.at(-1)?.meta?.questions ?? [] };
}

/** From the Điều inwards, since articles are numbered through, in each annex anew; a named section keeps the names above it. */
function idOf(path: Step[]): string {
  const article = path.findLastIndex((step) => step.locators.some(({ level }) => level === "dieu"));
  return [...annexOf(path, article), ...path.slice(Math.max(0, article))]
    .map((step) => (step.locators.length > 0 ? locatorSlug(step.locators) : slug(step.heading ?? "")))
    .join(".");
}

/** The annex or attached regulation that an article belongs to: a name at the top, where laws have Phần or Chương. */
function annexOf([top]: Step[], article: number): Step[] {
  return top && article > 0 && top.locators.length === 0 ? [top] : [];
}

/** "Điều 12 khoản 2"; "Điều 5, Đối với hợp tác xã" for a named section inside it or its annex; else the name. */
function locatorOf(path: Step[]): string {
  const located = path.findLastIndex((step) => step.locators.length > 0);
  const names = path.slice(located + 1).flatMap((step) => step.heading ?? []);
  const locators = path.flatMap((step) => step.locators);
  if (locators.length === 0) return names.at(-1) ?? "";
  const annex = annexOf(path, located).flatMap((step) => step.heading ?? []);
  return [locatorText(locators), ...names, ...annex].join(", ");
}

/** Two clauses with one locator (an amended text printed twice) are told apart by their order. */
function withUniqueIds(clauses: Clause[]): Clause[] {
  const seen = new Map<string, number>();
  return clauses.map((clause) => {
    const count = (seen.get(clause.id) ?? 0) + 1;
    seen.set(clause.id, count);
    return count === 1 ? clause : { ...clause, id: `${clause.id}~${count}` };
  });
}
