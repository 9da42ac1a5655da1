import { unpack } from "@underlode/contracts";

/** A message's body; undefined where it is not MessagePack, so that its schema refuses it. */
export const decode = (msg: { readonly data: Uint8Array }): unknown => {
  try {
    return unpack(msg.data);
  } catch {
    return undefined;
  }
};
