import type { PartyId, PlayerId } from "@underlode/contracts";
import type { Log } from "@underlode/runtime";
import { Feed } from "./feed.ts";
import type { FeedSource } from "./feed-source.ts";
import { Scene, type SceneParts } from "./scene.ts";
import type { Session } from "./session.ts";

/** The instances that sessions of this copy are in, each followed once. */
export class Feeds {
  private readonly log: Log;
  private readonly onPicture: (reason: string) => void;
  /** By what they follow. */
  private readonly feeds = new Map<string, Feed>();

  constructor(log: Log, onPicture: (reason: string) => void) {
    this.log = log;
    this.onPicture = onPicture;
  }

  /** Shows a session its instance from now on, or another source through somebody's eyes. */
  attach(
    session: Session,
    source: FeedSource,
    party: PartyId,
    eyes: (feed: Feed) => PlayerId | undefined = () => session.identity.player,
  ): void {
    const feed = this.feeds.get(source.of) ?? new Feed(source, this.log, party);
    this.feeds.set(source.of, feed);
    const parts: SceneParts = {
      eyes: () => eyes(feed),
      session: session.id,
      feed,
      send: (frame) => session.send(frame),
      behind: () => session.link === undefined || session.link.behind(),
      onPicture: this.onPicture,
    };
    this.detach(session);
    session.scene = new Scene(parts);
    feed.add(session.scene);
  }

  /** Nothing can be heard of any instance. */
  suspect(): void {
    for (const feed of this.feeds.values()) feed.suspect();
  }

  /** Asks all instances for everything: ticks may have been missed. */
  refresh(): void {
    for (const feed of this.feeds.values()) feed.refresh();
  }

  /** Ends a session's scene; an instance that nobody here watches is not followed any more. */
  detach(session: Session): void {
    const { scene } = session;
    if (scene === undefined) return;
    session.scene = undefined;
    for (const [of, feed] of this.feeds) {
      feed.remove(scene);
      if (!feed.empty) continue;
      // Given a moment, since the next session of the party may be on its way.
      setImmediate(() => {
        if (!feed.empty || this.feeds.get(of) !== feed) return;
        this.feeds.delete(of);
        void feed.close();
      });
    }
  }
}
