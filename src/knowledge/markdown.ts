import { parse as parseYaml, YAMLParseError } from "yaml";
import { z } from "zod";
import { slug } from "../text/fold.ts";
import { normalize } from "../text/normalize.ts";
import {
  type Clause,
  ClauseMeta,
  FrontMatter,
  type Part,
  type PolicyDocument,
  RefusedFile,
} from "./document.ts";
import { isBelow, type Locator, locatorSlug, locatorText, readLocator } from "./structure.ts";

/** Reads one policy document (format: knowledge/README.md). Throws RefusedFile with the reason in Vietnamese. */
export function parseMarkdown(file: string, source: string): PolicyDocument {
  const { front, body } = splitFrontMatter(file, source);
  const sections = readSections(file, body);
  const clauses = sections.filter((section) => section.lead || section.parts.length > 0);
  if (clauses.length === 0) throw new RefusedFile(file, "không có điều khoản nào có nội dung");
  return { ...front, file, clauses: withUniqueIds(clauses.map((section) => toClause(section, front))) };
}

function splitFrontMatter(file: string, source: string): { front: FrontMatter; body: string } {
  const match = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(source);
  if (!match) throw new RefusedFile(file, "thiếu phần thông tin đầu tệp giữa hai dòng ---");
  return { front: readYaml(file, FrontMatter, match[1] ?? "", "phần đầu tệp"), body: match[2] ?? "" };
}

function readYaml<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
  text: string,
  where: string,
): z.output<Schema> {
  try {
    return schema.parse(parseYaml(text, { schema: "core", maxAliasCount: 0 }) ?? {});
  } catch (error) {
    if (error instanceof z.ZodError) {
      const faults = error.issues.map((issue) => `${issue.path.join(".") || "(chung)"}: ${issue.message}`);
      throw new RefusedFile(file, `${where} sai: ${faults.join("; ")}`);
    }
    if (error instanceof YAMLParseError || error instanceof ReferenceError) {
      throw new RefusedFile(file, `${where} không đọc được: ${error.message}`);
    }
    throw error;
  }
}

type Section = {
  names: string[];
  locators: Locator[];
  lead: string;
  parts: Part[];
  meta: ClauseMeta;
};

const HEADING = /^(#{2,6})\s+(.+?)\s*#*$/;
const NUMBERED = /^(\d{1,3})[.)]\s+(.*)$/;
const POINT = /^([a-zđ])\)\s+(.*)$/;
const BULLET = /^[-*+]\s+(.*)$/;
const ROW = /^\|(.*)\|$/;
const RULE = /^\|[\s:|-]+\|$/;

/** Walks the body line by line; each heading or numbered item under a Điều opens the section that the next lines belong to. */
function readSections(file: string, body: string): Section[] {
  const sections: Section[] = [];
  const path: { depth: number; heading: string; locator: Locator | null }[] = [];
  let current: Section | null = null;
  let columns: string[] | null = null;

  const open = (names: string[], locators: Locator[]) => {
    current = { names, locators, lead: "", parts: [], meta: ClauseMeta.parse({}) };
    sections.push(current);
  };

  const { text, comments } = liftComments(body);
  for (const raw of text.split("\n")) {
    const comment = COMMENT_MARK.exec(raw);
    const line = normalize(raw);
    const row = ROW.exec(line);
    if (!row) columns = null;
    if (line === "" && !comment) continue;

    if (comment) {
      const yaml = comments[Number(comment[1])] ?? "";
      if (!current) throw new RefusedFile(file, "ghi chú điều khoản đứng trước mọi tiêu đề");
      (current as Section).meta = readYaml(file, ClauseMeta, yaml, `ghi chú của "${(current as Section).names.at(-1)}"`);
      continue;
    }

    const heading = HEADING.exec(line);
    if (heading) {
      const depth = (heading[1] ?? "").length;
      const locator = readLocator(heading[2] ?? "");
      while (path.length > 0 && (path.at(-1)?.depth ?? 0) >= depth) path.pop();
      path.push({ depth, heading: heading[2] ?? "", locator });
      open(path.map((step) => step.heading), path.flatMap((step) => step.locator ?? []));
      continue;
    }
    if (!current) {
      if (line.startsWith("# ")) continue;
      throw new RefusedFile(file, `nội dung đứng trước tiêu đề đầu tiên: "${line.slice(0, 60)}"`);
    }

    const article = path.flatMap((step) => step.locator ?? []).at(-1);
    const numbered = NUMBERED.exec(line);
    if (numbered && article && isBelow("khoan", article.level)) {
      const locator: Locator = { level: "khoan", number: numbered[1] ?? "", title: "" };
      open(path.map((step) => step.heading), [...path.flatMap((step) => step.locator ?? []), locator]);
      addText(current, numbered[2] ?? "");
      continue;
    }
    if (RULE.test(line)) continue;
    if (row) {
      const cells = (row[1] ?? "").split("|").map((cell) => cell.trim());
      if (columns) (current as Section).parts.push({ locator: null, text: rowText(columns, cells) });
      else columns = cells;
      continue;
    }
    addText(current, line);
  }
  return sections;
}

const COMMENT_MARK = /^\u0001(\d+)\u0001$/;

/** Takes the comments out of the text, so that their lines are not read as content. */
function liftComments(body: string): { text: string; comments: string[] } {
  const comments: string[] = [];
  const text = body.replace(/<!--([\s\S]*?)-->/g, (_, yaml: string) => {
    comments.push(dedent(yaml));
    return `\n\u0001${comments.length - 1}\u0001\n`;
  });
  return { text, comments };
}

function dedent(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const indent = Math.min(...lines.map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indent)).join("\n");
}

function addText(section: Section, line: string): void {
  const point = POINT.exec(line);
  const bullet = BULLET.exec(line);
  if (point) section.parts.push({ locator: `điểm ${point[1]}`, text: point[2] ?? "" });
  else if (bullet) section.parts.push({ locator: null, text: bullet[1] ?? "" });
  else if (section.parts.length === 0) section.lead = section.lead ? `${section.lead} ${line}` : line;
  else section.parts.push({ locator: null, text: line });
}

/** A table row as a sentence: "Tổ hợp tác: 500 triệu đồng", or with its column names when there are several values. */
function rowText(columns: string[], cells: string[]): string {
  const [first = "", ...rest] = cells;
  if (rest.length <= 1) return `${first}: ${rest[0] ?? ""}`;
  return `${first}: ${rest.map((cell, i) => `${columns[i + 1] ?? ""} ${cell}`.trim()).join("; ")}`;
}

function toClause(section: Section, front: FrontMatter): Clause {
  const named = slug(section.names.at(-1) ?? "");
  const { meta } = section;
  const certainty = meta.certainty ?? front.certainty;
  const verifiedBy = meta.verifiedBy ?? front.verifiedBy ?? null;
  if (certainty !== "certain" && !verifiedBy) {
    throw new RefusedFile(front.number, `"${section.names.at(-1)}" chưa chắc chắn nhưng không ghi verifiedBy`);
  }
  return {
    id: `${slug(front.number)}#${section.locators.length > 0 ? locatorSlug(section.locators) : named}`,
    locator: section.locators.length > 0 ? locatorText(section.locators) : (section.names.at(-1) ?? ""),
    headingPath: section.names,
    lead: section.lead,
    parts: section.parts,
    questions: meta.questions,
    topics: meta.topics ?? front.topics,
    certainty,
    verifiedBy,
    from: meta.from ?? front.effective,
    to: meta.to === undefined ? front.expires : meta.to,
  };
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
