import type {
  Identity,
  Party,
  PartyId,
  PlaybackId,
  ServerFrame,
  SessionId,
  SessionRecord,
} from "@underlode/contracts";
import type { Scene } from "./scene.ts";

/** The open socket of a session, as the session sees it. */
export type Link = {
  send(frame: ServerFrame): void;
  /** More waits in the socket than differences are worth. */
  behind(): boolean;
  close(code: number, reason: string): void;
};

/**
 * A player's stay, which outlives sockets and copies. Nothing here must not be lost: what a player
 * must get is in streams, the client knows how far it has come, and the rest is asked for anew.
 */
export class Session {
  readonly record: SessionRecord;
  link: Link | undefined;
  scene: Scene | undefined;
  /** The showing that the client watches, and the member it follows. */
  watching: { readonly playback: PlaybackId; follow: string | undefined } | undefined;
  party: Party | null = null;
  /** It is settled which party that is, or that there is none. */
  partyKnown = false;
  /** The party left last and its version then: what is older says nothing of this player. */
  left: { readonly party: PartyId; readonly version: number } | undefined;
  /** Highest command taken here; the instance itself takes none twice. */
  acted = 0;

  constructor(record: SessionRecord) {
    this.record = record;
  }

  get id(): SessionId {
    return this.record.session;
  }

  get identity(): Identity {
    return this.record.identity;
  }

  /** To the client; without one it is not kept. */
  send(frame: ServerFrame): void {
    this.link?.send(frame);
  }
}
