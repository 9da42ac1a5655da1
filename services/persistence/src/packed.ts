import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants } from "node:zlib";
import { pack, unpack } from "@underlode/contracts";

const QUALITY = 6;
const options = { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } };
const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** A value as it lies in the database: MessagePack under Brotli. */
export const packed = (value: unknown): Promise<Buffer> => compress(pack(value), options);

/** Rejects what is no such value, or would be larger than it can be. */
export const unpacked = async (bytes: Uint8Array, bytesMax: number): Promise<unknown> =>
  unpack(await decompress(bytes, { maxOutputLength: bytesMax }));
