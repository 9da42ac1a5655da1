import { errors } from "@underlode/contracts";
import type { Session } from "./session.ts";
import type { Sessions } from "./sessions.ts";

/** Pause between two slices of sockets, in ms. */
const SLICE_MS = 50;
/** Clients come back spread over this time, in ms, so that the other copy is not flooded. */
const RETRY_MS_MAX = 100;

/**
 * Moves all sockets to another copy, a slice at a time: each session's record is stored first, then
 * its client is told to resume, then the socket closes.
 */
export const drainSockets = async (sessions: Sessions, moveMs: number): Promise<void> => {
  const open = sessions.all;
  const slices = Math.max(1, Math.floor(moveMs / SLICE_MS));
  const size = Math.ceil(open.length / slices);
  for (let at = 0; at < open.length; at += size) {
    await Promise.all(open.slice(at, at + size).map((session) => move(sessions, session)));
    if (at + size < open.length) await new Promise((done) => setTimeout(done, SLICE_MS));
  }
};

const move = async (sessions: Sessions, session: Session): Promise<void> => {
  const { link } = session;
  // Nothing more is taken from this socket; what it did is in the record.
  session.link = undefined;
  await sessions.save(session).catch(() => {});
  link?.send({ t: "moving", retryMs: Math.round(Math.random() * RETRY_MS_MAX) });
  link?.close(errors.moving.close, "moving");
};
