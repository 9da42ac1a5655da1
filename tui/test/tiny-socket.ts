import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

/** The server's half of a WebSocket, as little of it as a test needs: whole messages, no limits. */
export type TinySocket = { send(message: string | Uint8Array): void; close(code: number): void };

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const TEXT = 1;
const BINARY = 2;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

export const accept = (
  request: IncomingMessage,
  stream: Duplex,
  heard: (message: Uint8Array) => void,
): TinySocket => {
  const key = request.headers["sec-websocket-key"] ?? "";
  const answer = createHash("sha1")
    .update(key + GUID)
    .digest("base64");
  const protocol = request.headers["sec-websocket-protocol"]?.split(",")[0]?.trim();
  stream.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Accept: ${answer}\r\n${protocol ? `Sec-WebSocket-Protocol: ${protocol}\r\n` : ""}\r\n`,
  );
  let waiting = Buffer.alloc(0);
  stream.on("error", () => {});
  stream.on("data", (bytes: Buffer) => {
    waiting = Buffer.concat([waiting, bytes]);
    for (let frame = readFrame(waiting); frame; frame = readFrame(waiting)) {
      waiting = waiting.subarray(frame.used);
      if (frame.kind === PING) stream.write(frameOf(PONG, frame.body));
      else if (frame.kind === CLOSE) stream.end(frameOf(CLOSE, frame.body));
      else if (frame.kind === TEXT || frame.kind === BINARY) heard(frame.body);
    }
  });
  return {
    send: (message) => {
      const kind = typeof message === "string" ? TEXT : BINARY;
      if (stream.writable) stream.write(frameOf(kind, Buffer.from(message)));
    },
    close: (code) => {
      const body = Buffer.alloc(2);
      body.writeUInt16BE(code);
      stream.end(frameOf(CLOSE, body));
    },
  };
};

type TinyFrame = { kind: number; body: Buffer; used: number };

const readFrame = (bytes: Buffer): TinyFrame | undefined => {
  if (bytes.length < 2) return undefined;
  const short = bytes[1]! & 127;
  const head = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < head + 4) return undefined;
  const size =
    short === 126
      ? bytes.readUInt16BE(2)
      : short === 127
        ? Number(bytes.readBigUInt64BE(2))
        : short;
  const used = head + 4 + size;
  if (bytes.length < used) return undefined;
  const mask = bytes.subarray(head, head + 4);
  const body = Buffer.from(bytes.subarray(head + 4, used));
  for (let i = 0; i < body.length; i++) body[i]! ^= mask[i & 3]!;
  return { kind: bytes[0]! & 15, body, used };
};

const frameOf = (kind: number, body: Buffer): Buffer => {
  const long = body.length > 65_535;
  const head = Buffer.alloc(body.length < 126 ? 2 : long ? 10 : 4);
  head[0] = 0x80 | kind;
  if (head.length === 2) head[1] = body.length;
  else if (long) {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(body.length), 2);
  } else {
    head[1] = 126;
    head.writeUInt16BE(body.length, 2);
  }
  return Buffer.concat([head, body]);
};
