import type { InstanceId, PartyId } from "@underlode/contracts";
import type { Bus, Log } from "@underlode/runtime";
import { Feed } from "./feed.ts";
import { Scene, type SceneParts } from "./scene.ts";
import type { Session } from "./session.ts";

/** The instances that sessions of this copy are in, each followed once. */
export class Feeds {
  private readonly bus: Bus;
  private readonly log: Log;
  private readonly onPicture: (reason: string) => void;
  private readonly feeds = new Map<InstanceId, Feed>();

  constructor(bus: Bus, log: Log, onPicture: (reason: string) => void) {
    this.bus = bus;
    this.log = log;
    this.onPicture = onPicture;
  }

  /** Shows a session its instance from now on. */
  attach(session: Session, instance: InstanceId, party: PartyId): void {
    const feed = this.feeds.get(instance) ?? new Feed(this.bus, this.log, instance, party);
    this.feeds.set(instance, feed);
    const parts: SceneParts = {
      player: session.identity.player,
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
    for (const [instance, feed] of this.feeds) {
      feed.remove(scene);
      if (!feed.empty) continue;
      // Given a moment, since the next session of the party may be on its way.
      setImmediate(() => {
        if (!feed.empty || this.feeds.get(instance) !== feed) return;
        this.feeds.delete(instance);
        void feed.close();
      });
    }
  }
}
