import {
  buckets,
  type Marks,
  ok,
  type Party,
  type PlayerId,
  type Result,
  refuse,
} from "@underlode/contracts";
import type { Bus, Log, Metrics } from "@underlode/runtime";
import { dispatch, dispatcher, type Frame } from "./dispatch.ts";
import { Feeds } from "./feeds.ts";
import { Hub } from "./hub.ts";
import type { Session } from "./session.ts";
import { Sessions } from "./sessions.ts";
import type { Greeting, SocketHost } from "./socket.ts";
import type { Tickets } from "./tickets.ts";
import { Watching } from "./watching.ts";

export type HostParts = {
  readonly bus: Bus;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tickets: Tickets;
  readonly build: string;
  /** Sockets are being moved to another copy. */
  readonly draining: () => boolean;
  readonly helloMs?: number | undefined;
  readonly pingMs?: number | undefined;
  readonly timeScale?: number | undefined;
};

/** All that is behind the sockets of a copy: sessions, what they are told, and what their frames do. */
export const openHost = async ({
  bus,
  log,
  metrics,
  tickets,
  build,
  draining,
  helloMs,
  pingMs,
  timeScale,
}: HostParts): Promise<{ host: SocketHost; sessions: Sessions }> => {
  const feeds = new Feeds(log, (reason) => metrics.add("underlode_pictures_total", { reason }));
  const sessions = await Sessions.open(bus, {
    ended: (session) => {
      watching.stop(session);
      feeds.detach(session);
      hub.forget(session);
    },
  });
  const partyOf = await storedParties(bus);
  const watching = new Watching(bus, feeds);
  const hub: Hub = await Hub.open({ bus, log, sessions, feeds, watching, partyOf });
  bus.onState((state) => {
    if (state === "up") hub.again();
    else feeds.suspect();
  });
  const handlers = dispatcher(bus, hub, watching);

  const greet = async (hello: Frame<"hello">): Promise<Result<Greeting>> => {
    if (draining()) return refuse("moving");
    return admit(hello).catch(() => refuse("unavailable"));
  };
  const admit = async (hello: Frame<"hello">): Promise<Result<Greeting>> => {
    if ((hello.ticket === undefined) === (hello.resume === undefined))
      return refuse("malformed", "hello wants either ticket or resume.");
    if (hello.resume !== undefined) {
      const { session: id, key, marks } = hello.resume;
      const resumed = await sessions.resume(id, key);
      if (!resumed.ok) return resumed;
      metrics.add("underlode_resumes_total", { from: resumed.value.from });
      return ok({ session: resumed.value.session, key, marks });
    }
    const identity = await tickets.take(hello.ticket ?? "");
    if (identity === undefined) return refuse("bad-ticket");
    return ok({ ...(await sessions.begin(identity)), marks: undefined });
  };
  const arrived = async (session: Session, marks: Marks, isNew: boolean): Promise<void> => {
    metrics.set("underlode_sessions", sessions.all.length);
    hub.arrived(session, marks, isNew);
    session.scene?.again();
    await hub.presence(session, true);
  };
  const host: SocketHost = {
    metrics,
    build,
    helloMs,
    pingMs,
    timeScale,
    greet,
    marks: () => hub.marks,
    arrived: (session, marks, isNew) =>
      arrived(session, marks, isNew).catch((err) => log.error({ err }, "arrival failed")),
    handle: (session, frame) =>
      dispatch(handlers, session, frame).catch((err) => {
        log.error({ err, frame: frame.t }, "a frame failed");
        return refuse("internal");
      }),
    left: (session) => {
      // One that was replaced by a newer one has nothing to say of its player.
      if (draining() || sessions.of(session.identity.player) !== session) return;
      sessions.linger(session);
      void hub.presence(session, false);
      metrics.set("underlode_sessions", sessions.all.length);
    },
  };
  return { host, sessions };
};

/** Reads a player's party past the service that keeps it. */
const storedParties = async (bus: Bus): Promise<(player: PlayerId) => Promise<Party | null>> => {
  const members = await bus.bucket(buckets.members);
  const parties = await bus.bucket(buckets.parties);
  return async (player) => {
    const id = (await members.get(player))?.value.party;
    return (id === undefined ? undefined : (await parties.get(id))?.value) ?? null;
  };
};
