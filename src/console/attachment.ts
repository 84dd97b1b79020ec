/** The header that has a browser save a file, by RFC 6266: plain letters for old programs, the whole name beside them. */
export function attachment(path: string): string {
  const name = path.split("/").at(-1) ?? "";
  const plain = name.replace(/[^\w.-]+/g, "_");
  const whole = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
