import { isAlias, isNode, parseDocument, visit } from "yaml";
import { z } from "zod";
import { RefusedFile } from "./document.ts";

const { localeError } = z.locales.vi();

/** Reads YAML as plain data of one shape; `where` names the place in messages. Throws RefusedFile with every fault. */
export function readYaml<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
  text: string,
  where: string,
): z.output<Schema> {
  const parsed = schema.safeParse(toData(file, text, where), { error: localeError });
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues
    .slice(0, 8)
    .map((issue) => `${issue.path.join(".") || "(chung)"}: ${issue.message}`);
  throw new RefusedFile(file, `${where} sai: ${faults.join("; ")}`);
}

/** Core schema only: dates stay text, and nothing in a file can name a type or stand for another part of it. */
function toData(file: string, text: string, where: string): unknown {
  const fault = (reason: string) => new RefusedFile(file, `${where} không đọc được: ${reason}`);
  if (isTooDeep(text)) throw fault("lồng quá sâu");
  try {
    const document = parseDocument(text, { schema: "core", stringKeys: true, logLevel: "error" });
    const error = document.errors[0];
    if (error) throw fault(`${faultOf(error.code)} (dòng ${error.linePos?.[0].line ?? 1})`);
    const feature = forbidden(document);
    if (feature) throw fault(feature);
    return document.toJS() ?? {};
  } catch (error) {
    if (error instanceof RefusedFile) throw error;
    throw fault(error instanceof Error ? error.message : String(error));
  }
}

const MAX_DEPTH = 100;

/** Asked before parsing, since the parser calls itself for every level and a process that runs out of stack dies. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [sign] of text.matchAll(/[[\]{}]/g)) {
    depth = Math.max(0, depth + (sign === "[" || sign === "{" ? 1 : -1));
    if (depth > MAX_DEPTH) return true;
  }
  return text.split("\n").some((line) => (/^[\s?-]*/.exec(line)?.[0].length ?? 0) > 2 * MAX_DEPTH);
}

function faultOf(code: string): string {
  if (code === "DUPLICATE_KEY") return "một khóa được ghi hai lần";
  if (code === "MULTIPLE_DOCS") return "có dòng --- thừa";
  if (code === "BAD_ALIAS") return "không được dùng neo & và tham chiếu *";
  return `sai cú pháp YAML, ${code}`;
}

/** Anchors, references and tags are how YAML bombs and code payloads are written; the corpus needs none of them. */
function forbidden(document: ReturnType<typeof parseDocument>): string | null {
  let found: string | null = null;
  visit(document, (_, node) => {
    if (isAlias(node) || (isNode(node) && "anchor" in node && node.anchor)) {
      found = "không được dùng neo & và tham chiếu *; phần có dấu & hay * thì đặt trong ngoặc kép";
    } else if (isNode(node) && node.tag) {
      found = `không được dùng thẻ kiểu ${node.tag}; phần có dấu ! ở đầu thì đặt trong ngoặc kép`;
    }
    return found ? visit.BREAK : undefined;
  });
  return found;
}
