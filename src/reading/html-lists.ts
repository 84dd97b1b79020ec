import type { HTMLElement } from "node-html-parser";
import { toLetter, toRoman } from "./numerals.ts";

/** The numbers that a browser shows before the items of an <ol>, or null where it shows none. Letters get the bracket of a điểm. */
export function listLabels(list: HTMLElement, items: HTMLElement[]): (string | null)[] {
  const style = list.getAttribute("style") ?? "";
  if (/list-style(?:-type)?\s*:\s*none/i.test(style)) return items.map(() => null);
  let next = integer(list.getAttribute("start")) ?? 1;
  return items.map((item) => {
    const value = integer(item.getAttribute("value")) ?? next;
    next = value + 1;
    return label(value, typeOf(list, style));
  });
}

function typeOf(list: HTMLElement, style: string): string {
  const named =
    /list-style(?:-type)?\s*:\s*(lower-alpha|lower-latin|upper-alpha|upper-latin|lower-roman|upper-roman)/i.exec(
      style,
    );
  if (!named) return list.getAttribute("type") ?? "1";
  const [size = "", kind = ""] = (named[1] ?? "").toLowerCase().split("-");
  const letter = kind === "roman" ? "i" : "a";
  return size === "upper" ? letter.toUpperCase() : letter;
}

function label(value: number, type: string): string {
  if (type === "a") return `${toLetter(value)})`;
  if (type === "A") return `${toLetter(value).toUpperCase()})`;
  if (type === "i") return `${toRoman(value)}.`;
  if (type === "I") return `${toRoman(value).toUpperCase()}.`;
  return `${value}.`;
}

function integer(text: string | undefined): number | null {
  return text !== undefined && /^-?\d{1,6}$/.test(text.trim()) ? Number(text) : null;
}
