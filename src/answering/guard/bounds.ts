import type { Line, Piece } from "./clauses.ts";
import { type Figure, isComparable, supports } from "./figure.ts";

/** On which side of a figure the truth lies; "within" is a span of time that may be the longest one or simply its length. */
type Bound =
  | "most"
  | "least"
  | "over"
  | "under"
  | "before"
  | "after"
  | "from"
  | "until"
  | "about"
  | "within"
  | "none";

/** May stand anywhere before the figure in its piece: "tối đa không cần tài sản bảo đảm là 5 tỷ". */
const FAR: [Bound, string][] = [
  [
    "most",
    "tối đa|không (?:được )?(?:vượt )?quá|chưa quá|không (?:nhiều|lớn|cao) hơn|nhiều nhất|cao nhất|chậm nhất|muộn nhất|không muộn hơn|trong vòng|trong thời hạn",
  ],
  ["least", "tối thiểu|ít nhất|thấp nhất|không dưới|không (?:ít|thấp|nhỏ) hơn|sớm nhất"],
];
/** Have other meanings too, so they count only right before the figure. */
const NEAR: [Bound, string][] = [
  ["over", "trên|hơn|vượt quá|vượt|quá|lớn hơn|cao hơn|nhiều hơn"],
  ["under", "dưới|ít hơn|thấp hơn|nhỏ hơn|chưa đến|chưa tới|chưa đủ|kém"],
  ["before", "trước"],
  ["after", "sau"],
  ["from", "từ|kể từ|bắt đầu từ"],
  ["until", "đến|tới|hết|cho đến|đến hết|tới hết"],
  ["about", "khoảng|gần|xấp xỉ|chừng|ước"],
  ["within", "trong"],
];
const FILLER = `(?: (?:ngày|mức|năm|tháng|số|là))*`;
const AFTERWARDS: [Bound, RegExp][] = [
  ["least", /^[^\uFFFC]{0,30}?trở lên/u],
  ["most", /^[^\uFFFC]{0,30}?(?:trở xuống|trở lại|đổ lại)/u],
  ["from", /^ trở đi/u],
  ["most", /^ là [^\uFFFC]{0,20}?(?:tối đa|cao nhất)/u],
  ["least", /^ là [^\uFFFC]{0,20}?(?:tối thiểu|thấp nhất)/u],
];

const far = FAR.map(
  ([bound, words]) => [bound, new RegExp(String.raw`(?<!\p{L})(?:${words})(?!\p{L})`, "gu")] as const,
);
const near = NEAR.map(
  ([bound, words]) => [bound, new RegExp(String.raw`(?<!\p{L})(?:${words})${FILLER} $`, "u")] as const,
);

const UNBOUND = new Set<Figure["kind"]>(["legal", "named", "phone", "link", "code"]);
/** The members of a list share the bound in front of the first. */
const LISTED_BEFORE = /(?:\uFFFC *(?:và |hoặc |hay )?)+$/u;

/** Whether some place that holds the figure bounds it the same way: "tối đa 5 tỷ" is not "tối thiểu 5 tỷ" nor "5 tỷ". */
export function isBoundAlike(sentence: Line, figure: Figure, given: Line[]): boolean {
  const claimed = boundOf(sentence, figure);
  return given.some((line) =>
    line.figures.some((other) => supports(other, figure) && agree(boundOf(line, other), claimed)),
  );
}

function agree(given: Bound, claimed: Bound): boolean {
  if (given === claimed) return true;
  const pair = [given, claimed];
  if (pair.includes("within")) return pair.includes("most") || pair.includes("none");
  return given === "from" && claimed === "none";
}

function boundOf(line: Line, figure: Figure): Bound {
  if (UNBOUND.has(figure.kind)) return "none";
  const at = line.pieces.findIndex(({ figures }) => figures.includes(figure));
  const own = ownBound(line.pieces[at], figure);
  if (own !== "none") return own;
  // "tối đa 5 tỷ với hợp tác xã, 3 tỷ với chủ trang trại": the second sum is a highest one too.
  const before = line.figures
    .filter((other) => other.end <= figure.start && isComparable(other, figure))
    .at(-1);
  const inherited = before ? boundOf(line, before) : "none";
  return inherited === "most" || inherited === "least" ? inherited : "none";
}

function ownBound(piece: Piece | undefined, figure: Figure): Bound {
  if (!piece) return "none";
  const before = ` ${piece.text.slice(0, figure.start - piece.start)}`
    .replace(/\uFFFC+/gu, "\uFFFC")
    .replace(LISTED_BEFORE, "");
  const own = before.slice(before.lastIndexOf("\uFFFC") + 1);
  return (
    afterwards(piece.text.slice(figure.end - piece.start)) ??
    nearBound(own, figure) ??
    farBound(own) ??
    "none"
  );
}

function afterwards(after: string): Bound | undefined {
  return AFTERWARDS.find(([, pattern]) => pattern.test(after))?.[0];
}

/** "từ 5 thành viên" is at least five, "đến 50%" at most half; of days they keep their own meaning. */
function nearBound(before: string, figure: Figure): Bound | undefined {
  const isDay = figure.kind !== "quantity" && figure.kind !== "range";
  const found = near.find(
    ([bound, pattern]) =>
      pattern.test(before) && !(bound === "over" && /không (?:\p{L}+ )?(?:quá|hơn) $/u.test(before)),
  )?.[0];
  if (found === "under" && /không dưới $/u.test(before)) return "least";
  if (found === "within") return figure.measure === "time" ? "within" : undefined;
  if (figure.kind === "range" && found === "from") return "none";
  if (isDay) return found;
  return found === "from" ? "least" : found === "until" ? "most" : found;
}

function farBound(before: string): Bound | undefined {
  let last: { bound: Bound; at: number } | undefined;
  for (const [bound, pattern] of far) {
    for (const match of before.matchAll(pattern)) {
      if (match.index >= (last?.at ?? -1)) last = { bound, at: match.index };
    }
  }
  return last?.bound;
}
