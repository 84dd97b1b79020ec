import { crc32 } from "node:zlib";
import { wordEntries } from "./office-files.ts";

const UNTOLD = 0xffffffff;

/** A Word file whose document is stored with its sizes in 64 bits; `size` is what it declares to unfold to, when it lies. */
export function zip64Bytes(document: string, size?: bigint): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of wordEntries(document)) {
    const [name, data] = [Buffer.from(entry.name), Buffer.from(entry.data)];
    const declared = entry.name === "word/document.xml" ? (size ?? BigInt(data.length)) : BigInt(data.length);
    const common = Buffer.alloc(22);
    common.writeUInt16LE(45, 0);
    common.writeUInt16LE(0x800, 2);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(UNTOLD, 14);
    common.writeUInt32LE(UNTOLD, 18);
    const lengths = Buffer.alloc(4);
    lengths.writeUInt16LE(name.length, 0);
    lengths.writeUInt16LE(20, 2);
    const extra = Buffer.alloc(20);
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(16, 2);
    extra.writeBigUInt64LE(declared, 4);
    extra.writeBigUInt64LE(BigInt(data.length), 12);
    const local = Buffer.concat([
      Buffer.from("PK\u0003\u0004", "latin1"),
      common,
      lengths,
      name,
      extra,
      data,
    ]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    central.push(
      Buffer.concat([
        Buffer.from("PK\u0001\u0002\u002d\u0003", "latin1"),
        common,
        lengths,
        place,
        name,
        extra,
      ]),
    );
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", 0, "latin1");
  end.writeUInt16LE(central.length, 8);
  end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
