import { readSheet } from "read-excel-file/universal";
import yauzl from "yauzl";
import { parseCsv } from "./csv.ts";
import { storedZip } from "./stored-zip.ts";

/** What a file may grow to once it is unpacked, and how much of it is handed on. */
const MAX_INFLATED_BYTES = 150 * 2 ** 20;
const MAX_ENTRIES = 1_000;
const MAX_COLUMNS = 100;
const MAX_CELL = 32_767;

/** A reason that the person who gave the file can act on. */
class Refused extends Error {}

type Sheet = { rows: string[][]; brokenAt: number | null };

// The library makes its chunks smaller while the clock says that it is slow, and on a busy machine it then took minutes and
// failed; in a process of its own it has nobody to make room for.
Date.now = () => 0;

// Read by rows.ts in a process of its own: a file that harms its reader harms only this one.
const [kind = "csv", maxRows = "100000"] = process.argv.slice(2);
try {
  const bytes = await readInput();
  const sheet = kind === "xlsx" ? await readXlsx(bytes) : readCsv(bytes);
  if (sheet.rows.length - 1 > Number(maxRows))
    throw new Refused(`Tệp có hơn ${Number(maxRows).toLocaleString("vi")} dòng.`);
  await print(sheet);
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  await write(`${JSON.stringify({ refused: error.message })}\n`);
}

async function readInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function readCsv(bytes: Buffer): Sheet {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8";
  try {
    return parseCsv(new TextDecoder(encoding, { fatal: true }).decode(bytes));
  } catch {
    throw new Refused("Tệp không phải UTF-8; trong bảng tính hãy lưu lại bằng loại “CSV UTF-8”.");
  }
}

async function readXlsx(bytes: Buffer): Promise<Sheet> {
  try {
    const unpacked = storedZip(await unpack(bytes));
    const cells = await readSheet(new Uint8Array(unpacked).buffer);
    return { rows: cells.map((row) => row.slice(0, MAX_COLUMNS).map(textOf)), brokenAt: null };
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused("Tệp .xlsx bị hỏng hoặc không phải bảng tính Excel.");
  }
}

/** The library reads dates as midnight UTC. */
function textOf(cell: unknown): string {
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? "" : cell.toISOString().slice(0, 10);
  return cell === null || cell === undefined ? "" : String(cell).slice(0, MAX_CELL);
}

/** Counts what really comes out of the archive, since the sizes that it declares may lie; pictures and the like are left. */
async function unpack(bytes: Buffer): Promise<Map<string, Buffer>> {
  const zip = await yauzl.fromBufferPromise(bytes, { lazyEntries: true });
  if (zip.entryCount > MAX_ENTRIES) throw new Refused("Tệp .xlsx chứa quá nhiều phần.");
  const files = new Map<string, Buffer>();
  let inflated = 0;
  for await (const entry of zip.eachEntry()) {
    if (!/\.(xml|rels)$/.test(entry.fileName)) continue;
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      inflated += (chunk as Buffer).length;
      if (inflated > MAX_INFLATED_BYTES) throw new Refused("Tệp .xlsx bung ra quá lớn.");
      chunks.push(chunk as Buffer);
    }
    files.set(entry.fileName, Buffer.concat(chunks));
  }
  return files;
}

/** One line per row, so that the reader never holds a second copy of the whole. */
async function print({ rows, brokenAt }: Sheet): Promise<void> {
  for (let at = 0; at < rows.length; at += 500)
    await write(
      rows
        .slice(at, at + 500)
        .map((row) => `${JSON.stringify(row)}\n`)
        .join(""),
    );
  await write(`${JSON.stringify({ brokenAt })}\n`);
}

function write(text: string): Promise<void> {
  return new Promise((resolve, reject) =>
    process.stdout.write(text, (error) => (error ? reject(error) : resolve())),
  );
}
