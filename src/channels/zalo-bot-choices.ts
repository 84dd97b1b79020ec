const HINT = "Bà con trả lời bằng số để chọn.";
const WIDTHS = [Number.POSITIVE_INFINITY, 60, 30, 16];

/**
 * The text with its choices as a numbered list below, within `limit`. The text stays whole: where it leaves too
 * little room the choices are shortened, then the last ones left out, so every number shown is the right one.
 */
export function withChoices(text: string, choices: string[], limit: number): string {
  return text + listWithin(choices, limit - text.length);
}

function listWithin(choices: string[], room: number): string {
  if (choices.length === 0) return "";
  const fitting = WIDTHS.map((width) => listOf(choices, width)).find((list) => list.length <= room);
  return fitting ?? listWithin(choices.slice(0, -1), room);
}

function listOf(choices: string[], width: number): string {
  const lines = choices.map((choice, index) => `${index + 1}. ${shortened(choice, width)}`);
  return `\n\n${lines.join("\n")}\n${HINT}`;
}

function shortened(choice: string, width: number): string {
  const line = choice.replace(/\s+/g, " ").trim();
  return line.length <= width ? line : `${line.slice(0, width - 1).replace(/[\uD800-\uDBFF]$|\s$/, "")}…`;
}
