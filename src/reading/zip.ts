import { crc32 } from "node:zlib";
import yauzl, { type Entry, type ZipFile } from "yauzl";
import { nameFault } from "./given-name.ts";
import { LIMITS } from "./limits.ts";
import { Unreadable } from "./unreadable.ts";

/** The parts of an office file that are read, by their names in the archive. */
export type Archive = { names: string[]; text(name: string): string | null };

const BROKEN = "tệp bị hỏng hoặc bị cắt: không mở được như một tệp Office; hãy mở bằng Office và lưu lại";
const BOMB = `tệp bung ra quá ${LIMITS.inflatedBytes / 2 ** 20} MiB, dấu hiệu của bom nén`;
const STORED = 0;
const DEFLATED = 8;

/**
 * Unpacks the parts that `isWanted`. Every part is unpacked and counted, wanted or not, since the sizes that an archive
 * declares may lie; what an honest office program never writes (two parts over one another, two names for one) is refused.
 */
export async function openArchive(bytes: Buffer, isWanted: (name: string) => boolean): Promise<Archive> {
  const zip = await broken(
    yauzl.fromBufferPromise(bytes, { lazyEntries: true, decodeStrings: false, validateEntrySizes: true }),
  );
  if (zip.entryCount > LIMITS.zipEntries) throw new Unreadable("tệp nén chứa quá nhiều phần");
  const entries = await checkedEntries(zip, bytes);
  const declared = [...entries.values()].reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  if (declared > LIMITS.inflatedBytes) throw new Unreadable(BOMB);
  const parts = new Map<string, Buffer>();
  let left: number = LIMITS.inflatedBytes;
  for (const [name, entry] of entries) {
    const content = await inflate(zip, entry, left, isWanted(name));
    left -= content.size;
    refuseNested(name, content.head);
    if (content.kept) parts.set(name, content.kept);
  }
  return { names: [...entries.keys()], text: (name) => textOf(name, parts.get(name)) };
}

async function broken<Value>(work: Promise<Value>): Promise<Value> {
  return work.catch((error: unknown) => {
    throw error instanceof Unreadable ? error : new Unreadable(BROKEN);
  });
}

async function checkedEntries(zip: ZipFile, bytes: Buffer): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  const seen = new Set<string>();
  const spans: [number, number][] = [];
  await broken(
    (async () => {
      for await (const entry of zip.eachEntry()) {
        const raw = Buffer.from(entry.fileName as unknown as Uint8Array);
        const name = raw.toString("utf8");
        refuseOdd(entry, name, seen);
        spans.push(spanOf(entry, raw, bytes));
        if (!name.endsWith("/")) entries.set(name, entry);
      }
    })(),
  );
  spans.sort(([a], [b]) => a - b);
  if (spans.some(([start], i) => i > 0 && start < (spans[i - 1]?.[1] ?? 0)))
    throw new Unreadable("tệp nén có các phần chồng lên nhau, dấu hiệu của bom nén");
  return entries;
}

function refuseOdd(entry: Entry, name: string, seen: Set<string>): void {
  const fault = nameFault(name.replace(/\/$/, ""));
  if (fault) throw new Unreadable(`bên trong tệp nén có ${fault.replace(/;.*/, "")}`);
  const key = name.normalize("NFC").toLowerCase();
  if (seen.has(key)) throw new Unreadable("tệp nén có hai phần trùng tên");
  seen.add(key);
  if (((entry.externalFileAttributes >>> 16) & 0xf000) === 0xa000)
    throw new Unreadable("tệp nén chứa liên kết tượng trưng");
  if (entry.generalPurposeBitFlag & 0x41)
    throw new Unreadable("tệp được đặt mật khẩu; hãy bỏ mật khẩu rồi gửi lại");
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED)
    throw new Unreadable("tệp nén dùng kiểu nén lạ; hãy mở bằng Office và lưu lại");
}

/** Where an entry lies, by its own header, whose name has to be the one that the directory gives. */
function spanOf(entry: Entry, name: Buffer, bytes: Buffer): [number, number] {
  const at = entry.relativeOffsetOfLocalHeader;
  if (at + 30 > bytes.length || bytes.readUInt32LE(at) !== 0x04034b50) throw new Unreadable(BROKEN);
  const nameLength = bytes.readUInt16LE(at + 26);
  const end = at + 30 + nameLength + bytes.readUInt16LE(at + 28) + entry.compressedSize;
  if (end > bytes.length || !bytes.subarray(at + 30, at + 30 + nameLength).equals(name))
    throw new Unreadable(BROKEN);
  return [at, end];
}

type Inflated = { size: number; head: Buffer; kept: Buffer | null };

async function inflate(zip: ZipFile, entry: Entry, left: number, isWanted: boolean): Promise<Inflated> {
  const chunks: Buffer[] = [];
  let size = 0;
  let checksum = 0;
  let head = Buffer.alloc(0);
  await broken(
    (async () => {
      for await (const chunk of await zip.openReadStreamPromise(entry)) {
        const piece = chunk as Buffer;
        size += piece.length;
        if (size > left) throw new Unreadable(BOMB);
        if (head.length < 4) head = Buffer.concat([head, piece.subarray(0, 4)]);
        checksum = crc32(piece, checksum);
        if (isWanted) chunks.push(piece);
      }
    })(),
  );
  if (checksum !== entry.crc32) throw new Unreadable(BROKEN);
  return { size, head, kept: isWanted ? Buffer.concat(chunks) : null };
}

/** A chart of Word brings its workbook along, which is never opened here; anywhere else an archive in an archive has no use. */
function refuseNested(name: string, head: Buffer): void {
  if (head.toString("latin1").startsWith("PK\u0003\u0004") && !/^(word|xl)\/embeddings\/[^/]+$/.test(name))
    throw new Unreadable("bên trong tệp nén lại có tệp nén khác");
}

function textOf(name: string, part: Buffer | undefined): string | null {
  if (!part) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(part);
  } catch {
    throw new Unreadable(`phần ${name} trong tệp không phải mã UTF-8; hãy mở bằng Office và lưu lại`);
  }
}
