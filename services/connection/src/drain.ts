import { errors } from "@underlode/contracts";
import type { Link, Session } from "./session.ts";
import type { Sessions } from "./sessions.ts";

/** Pause between two slices of sockets, in ms. */
const SLICE_MS = 50;
/** Clients come back spread over this time, in ms, so that the other copy is not flooded. */
const RETRY_MS_MAX = 100;

/** Milliseconds that clients have to come back elsewhere before this copy hears nothing any more. */
const HANDOVER_MS_MAX = 1_000;
const HANDOVER_LOOK_MS = 10;

/**
 * Moves all sockets to another copy, a slice at a time: each session's record is stored first, then
 * its client is told to resume, then the socket closes. What is kept for a session from then on is
 * put into its record as well, until the other copy has it.
 */
export const drainSockets = async (
  sessions: Sessions,
  sockets: ReadonlySet<Link>,
  moveMs: number,
): Promise<void> => {
  const open = sessions.all;
  const moved = open.filter((session) => session.link !== undefined);
  const slices = Math.max(1, Math.floor(moveMs / SLICE_MS));
  const size = Math.ceil(open.length / slices);
  for (let at = 0; at < open.length; at += size) {
    await Promise.all(open.slice(at, at + size).map((session) => move(sessions, session)));
    if (at + size < open.length) await pause(SLICE_MS);
  }
  // Those who were being greeted when it began.
  const late = sessions.all.filter((session) => session.link !== undefined);
  await Promise.all(late.map((session) => move(sessions, session)));
  for (const socket of sockets) socket.close(errors.moving.close, "moving");
  await takenOver(sessions, [...moved, ...late]);
};

/** Until another copy has a session, nobody but this one hears what is said to it. */
const takenOver = async (sessions: Sessions, moved: readonly Session[]): Promise<void> => {
  const until = performance.now() + HANDOVER_MS_MAX;
  while (performance.now() < until && moved.some((session) => sessions.has(session)))
    await pause(HANDOVER_LOOK_MS);
};

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

const move = async (sessions: Sessions, session: Session): Promise<void> => {
  const { link } = session;
  // Nothing more is taken from this socket; what it did is in the record.
  session.link = undefined;
  await sessions.save(session).catch(() => {});
  link?.send({ t: "moving", retryMs: Math.round(Math.random() * RETRY_MS_MAX) });
  link?.close(errors.moving.close, "moving");
};
