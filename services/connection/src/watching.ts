import {
  type InstanceId,
  ok,
  PartyId,
  PLAYBACK_IDLE_MS_MAX,
  type PlaybackId,
  type PlaybackState,
  type PlaybackWish,
  type Result,
  refuse,
  playback as subjects,
} from "@underlode/contracts";
import type { Bus, Hearing } from "@underlode/runtime";
import { playbackSource } from "./feed-source.ts";
import type { Feeds } from "./feeds.ts";
import type { Session } from "./session.ts";

type Showing = {
  readonly watchers: Set<Session>;
  readonly hearing: Hearing;
  readonly keepalive: NodeJS.Timeout;
  missed: number;
};

export type WatchAsk = {
  readonly instance: InstanceId;
  readonly party: PartyId | undefined;
  readonly atMs: number | undefined;
  readonly follow: string | undefined;
};

/** A showing is told so often that somebody is there; after so many silences it counts as gone. */
const KEEPALIVE_MS = PLAYBACK_IDLE_MS_MAX / 10;
const MISSED_MAX = 2;
const GONE = "The showing was lost. Open it again: it goes on where it was.";

/** The showings of runs that sessions of this copy watch, each followed once. */
export class Watching {
  private readonly bus: Bus;
  private readonly feeds: Feeds;
  private readonly showings = new Map<PlaybackId, Showing>();

  constructor(bus: Bus, feeds: Feeds) {
    this.bus = bus;
    this.feeds = feeds;
  }

  /** Shows a run to a session from now on; what it watched before ends. */
  async open(session: Session, ask: WatchAsk): Promise<Result<unknown>> {
    const { instance, party, atMs, follow } = ask;
    const opened = await this.bus.ask(subjects.open, {}, { instance, party });
    if (!opened.ok) return opened;
    const { playback } = opened.value;
    const wish = atMs === undefined || party !== undefined ? {} : { atMs };
    const state = await this.bus.ask(subjects.control, { playback }, wish);
    if (!state.ok) return state;
    // Meanwhile the client may have gone, or its party have set out: its dungeon goes before.
    if (session.link === undefined) return refuse("unavailable");
    if (session.scene !== undefined && session.watching === undefined)
      return refuse("already-delving");
    this.leave(session);
    session.watching = { playback, follow };
    const showing = this.showings.get(playback) ?? this.follow(playback);
    showing.watchers.add(session);
    tell(session, state.value);
    // A run that is over has no party any more; its own id stands for it.
    const of = party ?? PartyId.parse(instance);
    const eyes = () => session.watching?.follow;
    this.feeds.attach(session, playbackSource(this.bus, playback), of, (feed) =>
      feed.memberNamed(eyes()),
    );
    return ok(undefined);
  }

  async set(
    session: Session,
    wish: PlaybackWish,
    follow: string | undefined,
  ): Promise<Result<unknown>> {
    const { watching } = session;
    if (watching === undefined) return refuse("not-watching");
    const { playback } = watching;
    const state = await this.bus.ask(subjects.control, { playback }, wish);
    if (!state.ok) return state;
    if (follow !== undefined) {
      watching.follow = follow;
      session.scene?.show("asked");
    }
    tell(session, state.value);
    return state;
  }

  /** Ends what a session watches, if it does; with a reason its client is told. */
  stop(session: Session, reason?: string): void {
    if (session.watching === undefined) return;
    this.leave(session);
    this.feeds.detach(session);
    if (reason !== undefined) session.send({ t: "watching", state: null, reason });
  }

  private leave(session: Session): void {
    const { watching } = session;
    if (watching === undefined) return;
    session.watching = undefined;
    const showing = this.showings.get(watching.playback);
    showing?.watchers.delete(session);
    if (showing?.watchers.size === 0) this.drop(watching.playback, showing);
  }

  private drop(playback: PlaybackId, showing: Showing): void {
    this.showings.delete(playback);
    clearInterval(showing.keepalive);
    void showing.hearing.stop();
  }

  private follow(playback: PlaybackId): Showing {
    const showing: Showing = {
      watchers: new Set(),
      hearing: this.bus.hear(subjects.state, { playback }, (told) => this.changed(showing, told)),
      keepalive: setInterval(() => void this.keep(playback, showing), KEEPALIVE_MS),
      missed: 0,
    };
    this.showings.set(playback, showing);
    return showing;
  }

  private changed(showing: Showing, state: PlaybackState): void {
    for (const session of showing.watchers) tell(session, state);
    if (state.is === "broken") this.end(showing, state.words ?? GONE);
  }

  private async keep(playback: PlaybackId, showing: Showing): Promise<void> {
    const answer = await this.bus.ask(subjects.control, { playback }, {});
    showing.missed = answer.ok ? 0 : showing.missed + 1;
    if (showing.missed >= MISSED_MAX) this.end(showing, GONE);
  }

  private end(showing: Showing, reason: string): void {
    for (const session of [...showing.watchers]) this.stop(session, reason);
  }
}

const tell = (session: Session, state: PlaybackState): void => {
  const follow = session.watching?.follow ?? state.names[0];
  session.send({ t: "watching", state, ...(follow !== undefined && { follow }) });
};
