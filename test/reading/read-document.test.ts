import { execFileSync, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { LIMITS } from "../../src/reading/limits.ts";
import {
  type FileResult,
  type GivenFile,
  readDocument,
  readDocuments,
} from "../../src/reading/read-document.ts";
import { paragraph, wordFile, wordXml } from "../support/office-files.ts";
import { pdfPage } from "../support/pdf-bytes.ts";
import { zip64Bytes } from "../support/zip64-bytes.ts";

const SIDECAR =
  "number: 7/QĐ\ntitle: Tờ rơi\nissuer: Sở\nsigned: 2024-01-02\neffective: 2024-02-01\ntopics: [von-vay]";
const FRONT = `---\n${SIDECAR}\nexpires: null\nsource: thử\ncertainty: certain\n---\n## Mức vay\n`;
const markdown = (name: string): GivenFile => ({
  name,
  bytes: Buffer.from(`${FRONT}Câu ${name}.`),
  sidecar: null,
});
const word = (name: string, sidecar: string | null = SIDECAR): GivenFile => ({
  name,
  bytes: wordFile(wordXml(paragraph(`Câu ${name}.`))),
  sidecar,
});
/** Keeps its reader busy until its time is over. */
const slow = (name: string): GivenFile => ({ name, bytes: pdfPage("q Q ".repeat(4e6)), sidecar: null });

/** The readers that run below this process, by their ids. */
function children(): number[] {
  return readdirSync(`/proc/${process.pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${process.pid}/task/${task}/children`, "utf8")
      .split(" ")
      .filter((id) => id !== "" && commandOf(Number(id)).includes("reading/child.ts"))
      .map(Number),
  );
}

function commandOf(id: number): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

async function until<Value>(look: () => Value | undefined | false): Promise<Value> {
  for (;;) {
    const found = look();
    if (found) return found;
    await sleep(20);
  }
}

/** On a busy machine an honest file may take longer than is allowed where people wait. */
const PATIENT = { ...LIMITS, timeMs: 60_000 };

async function all(files: GivenFile[], limits = PATIENT): Promise<FileResult[]> {
  const results: FileResult[] = [];
  for await (const result of readDocuments(files, limits)) results.push(result);
  return results;
}

const outline = (result: FileResult) =>
  "refused" in result
    ? `${result.name}: ${result.refused.reason}`
    : `${result.name}: ${result.documents.length}`;

const linuxOnly = describe.skipIf(process.platform !== "linux");

describe("readDocuments", () => {
  it("gives each result in the order of the files, whatever becomes of the others", async () => {
    const files = [
      markdown("a.md"),
      word("b.docx"),
      { ...markdown("c.md"), name: "../c.md" },
      markdown("d.md"),
    ];
    expect((await all([...files, word("e.docx", null)])).map(outline)).toEqual([
      "a.md: 1",
      "b.docx: 1",
      expect.stringMatching(/^\.\.\/c\.md: .*ngoài thư mục/),
      "d.md: 1",
      expect.stringMatching(/^e\.docx: .*số hiệu \(number\).*e\.docx\.yaml/),
    ]);
  });
});

describe("a sidecar", () => {
  it("is refused with its own name when it is wrong or too large", async () => {
    const reason = async (sidecar: string) =>
      outline((await all([word("a.docx", sidecar)]))[0] as FileResult);
    expect(await reason(`${SIDECAR}\nnguoi: ai`)).toMatch(/tệp đi kèm sai/);
    expect(await reason(`# ${"a".repeat(300_000)}`)).toMatch(/\.yaml đi kèm quá lớn/);
  });
});

describe("an archive with sizes of 64 bits", () => {
  it("is read where they are true, and refused where they are not", async () => {
    const file = (bytes: Buffer): GivenFile => ({ name: "a.docx", bytes, sidecar: SIDECAR });
    const document = wordXml(paragraph("Câu."));
    expect((await all([file(zip64Bytes(document))])).map(outline)).toEqual(["a.docx: 1"]);
    for (const size of [2n ** 40n, 2n ** 60n])
      expect((await all([file(zip64Bytes(document, size))])).map(outline)).toEqual([
        expect.stringMatching(/^a\.docx: tệp bị hỏng/),
      ]);
  });
});

linuxOnly("the children", () => {
  it("are one for all Markdown files and two at the most", async () => {
    const seen = new Set<number>();
    let most = 0;
    const watch = setInterval(() => {
      const ids = children();
      most = Math.max(most, ids.length);
      for (const id of ids) seen.add(id);
    }, 5);
    await all(Array.from({ length: 4 }, (_, i) => markdown(`${i}.md`)));
    expect(seen.size).toBe(1);
    const files = ["a", "b", "c"].map((name) => readDocument(word(`${name}.docx`), PATIENT));
    await Promise.all([...files, all([markdown("d.md")])]);
    clearInterval(watch);
    expect(most).toBe(2);
    expect(seen.size).toBe(5);
  });

  it("hold none of our settings", async () => {
    process.env.TELEGRAM_BOT_TOKEN = "canary-of-this-test";
    const reading = readDocument(slow("a.pdf"), { ...LIMITS, timeMs: 3_000 }).catch(() => {});
    const id = await until(() => children()[0]);
    const environment = readFileSync(`/proc/${id}/environ`, "utf8");
    delete process.env.TELEGRAM_BOT_TOKEN;
    await reading;
    expect(environment).toContain("TZ=Asia/Ho_Chi_Minh");
    expect(environment).not.toContain("canary-of-this-test");
    expect(environment.split("\0").filter(Boolean).length).toBeLessThanOrEqual(3);
  });

  it("may be killed from outside: that file is refused, and the next one is read", async () => {
    const reading = readDocument(slow("a.pdf")).catch((error: unknown) => error);
    const id = await until(() => children()[0]);
    await sleep(300);
    process.kill(id, "SIGKILL");
    expect(await reading).toMatchObject({ file: "a.pdf", reason: expect.stringMatching(/dừng đột ngột/) });
    expect((await all([word("b.docx")])).map(outline)).toEqual(["b.docx: 1"]);
  });

  it("end with their parent", async () => {
    const script = `
      import { readDocument } from "./src/reading/read-document.ts";
      import { pdfPage } from "./test/support/pdf-bytes.ts";
      void readDocument({ name: "a.pdf", bytes: pdfPage("q Q ".repeat(4e6)), sidecar: null });`;
    const root = fileURLToPath(new URL("../..", import.meta.url));
    const parent = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script], {
      cwd: root,
      stdio: "ignore",
    });
    const below = () =>
      execFileSync("cat", [`/proc/${parent.pid}/task/${parent.pid}/children`], { encoding: "utf8" })
        .split(" ")
        .filter((each) => commandOf(Number(each)).includes("reading/child.ts"))
        .map(Number)[0];
    const id = await until(below);
    await sleep(500);
    parent.kill("SIGKILL");
    await until(() => commandOf(id) === "");
    expect(commandOf(id)).toBe("");
  });
});
