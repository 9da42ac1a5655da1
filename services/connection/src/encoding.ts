import {
  ClientFrame,
  pack,
  type Result,
  refuse,
  type ServerFrame,
  SUBPROTOCOL_JSON,
  SUBPROTOCOL_MSGPACK,
  unpack,
} from "@underlode/contracts";
import type { z } from "zod";

export type Encoding = "msgpack" | "json";

export const encodings: ReadonlyMap<string, Encoding> = new Map([
  [SUBPROTOCOL_MSGPACK, "msgpack"],
  [SUBPROTOCOL_JSON, "json"],
]);

export const encode = (frame: ServerFrame, encoding: Encoding): Uint8Array | string =>
  encoding === "json" ? JSON.stringify(frame) : pack(frame);

/** A client's frame, or in words what is wrong with it. */
export const decode = (bytes: Buffer, encoding: Encoding): Result<ClientFrame> => {
  let value: unknown;
  try {
    value = encoding === "json" ? JSON.parse(bytes.toString("utf8")) : unpack(bytes);
  } catch {
    return refuse("malformed", `The frame is not valid ${encoding}.`);
  }
  const frame = ClientFrame.safeParse(value);
  return frame.success ? { ok: true, value: frame.data } : refuse("malformed", words(frame.error));
};

/** The first mistake, with its field. */
const words = (error: z.ZodError): string => {
  const issue = error.issues[0];
  const field = issue?.path.join(".") ?? "";
  return `${field === "" ? "frame" : field}: ${issue?.message ?? "invalid"}`;
};

/** The question's id or command's number, so that even a bad frame's refusal finds its way. */
export const askedBy = (frame: ClientFrame): { id?: number; seq?: number } => {
  if ("id" in frame) return { id: frame.id };
  return frame.t === "act" ? { seq: frame.seq } : {};
};
