import { LIMITS } from "./limits.ts";
import { Unreadable } from "./unreadable.ts";

/** Where a tag stands in its source: from `start`, and up to `end` excluded. */
export type Place = { start: number; end: number };

/** Names are "w:p", with a prefix by the namespace and not by what the file calls it; unknown namespaces keep the file's prefix. */
export type XmlHandler = {
  open?(name: string, attributes: Record<string, string>, place: Place): void;
  close?(name: string, place: Place): void;
  text?(text: string): void;
};

const PREFIXES: Record<string, string> = {
  "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
  "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
  "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
  "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r:",
  "http://purl.oclc.org/ooxml/officeDocument/relationships": "r:",
  "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "",
  "http://purl.oclc.org/ooxml/spreadsheetml/main": "",
  "http://schemas.openxmlformats.org/package/2006/relationships": "",
};
const ENTITIES: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
const NAME = /[^\s/>="'<&]+/y;
const ATTRIBUTE = /\s+([^\s/>="'<&]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const TAG_END = /\s*(\/?)>/y;

type Names = Map<string, string>;
type Open = { name: string; raw: string; names: Names };

/**
 * Reads the XML of an office file from end to end. Throws Unreadable where it is not whole, and for what bombs are made of:
 * a DTD, entities, more than 100 levels, more than 1,000 attributes; `part` names it in the reason.
 */
export function readXml(
  part: string,
  source: string,
  handler: XmlHandler = {},
  most: number = LIMITS.xmlElements,
): void {
  const broken = () => new Unreadable(`phần ${part} trong tệp bị hỏng hoặc bị cắt`);
  const stack: Open[] = [];
  let elements = 0;
  let at = source.charCodeAt(0) === 0xfeff ? 1 : 0;
  const end = (place: Place) => {
    const top = stack.pop();
    if (top) handler.close?.(top.name, place);
  };
  while (at < source.length) {
    const tag = source.indexOf("<", at);
    const until = tag === -1 ? source.length : tag;
    if (until > at) {
      const text = source.slice(at, until);
      if (stack.length > 0) handler.text?.(decode(part, text));
      else if (text.trim() !== "") throw broken();
    }
    if (tag === -1) break;
    const skipped = skipMarkup(part, source, tag, handler, stack.length > 0);
    if (skipped !== null) {
      if (skipped === -1) throw broken();
      at = skipped;
    } else if (source[tag + 1] === "/") {
      const close = source.indexOf(">", tag);
      if (close === -1 || source.slice(tag + 2, close).trim() !== stack.at(-1)?.raw) throw broken();
      at = close + 1;
      end({ start: tag, end: at });
    } else {
      const opened = readTag(part, source, tag, stack.at(-1)?.names ?? new Map());
      if (!opened) throw broken();
      elements += 1;
      if (elements > most) throw new Unreadable(`phần ${part} trong tệp quá lớn`);
      stack.push(opened.open);
      if (stack.length > LIMITS.xmlDepth)
        throw new Unreadable(`phần ${part} trong tệp lồng quá ${LIMITS.xmlDepth} tầng`);
      const place = { start: tag, end: opened.end };
      handler.open?.(opened.open.name, opened.attributes, place);
      if (opened.isEmpty) end(place);
      at = opened.end;
    }
  }
  if (stack.length > 0 || elements === 0) throw broken();
}

/** Comments, instructions and CDATA: where they end, -1 where they do not, null where something else stands. */
function skipMarkup(
  part: string,
  source: string,
  tag: number,
  handler: XmlHandler,
  isInside: boolean,
): number | null {
  if (source.startsWith("<?", tag)) return after(source, "?>", tag);
  if (!source.startsWith("<!", tag)) return null;
  if (source.startsWith("<!--", tag)) return after(source, "-->", tag + 4);
  if (!source.startsWith("<![CDATA[", tag))
    throw new Unreadable(
      `phần ${part} trong tệp có khai báo DTD hoặc thực thể, không được phép vì lý do an toàn`,
    );
  const end = after(source, "]]>", tag);
  if (end !== -1 && isInside) handler.text?.(source.slice(tag + 9, end - 3));
  return end;
}

function after(source: string, sign: string, from: number): number {
  const found = source.indexOf(sign, from);
  return found === -1 ? -1 : found + sign.length;
}

function readTag(part: string, source: string, tag: number, outer: Names) {
  const raw = match(NAME, source, tag + 1)?.[0];
  if (raw === undefined) return null;
  let at = tag + 1 + raw.length;
  const written: [string, string][] = [];
  for (let found = match(ATTRIBUTE, source, at); found; found = match(ATTRIBUTE, source, at)) {
    written.push([found[1] ?? "", decode(part, found[2] ?? found[3] ?? "")]);
    if (written.length > LIMITS.xmlAttributes)
      throw new Unreadable(`phần ${part} trong tệp có thẻ mang quá ${LIMITS.xmlAttributes} thuộc tính`);
    at += found[0].length;
  }
  const close = match(TAG_END, source, at);
  if (!close) return null;
  const names = withDeclared(outer, written);
  const attributes: Record<string, string> = Object.create(null);
  for (const [name, value] of written) attributes[name.includes(":") ? canonical(name, names) : name] = value;
  const open = { name: canonical(raw, names), raw, names };
  return { open, attributes, end: at + close[0].length, isEmpty: close[1] === "/" };
}

function withDeclared(outer: Names, written: [string, string][]): Names {
  const declared = written.filter(([name]) => name === "xmlns" || name.startsWith("xmlns:"));
  if (declared.length === 0) return outer;
  return new Map([...outer, ...declared.map(([name, uri]): [string, string] => [name.slice(6), uri])]);
}

function canonical(raw: string, names: Names): string {
  const colon = raw.indexOf(":");
  const uri = names.get(colon === -1 ? "" : raw.slice(0, colon));
  const prefix = uri === undefined ? undefined : PREFIXES[uri];
  return prefix === undefined ? raw : prefix + raw.slice(colon + 1);
}

function match(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}

function decode(part: string, text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&([^;&\s]{0,10};?)/g, (_, found: string) => {
    const name = found.slice(0, -1);
    const known = found.endsWith(";")
      ? Object.hasOwn(ENTITIES, name)
        ? ENTITIES[name]
        : character(name)
      : undefined;
    if (known === undefined)
      throw new Unreadable(`phần ${part} trong tệp dùng thực thể lạ, không được phép vì lý do an toàn`);
    return known;
  });
}

function character(name: string): string | undefined {
  const code = /^#x[\da-f]+$/i.test(name)
    ? Number.parseInt(name.slice(2), 16)
    : /^#\d+$/.test(name)
      ? Number(name.slice(1))
      : 0;
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
