import { Packr } from "msgpackr";

/** Plain MessagePack, so that any library of any language reads it; maps have string keys. */
const packr = new Packr({
  useRecords: false,
  mapsAsObjects: true,
  variableMapSize: true,
  int64AsType: "number",
});

export const pack = (value: unknown): Uint8Array => packr.pack(value);
/** Throws on what is not one whole MessagePack value. */
export const unpack = (bytes: Uint8Array): unknown => packr.unpack(bytes);
