import { constants, deflateRawSync } from "node:zlib";

const BLOCK = 2 ** 20;

/** Raw deflated bytes that unfold to so many MiB of one byte, made without ever holding them unfolded. */
export function repeatedDeflate(mebibytes: number, byte = 0): Buffer {
  // A flushed block refers to nothing before itself and is not the last one, so that it can stand any number of times.
  const block = deflateRawSync(Buffer.alloc(BLOCK, byte), { finishFlush: constants.Z_FULL_FLUSH });
  return Buffer.concat([...Array<Buffer>(mebibytes).fill(block), deflateRawSync(Buffer.alloc(0))]);
}

/** The same in the wrapping of zlib, as streams of PDF have it; its checksum is wrong, which no reader of PDF asks for. */
export function repeatedZlib(mebibytes: number, byte = 0): Buffer {
  return Buffer.concat([Buffer.from([0x78, 0x9c]), repeatedDeflate(mebibytes, byte), Buffer.alloc(4)]);
}

/** The same as a GZIP file, whose checksum comes too late to matter. */
export function repeatedGzip(mebibytes: number): Buffer {
  const head = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
  return Buffer.concat([head, repeatedDeflate(mebibytes), Buffer.alloc(8)]);
}
