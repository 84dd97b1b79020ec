import { toLetter, toRoman } from "./numerals.ts";
import { readXml } from "./xml.ts";

/** A level of a list as word/numbering.xml has it: `text` is "%1." or "Điều %1.". */
type Level = { start: number; format: string; text: string; styleId: string | null; isLegal: boolean };
type List = { abstractId: string; starts: Map<number, number> };

/** Gives each numbered paragraph, asked in reading order, the number that Word shows; null for a bullet or no number. */
export type Numbering = {
  next(numId: string, level: number): string | null;
  levelOfStyle(styleId: string): number | null;
};

export function readNumbering(source: string | null): Numbering {
  const { levels, lists } = source === null ? { levels: new Map(), lists: new Map() } : collect(source);
  const counters = new Map<string, number[]>();
  const restarted = new Set<string>();
  return {
    levelOfStyle: (styleId) => {
      for (const each of levels.values())
        for (const [depth, level] of each) if (level.styleId === styleId) return depth;
      return null;
    },
    next(numId, depth) {
      const list = lists.get(numId);
      const level = list && levels.get(list.abstractId)?.get(depth);
      if (!list || !level) return null;
      const counts = counters.get(list.abstractId) ?? [];
      counters.set(list.abstractId, counts);
      count(counts, depth, level, restartOf(restarted, numId, depth, list));
      return level.format === "bullet"
        ? null
        : labelOf(level, counts, levels.get(list.abstractId) ?? new Map());
    },
  };
}

/** A list that begins anew says so once, for the first of its paragraphs. */
function restartOf(restarted: Set<string>, numId: string, depth: number, list: List): number | null {
  const key = `${numId} ${depth}`;
  if (restarted.has(key)) return null;
  restarted.add(key);
  return list.starts.get(depth) ?? null;
}

function count(counts: number[], depth: number, level: Level, restart: number | null): void {
  const before = counts[depth];
  counts[depth] = restart ?? (before === undefined ? level.start : before + 1);
  counts.length = depth + 1;
}

function labelOf(level: Level, counts: number[], levels: Map<number, Level>): string | null {
  const text = level.text.replace(/%([1-9])/g, (_, digit: string) => {
    const depth = Number(digit) - 1;
    const format = level.isLegal ? "decimal" : (levels.get(depth)?.format ?? "decimal");
    return written(counts[depth] ?? levels.get(depth)?.start ?? 1, format);
  });
  return text.trim() === "" ? null : text.trim();
}

function written(value: number, format: string): string {
  if (format === "lowerLetter") return toLetter(value);
  if (format === "upperLetter") return toLetter(value).toUpperCase();
  if (format === "lowerRoman") return toRoman(value);
  if (format === "upperRoman") return toRoman(value).toUpperCase();
  if (format === "decimalZero") return String(value).padStart(2, "0");
  return format === "none" ? "" : String(value);
}

function collect(source: string) {
  const levels = new Map<string, Map<number, Level>>();
  const lists = new Map<string, List>();
  let abstract: Map<number, Level> | null = null;
  let list: List | null = null;
  let level: Level | null = null;
  let overridden = 0;
  readXml("word/numbering.xml", source, {
    open(name, attributes) {
      const value = attributes["w:val"] ?? "";
      if (name === "w:abstractNum") {
        abstract = new Map();
        levels.set(attributes["w:abstractNumId"] ?? "", abstract);
      } else if (name === "w:num") {
        list = { abstractId: "", starts: new Map() };
        lists.set(attributes["w:numId"] ?? "", list);
      } else if (name === "w:lvl" && abstract) {
        level = { start: 1, format: "decimal", text: "", styleId: null, isLegal: false };
        abstract.set(Number(attributes["w:ilvl"] ?? 0), level);
      } else if (name === "w:abstractNumId" && list) list.abstractId = value;
      else if (name === "w:lvlOverride") overridden = Number(attributes["w:ilvl"] ?? 0);
      else if (name === "w:startOverride" && list) list.starts.set(overridden, Number(value));
      else if (level) readLevel(level, name, value);
    },
    close(name) {
      if (name === "w:abstractNum") abstract = null;
      if (name === "w:num") list = null;
      if (name === "w:lvl") level = null;
    },
  });
  return { levels, lists };
}

function readLevel(level: Level, name: string, value: string): void {
  if (name === "w:start") level.start = Number(value) || 0;
  if (name === "w:numFmt") level.format = value;
  if (name === "w:lvlText") level.text = value;
  if (name === "w:pStyle") level.styleId = value;
  if (name === "w:isLgl") level.isLegal = value !== "0" && value !== "false";
}
