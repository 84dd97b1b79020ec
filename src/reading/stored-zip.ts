import { crc32 } from "node:zlib";

/**
 * A zip archive that holds these files as they are, without compression: what was unpacked under our limits is read again
 * by a library that would otherwise unpack it by itself, in threads of its own. Sizes are those of PKWARE's APPNOTE 4.3.
 */
export function storedZip(files: Map<string, Buffer>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, data] of files) {
    const fields = sharedFields(name, data);
    const local = [signature(0x04034b50), fields, Buffer.from(name), data];
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(signature(0x02014b50), Buffer.from([20, 0]), fields, tail, Buffer.from(name));
    parts.push(...local);
    offset += local.reduce((sum, part) => sum + part.length, 0);
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.size, 4);
  end.writeUInt16LE(files.size, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, central, signature(0x06054b50), end]);
}

/** Version, flags (names are UTF-8), method 0, time, check sum, both sizes, length of the name. */
function sharedFields(name: string, data: Buffer): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(0x0800, 2);
  fields.writeUInt32LE(crc32(data), 10);
  fields.writeUInt32LE(data.length, 14);
  fields.writeUInt32LE(data.length, 18);
  fields.writeUInt16LE(Buffer.byteLength(name), 22);
  return fields;
}

function signature(value: number): Buffer {
  const mark = Buffer.alloc(4);
  mark.writeUInt32LE(value);
  return mark;
}
