import { LIMITS } from "./limits.ts";
import { Unreadable } from "./unreadable.ts";

/** Never closed, or closed by whatever follows: pages leave their ends out, and a count of them would only grow. */
const UNCOUNTED = new Set(
  "area base br col embed hr img input link meta source track wbr p li dt dd option tr td th thead tbody tfoot colgroup html body head".split(
    " ",
  ),
);
/** What stands in them is no page, however it looks. */
const RAW = /^(?:script|style|textarea|title|xmp|noembed|noframes)$/;
const NAME = /[a-z][^\s/>]{0,40}/iy;

/** Counts tags and how deep they stand before the parser sees them: it takes minutes for what is told here in a moment. */
export function refuseBomb(source: string): void {
  let [tags, depth] = [0, 0];
  for (let at = source.indexOf("<"); at !== -1; at = source.indexOf("<", at)) {
    const isEnd = source[at + 1] === "/";
    const name = nameAt(source, at + (isEnd ? 2 : 1));
    if (name === null) {
      at = source.startsWith("<!--", at) ? endOf(source, "-->", at + 4) : at + 1;
      continue;
    }
    tags += 1;
    if (tags > LIMITS.htmlTags) throw new Unreadable("tệp có quá nhiều thẻ; hãy tách nhỏ tệp");
    at = endOfTag(source, at);
    const isClosed = source[at - 2] === "/";
    if (isEnd) depth = Math.max(0, depth - (UNCOUNTED.has(name) ? 0 : 1));
    else if (RAW.test(name)) at = endOf(source, `</${name}`, at);
    else if (!isClosed && !UNCOUNTED.has(name)) depth += 1;
    if (depth > LIMITS.htmlDepth) throw new Unreadable(`tệp có thẻ lồng quá ${LIMITS.htmlDepth} tầng`);
  }
}

function nameAt(source: string, at: number): string | null {
  NAME.lastIndex = at;
  return NAME.exec(source)?.[0].toLowerCase() ?? null;
}

/** Behind the tag that opens at `from`; a sign within quotes ends nothing. */
function endOfTag(source: string, from: number): number {
  let attributes = 0;
  for (let at = from; at < source.length; at += 1) {
    const sign = source[at];
    if (sign === ">") return at + 1;
    if (sign === "=") attributes += 1;
    if (attributes > LIMITS.xmlAttributes)
      throw new Unreadable(`tệp có thẻ mang quá ${LIMITS.xmlAttributes} thuộc tính`);
    if ((sign === '"' || sign === "'") && source[at - 1] === "=") {
      const close = source.indexOf(sign, at + 1);
      if (close === -1) return source.length;
      at = close;
    }
  }
  return source.length;
}

function endOf(source: string, sign: string, from: number): number {
  const found = source.indexOf(sign, from);
  return found === -1 ? source.length : found;
}
