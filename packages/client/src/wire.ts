import {
  type ClientFrame,
  pack,
  ServerFrame,
  SUBPROTOCOL_JSON,
  SUBPROTOCOL_MSGPACK,
  unpack,
} from "@underlode/contracts";

/** How frames are written: `msgpack` in binary messages, `json` in text messages. */
export type Encoding = "msgpack" | "json";

export const subprotocolOf: Record<Encoding, string> = {
  msgpack: SUBPROTOCOL_MSGPACK,
  json: SUBPROTOCOL_JSON,
};

export const encodeFrame = (frame: ClientFrame, encoding: Encoding): Uint8Array | string =>
  encoding === "json" ? JSON.stringify(frame) : pack(frame);

/** A frame of the server, or undefined for one that this client does not know. */
export const decodeFrame = (bytes: Uint8Array, encoding: Encoding): ServerFrame | undefined => {
  const read = ServerFrame.safeParse(contentOf(bytes, encoding));
  return read.success ? read.data : undefined;
};

const text = new TextDecoder();
const contentOf = (bytes: Uint8Array, encoding: Encoding): unknown => {
  try {
    return encoding === "json" ? JSON.parse(text.decode(bytes)) : unpack(bytes);
  } catch {
    return undefined;
  }
};
