import type { EditionStore } from "../db/editions.ts";
import { overtaken } from "../knowledge/changes.ts";
import { type Author, type EditionFile, NotPossible } from "../knowledge/edition.ts";
import type { FileRow, GateFindings, GateReport } from "../knowledge/gate-report.ts";
import type { GivenFile } from "../reading/read-document.ts";
import type { Embed } from "../retrieval/retriever.ts";
import { dropThreshold, keepThreshold, thresholdChange } from "./recalibration.ts";
import { editionHash, type Fingerprint, type ReadMany, stageFiles, unchangedRow } from "./staging.ts";
import { tryInChild } from "./trial-run.ts";
import type { KeptVectors } from "./vectors.ts";

export type LibraryParts = {
  editions: EditionStore;
  vectors: KeptVectors;
  /** The model behind the vectors, when it is a server; null for the embedded vectors. */
  remoteEmbed: Embed | null;
  read: ReadMany;
  /** An ISO day in Vietnam. */
  today: () => string;
};

/** The life of the knowledge: staged, checked, published, rolled back. What cannot be done now throws NotPossible. */
export type Library = ReturnType<typeof createLibrary>;

export function createLibrary({ editions, vectors, remoteEmbed, read, today }: LibraryParts) {
  return { stage, unchanged, add, remove, drop, embed, check, publish, rollBack };

  /** Begins a staged edition on top of what is in force; its id. */
  async function stage(author: Author, note: string | null): Promise<number> {
    return editions.open(await editions.current(), author, note);
  }

  /** For each file, its row when what is in force holds it byte for byte, else null. */
  async function unchanged(files: Fingerprint[]): Promise<(FileRow | null)[]> {
    const held = await filesInForce();
    return files.map((file) => unchangedRow(file, held));
  }

  /** Puts files into a staged edition, or says of each why not. */
  async function add(edition: number, files: GivenFile[]): Promise<FileRow[]> {
    const staged = await stageFiles(files, await editions.files(edition), edition, read);
    const made = staged.flatMap((one) => one.files);
    if (made.length > 0) await editions.put(edition, made);
    return staged.map(({ row }) => row);
  }

  async function remove(edition: number, path: string): Promise<void> {
    if (!(await editions.remove(edition, path))) throw new NotPossible(`Bản soạn này không có tệp ${path}.`);
  }

  /** Gives a staged edition up. */
  async function drop(edition: number): Promise<void> {
    await editions.drop(edition);
  }

  /** Makes the vectors that an edition lacks; how many, by file. */
  async function embed(edition: number): Promise<Record<string, number>> {
    const embedded: Record<string, number> = {};
    await compare(null, await editions.files(edition), false, embedded);
    return embedded;
  }

  /** Asks the golden set of what is in force and of the staged edition, sets its threshold, and notes what would change. */
  async function check(edition: number): Promise<GateReport> {
    const started = performance.now();
    await dropThreshold(edition, editions);
    await editions.bringUpToDate(edition);
    const against = await editions.current();
    const checked = await editions.files(edition);
    const embedded: Record<string, number> = {};
    const { calibration, ...findings } = await compare(against, checked, true, embedded);
    const files = await keepThreshold(edition, checked, calibration.after, editions);
    const report = {
      ...findings,
      threshold: thresholdChange(calibration),
      against,
      hash: editionHash(files),
      embedded,
      seconds: Math.round((performance.now() - started) / 100) / 10,
    };
    await editions.saveReport(edition, against, report);
    return report;
  }

  /** Puts a checked edition in force; what breaks a golden question needs a written reason. */
  async function publish(edition: number, author: Author, override: string | null): Promise<void> {
    const found = await editions.find(edition);
    const report = found?.report as GateReport | null | undefined;
    if (!report) throw new NotPossible(`Bản soạn số ${edition} chưa được kiểm tra, nên chưa công bố được.`);
    const broken = report.answers.filter(({ verdict }) => verdict === "broken");
    const reason = override?.trim() || null;
    if (report.refused.length > 0)
      throw new NotPossible(
        `Có văn bản không đọc được: ${report.refused.map(({ file }) => file).join(", ")}.`,
      );
    if (broken.length > 0 && !reason) throw new NotPossible(brokenText(broken));
    await editions.decide(
      {
        edition,
        kind: report.against === null ? "first" : "publish",
        hash: report.hash,
        reason,
        author,
        overtaken: overtaken(report.changes),
      },
      async (current) => {
        if (current !== report.against)
          throw new NotPossible(
            `Từ lúc kiểm tra đã có bản khác được công bố; xin kiểm tra lại bản soạn số ${edition}.`,
          );
        if (editionHash(await editions.files(edition)) !== report.hash)
          throw new NotPossible(`Bản soạn số ${edition} đã đổi từ lúc kiểm tra; xin kiểm tra lại.`);
      },
    );
  }

  /** Puts an edition that was in force before in force again. */
  async function rollBack(edition: number, author: Author, reason: string): Promise<void> {
    if (reason.trim() === "") throw new NotPossible("Xin ghi lý do quay lại bản cũ.");
    if (!(await editions.wasPublished(edition)))
      throw new NotPossible(`Bản số ${edition} chưa từng được công bố, nên không quay lại được.`);
    const now = await editions.current();
    if (now === edition) throw new NotPossible(`Bản số ${edition} đang được dùng.`);
    const files = await editions.files(edition);
    const { changes } = await compare(now, files, false, {});
    const hash = editionHash(files);
    await editions.decide(
      { edition, kind: "rollback", hash, reason: reason.trim(), author, overtaken: overtaken(changes) },
      (current) => {
        if (current !== now) throw new NotPossible("Vừa có bản khác được công bố; xin xem lại rồi thử lại.");
      },
    );
  }

  async function compare(
    before: number | null,
    after: EditionFile[],
    withTrials: boolean,
    embedded: Record<string, number>,
  ): Promise<GateFindings> {
    const question = {
      before: before === null ? null : (await editions.files(before)).map(plain),
      after: after.map(plain),
      today: today(),
      withTrials,
    };
    const asked = remoteEmbed && (async (texts: string[]) => (await vectors.over(texts))(texts));
    return tryInChild(question, {
      embed: asked,
      async learn(clauses) {
        // A model that cannot be reached now is asked again when the edition is taken into use.
        const made = await vectors.learn(clauses.map(({ text }) => text)).catch(() => new Set<string>());
        for (const { file, text } of clauses) if (made.has(text)) embedded[file] = (embedded[file] ?? 0) + 1;
      },
    });
  }

  async function filesInForce(): Promise<EditionFile[]> {
    const current = await editions.current();
    return current === null ? [] : editions.files(current);
  }
}

function plain({ path, text }: EditionFile) {
  return { path, text };
}

function brokenText(broken: GateReport["answers"]): string {
  const shown = broken.slice(0, 5).map(({ id, question }) => `${id} “${question}”`);
  const more = broken.length > shown.length ? ` và ${broken.length - shown.length} câu khác` : "";
  return `${broken.length} câu hỏi mẫu sẽ bị trả lời sai: ${shown.join("; ")}${more}. Muốn công bố vẫn phải ghi lý do.`;
}
