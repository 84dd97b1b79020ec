import { type HTMLElement, type Node, NodeType } from "node-html-parser";

const MOST_RULES = 500;
const OFF_SCREEN = /(?:^|;)\s*(?:left|top|right|text-indent|margin-left)\s*:\s*-\d{3,}/;
const NONE =
  /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*(?:\.0+)?%?\s*(?:;|!|$)|font-size\s*:\s*(?:0*(?:\.\d+)?|1)(?:px|pt|em|rem|%)?\s*(?:;|!|$)|clip\s*:\s*rect\(\s*0)/;
const NO_SIZE = /(?:^|;)\s*(?:max-)?(?:height|width)\s*:\s*0(?:px)?\s*(?:;|!|$)/;
const WHITE =
  /(?:^|;)\s*color\s*:\s*(?:white|#fff(?:fff)?|rgba?\(\s*255\s*,\s*255\s*,\s*255[^)]*\)|transparent)\s*(?:;|!|$)/;
const BACKGROUND = /background/;

/** The elements that a reader of the page does not see, by their attributes, their own style and the page's own style sheets. */
export function markHidden(root: HTMLElement): Set<Node> {
  const hidden = new Set<Node>();
  for (const selector of hidingSelectors(root)) {
    for (const element of select(root, selector)) hidden.add(element);
  }
  const waiting: { node: Node; isOnGround: boolean }[] = [{ node: root, isOnGround: false }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node } = next;
    if (node.nodeType !== NodeType.ELEMENT_NODE) continue;
    const element = node as HTMLElement;
    const style = (element.getAttribute?.("style") ?? "").toLowerCase();
    const isOnGround =
      next.isOnGround || BACKGROUND.test(style) || element.hasAttribute?.("bgcolor") || hasClass(element);
    if (isHidden(element, style, isOnGround)) hidden.add(element);
    else for (const child of node.childNodes) waiting.push({ node: child, isOnGround });
  }
  return hidden;
}

/** A class may paint a ground, and style sheets from elsewhere are not read. */
function hasClass(element: HTMLElement): boolean {
  return element.hasAttribute?.("class") ?? false;
}

function isHidden(element: HTMLElement, style: string, isOnGround: boolean): boolean {
  return (
    (element.hasAttribute?.("hidden") ?? false) ||
    element.getAttribute?.("aria-hidden")?.trim().toLowerCase() === "true" ||
    NONE.test(style) ||
    OFF_SCREEN.test(style) ||
    (NO_SIZE.test(style) && /overflow(?:-[xy])?\s{0,9}:\s{0,9}hidden/.test(style)) ||
    (!isOnGround &&
      (WHITE.test(style) || /^(?:white|#?fff(?:fff)?)$/i.test(element.getAttribute?.("color") ?? "")))
  );
}

function hidingSelectors(root: HTMLElement): string[] {
  const sheets = root
    .querySelectorAll("style")
    .map((style) => style.rawText.replace(/\/\*[\s\S]*?\*\//g, ""));
  const rules = sheets
    .join("\n")
    .split("}")
    .slice(0, 10 * MOST_RULES);
  return rules
    .flatMap((rule) => {
      // Of a rule inside of @media only the inner one counts; where it holds is not asked.
      const [selector = "", body = ""] = rule.split("{").slice(-2);
      const isHiding = NONE.test(body.toLowerCase()) || OFF_SCREEN.test(body.toLowerCase());
      return isHiding ? selector.split(",") : [];
    })
    .map((selector) => selector.trim())
    .filter((selector) => selector !== "" && !/[@:]/.test(selector))
    .slice(0, MOST_RULES);
}

function select(root: HTMLElement, selector: string): HTMLElement[] {
  try {
    return root.querySelectorAll(selector);
  } catch {
    return [];
  }
}
