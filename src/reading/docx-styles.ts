import { readXml } from "./xml.ts";

/** What a style or a run says of how its words look; what it leaves open is undefined. */
export type Look = {
  isVanished?: boolean;
  isWhite?: boolean;
  /** Too small to be read. */
  isTiny?: boolean;
  /** A colour lies behind the words. */
  isOnGround?: boolean;
};
/** `numId` and `level` put the paragraphs of a style into a list. */
export type Style = { look: Look; numId: string | null; level: number | null };
export type Styles = { defaults: Look; find(id: string | null): Style };

type Own = Style & { basedOn: string | null };

const NONE: Style = { look: {}, numId: null, level: null };
const LONGEST_CHAIN = 20;

/** Reads word/styles.xml; a style takes over what the style below it says. */
export function readStyles(source: string | null): Styles {
  const own = new Map<string, Own>();
  const defaults: Look = {};
  if (source !== null) collect(source, own, defaults);
  const found = new Map<string, Style>();
  const find = (id: string | null): Style => {
    if (id === null) return NONE;
    const known = found.get(id) ?? resolve(own, id);
    found.set(id, known);
    return known;
  };
  return { defaults, find };
}

function collect(source: string, own: Map<string, Own>, defaults: Look): void {
  let current: Own | null = null;
  let isInDefaults = false;
  readXml("word/styles.xml", source, {
    open(name, attributes) {
      if (name === "w:style") {
        current = { look: {}, numId: null, level: null, basedOn: null };
        own.set(attributes["w:styleId"] ?? "", current);
      } else if (name === "w:rPrDefault") isInDefaults = true;
      else if (current) readStylePart(current, name, attributes);
      else if (isInDefaults) readLook(defaults, name, attributes);
    },
    close(name) {
      if (name === "w:style") current = null;
      if (name === "w:rPrDefault") isInDefaults = false;
    },
  });
}

function readStylePart(style: Own, name: string, attributes: Record<string, string>): void {
  if (name === "w:basedOn") style.basedOn = attributes["w:val"] ?? null;
  else if (name === "w:numId") style.numId = attributes["w:val"] ?? null;
  else if (name === "w:ilvl") style.level = Number(attributes["w:val"]);
  else readLook(style.look, name, attributes);
}

/** Adds to `look` what one property of a run or paragraph says. */
export function readLook(look: Look, name: string, attributes: Record<string, string>): void {
  const value = attributes["w:val"];
  if (name === "w:vanish") look.isVanished = !["0", "false", "off"].includes(value ?? "1");
  if (name === "w:color") look.isWhite = value?.toUpperCase() === "FFFFFF";
  if (name === "w:sz") look.isTiny = Number(value) <= 4;
  if (name === "w:highlight") look.isOnGround = value !== "none" && value !== "white";
  if (name === "w:shd") look.isOnGround = hasColour(attributes);
}

function hasColour(attributes: Record<string, string>): boolean {
  const fill = attributes["w:fill"]?.toUpperCase() ?? "AUTO";
  const isPattern = !["clear", "nil", undefined].includes(attributes["w:val"]);
  return isPattern || attributes["w:themeFill"] !== undefined || (fill !== "AUTO" && fill !== "FFFFFF");
}

function resolve(own: Map<string, Own>, id: string): Style {
  const chain: Own[] = [];
  for (let next = own.get(id); next && chain.length < LONGEST_CHAIN; next = own.get(next.basedOn ?? ""))
    chain.unshift(next);
  return {
    look: Object.assign({}, ...chain.map(({ look }) => look)),
    numId: chain.findLast(({ numId }) => numId !== null)?.numId ?? null,
    level: chain.findLast(({ level }) => level !== null)?.level ?? null,
  };
}
