import { crc32, deflateRawSync } from "node:zlib";

/** A zip archive of these files, as small as the format allows; for archives that no decent program would write. */
export function zipFile(files: Record<string, string | Buffer>): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const data = deflateRawSync(content);
    const local = Buffer.concat([header(0x04034b50, name, content, data), Buffer.from(name), data]);
    centrals.push(Buffer.concat([centralHeader(name, content, data, offset), Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(centrals);
  return Buffer.concat([...locals, central, end(centrals.length, central.length, offset)]);
}

/** The fields that both kinds of header share: version, flags, method, time, check sum, sizes, length of the name. */
function shared(name: string, content: string | Buffer, data: Buffer): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(8, 4);
  fields.writeUInt32LE(crc32(content), 10);
  fields.writeUInt32LE(data.length, 14);
  fields.writeUInt32LE(Buffer.byteLength(content), 18);
  fields.writeUInt16LE(Buffer.byteLength(name), 22);
  return fields;
}

function header(signature: number, name: string, content: string | Buffer, data: Buffer): Buffer {
  const mark = Buffer.alloc(4);
  mark.writeUInt32LE(signature);
  return Buffer.concat([mark, shared(name, content, data)]);
}

function centralHeader(name: string, content: string | Buffer, data: Buffer, offset: number): Buffer {
  const mark = Buffer.alloc(6);
  mark.writeUInt32LE(0x02014b50);
  mark.writeUInt16LE(20, 4);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(offset, 10);
  return Buffer.concat([mark, shared(name, content, data), rest]);
}

function end(entries: number, size: number, offset: number): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(entries, 8);
  record.writeUInt16LE(entries, 10);
  record.writeUInt32LE(size, 12);
  record.writeUInt32LE(offset, 16);
  return record;
}
