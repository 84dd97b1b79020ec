/** Besides what no file system takes: marks that turn the direction of writing, with which "exe.gpj" reads as "jpg.exe". */
const UNWANTED = /[\p{Cc}\p{Cf}<>:"|?*]/gu;

const MAX_LENGTH = 150;

/** The header that has a browser save a file, by RFC 6266: plain letters for old programs, the whole name beside them. */
export function attachment(path: string): string {
  const name = nameOf(path);
  const plain = name.replace(/[^\w.-]+/g, "_");
  const whole = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}

/** The last part of a path, whichever system wrote it, and never one that is hidden or means a folder. */
function nameOf(path: string): string {
  const last = path.split(/[/\\]/).at(-1) ?? "";
  // Cut from the front, so that the ending stays.
  const kept = last.replace(UNWANTED, "").slice(-MAX_LENGTH).toWellFormed();
  return kept.replace(/^[\s.]+/, "") || "tep";
}
