import { crc32, deflateRawSync } from "node:zlib";

/** An entry of an archive, with whatever an honest program would not write. */
export type ZipEntry = {
  name: string | Buffer;
  data: Buffer | string;
  /** The size that the archive declares, when it lies. */
  declaredSize?: number;
  /** Deflated bytes made already, for those that nobody would want to make twice. */
  deflated?: { bytes: Buffer; size: number; crc: number };
  flags?: number;
  method?: number;
  attributes?: number;
  crc?: number;
  localName?: string;
  /** The entry whose place in the archive this one claims too. */
  at?: number;
};

/** Writes a ZIP archive byte by byte. */
export function zipBytes(entries: ZipEntry[], { count = entries.length, comment = "" } = {}): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  const offsets: number[] = [];
  let offset = 0;
  for (const entry of entries) {
    const data = Buffer.from(entry.data);
    const method = entry.method ?? 8;
    const body = entry.deflated?.bytes ?? (method === 8 ? deflateRawSync(data) : data);
    const size = entry.declaredSize ?? entry.deflated?.size ?? data.length;
    const crc = entry.crc ?? entry.deflated?.crc ?? crc32(data);
    const name = Buffer.from(entry.name);
    const localName = Buffer.from(entry.localName ?? name);
    const common = Buffer.alloc(24);
    common.writeUInt16LE(entry.flags ?? 0x800, 0);
    common.writeUInt16LE(method, 2);
    common.writeUInt32LE(crc, 8);
    common.writeUInt32LE(body.length, 12);
    common.writeUInt32LE(size, 16);
    const local = Buffer.concat([
      Buffer.from("PK\u0003\u0004\u0014\u0000", "latin1"),
      common,
      localName,
      body,
    ]);
    local.writeUInt16LE(localName.length, 26);
    const own = Buffer.alloc(46);
    own.write("PK\u0001\u0002\u0014\u0003\u0014\u0000", 0, "latin1");
    common.copy(own, 8, 0, 20);
    own.writeUInt16LE(name.length, 28);
    own.writeUInt32LE(entry.attributes ?? 0, 38);
    own.writeUInt32LE(entry.at === undefined ? offset : (offsets[entry.at] ?? 0), 42);
    central.push(Buffer.concat([own, name]));
    offsets.push(offset);
    if (entry.at === undefined) {
      locals.push(local);
      offset += local.length;
    }
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", 0, "latin1");
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...locals, directory, end, Buffer.from(comment)]);
}
