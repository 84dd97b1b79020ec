import { gzipSync } from "node:zlib";
import type { Limits } from "../../src/reading/limits.ts";
import { hostilePdfs } from "./hostile-pdfs.ts";
import { hostileSheets } from "./hostile-sheets.ts";
import { hostileTexts } from "./hostile-texts.ts";
import { hostileWords } from "./hostile-words.ts";
import { repeatedGzip } from "./repeated-deflate.ts";

/** A file that must be refused. `what` says what is wrong with it, `reason` what the person who gave it has to be told. */
export type HostileFile = {
  what: string;
  name: string;
  bytes: () => Uint8Array;
  reason: RegExp;
  sidecar?: string;
  /** Narrower than the limits in use, for a file whose like is tried with those. */
  limits?: Partial<Limits>;
};

/** Made when asked for, since together they would take more memory than the test may. */
export function hostileFiles(): HostileFile[] {
  return [
    ...hostileNames(),
    ...hostileTexts(),
    ...hostileWords(),
    ...hostileSheets(),
    ...hostilePdfs(),
    ...hostileArchives(),
  ];
}

function hostileNames(): HostileFile[] {
  const bytes = () => Buffer.from("# a");
  const names: [string, string, RegExp][] = [
    ["climbs out of its folder", "../../etc/a.md", /ngoài thư mục/],
    ["climbs out in the middle", "a/../../b.docx", /ngoài thư mục/],
    ["is an absolute path", "/etc/a.md", /tuyệt đối/],
    ["is a path of Windows", "C:/a.md", /tuyệt đối/],
    ["has a backslash", "a\\..\\b.md", /gạch chéo ngược/],
    ["holds NUL", "a.md\u0000.pdf", /ký tự điều khiển/],
    ["turns its reading direction round", "a\u202efdp.md", /ký tự/],
    ["is too long", `${"a".repeat(400)}.md`, /quá dài/],
    ["is empty", "", /trống/],
    ["is a program's", "a.exe", /không được nhận/],
    ["has no extension", "README", /không được nhận/],
    ["is an archive's", "a.zip", /không được nhận/],
  ];
  return names.map(([what, name, reason]) => ({ what: `the name ${what}`, name, bytes, reason }));
}

function hostileArchives(): HostileFile[] {
  return [
    {
      what: "a gzip that unfolds to 4 GB",
      name: "a.jsonl.gz",
      bytes: () => repeatedGzip(4_000),
      reason: /bung ra quá 100 MiB/,
    },
    {
      what: "a gzip cut in half",
      name: "a.jsonl.gz",
      bytes: () => gzipSync(Buffer.from("{}".repeat(9_000))).subarray(0, 30),
      reason: /GZIP bị hỏng/,
    },
    {
      what: "a plain text called .jsonl.gz",
      name: "a.jsonl.gz",
      bytes: () => Buffer.from("{}"),
      reason: /văn bản thường/,
    },
    {
      what: "lines that are no JSON",
      name: "a.jsonl",
      bytes: () => Buffer.from("{]\n".repeat(1_000)),
      reason: /không phải một đối tượng JSON; và 995 dòng khác/,
    },
    {
      what: "JSON nested 500,000 deep",
      name: "a.jsonl",
      bytes: () => Buffer.from("[".repeat(500_000)),
      reason: /không phải một đối tượng JSON/,
    },
  ];
}
