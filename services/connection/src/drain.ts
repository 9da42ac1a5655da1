import { errors } from "@underlode/contracts";
import type { Link, Session } from "./session.ts";
import type { Sessions } from "./sessions.ts";

/** Pause between two slices of sockets, in ms. */
const SLICE_MS = 50;
/** Clients come back spread over this time, in ms, so that the other copy is not flooded. */
const RETRY_MS_MAX = 100;

/**
 * Sends all clients to another copy, a slice at a time. There is nothing to hand over: whoever has
 * the record and the client's marks can go on.
 */
export const drainSockets = async (
  sessions: Sessions,
  sockets: ReadonlySet<Link>,
  moveMs: number,
): Promise<void> => {
  const open = sessions.all;
  const slices = Math.max(1, Math.floor(moveMs / SLICE_MS));
  const size = Math.ceil(open.length / slices);
  for (let at = 0; at < open.length; at += size) {
    open.slice(at, at + size).forEach(move);
    if (at + size < open.length) await pause(SLICE_MS);
  }
  // Those who were being greeted when it began.
  sessions.all.forEach(move);
  for (const socket of sockets) socket.close(errors.moving.close, "moving");
};

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

const move = (session: Session): void => {
  const { link } = session;
  // Nothing more is taken from this socket.
  session.link = undefined;
  link?.send({ t: "moving", retryMs: Math.round(Math.random() * RETRY_MS_MAX) });
  link?.close(errors.moving.close, "moving");
};
