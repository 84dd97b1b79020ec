/** Numbers and addresses that belong to one person, and what stands in their place; the more telling forms come first. */
const PERSONAL: [form: RegExp, place: string][] = [
  [/(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu, "[e-mail]"],
  [
    // The digits first: what stands before them costs more to look at.
    /(?=\d(?:[ .-]?\d){5})(?<=(?:cccd|cmnd|cmt|căn cước(?: công dân)?|chứng minh(?: nhân dân)?|hộ chiếu|mã số thuế|mst|tài khoản|stk)[^\d\n]{0,20})\d(?:[ .-]?\d){5,18}/giu,
    "[số riêng]",
  ],
  [/(?<![\d/]|\d[.,])(?:\+84|84(?=\d{9}(?!\d))|0)(?:[ .-]?\d){8,13}(?![\d/])/g, "[số điện thoại]"],
  [/(?<![\d.,/-])(?:\d[ -]?){8,18}\d(?![\d/-]|[.,]\d)/g, "[số riêng]"],
];

const SELF = "tôi|tui|em|con|cháu|mình|tao|tớ";
const NO_NAME =
  "(?!(?:muốn|xin|hỏi|ở|là|có|cho|đang|thuộc|cần|được|bên|nhà|số|sinh|vay|htx|tht|hợp tác)(?!\\p{L}))";
const AFTER_NAMED = new RegExp(
  String.raw`(?<=(?<!\p{L})(?:họ (?:và )?tên|(?:${SELF})(?: đây)? tên|tên (?:của )?(?:${SELF}))(?: là)? ?:? )${NO_NAME}\p{L}+(?: ${NO_NAME}\p{L}+){0,4}`,
  "giu",
);
const CAPITALS = String.raw`\p{Lu}\p{Ll}*(?: \p{Lu}\p{Ll}*){1,4}(?!\p{L})`;
const AFTER_TITLE = new RegExp(
  String.raw`(?<=(?<!\p{L})(?:(?:[Tt]ôi|[Tt]ui|[Ee]m|[Cc]on|[Cc]háu|[Mm]ình) là |(?:[ÔôỐố]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]hú|[Bb]ác|[Cc]ô|[Cc]ậu|[Dd]ì) ))${CAPITALS}`,
  "gu",
);

/** Takes out of a message what only its member may know: numbers of phones, papers and accounts, e-mail, names. */
export function masked(text: string): string {
  const hidden = PERSONAL.reduce((rest, [form, place]) => rest.replace(form, place), text.normalize("NFC"));
  return hidden.replace(AFTER_NAMED, "[tên]").replace(AFTER_TITLE, "[tên]");
}
