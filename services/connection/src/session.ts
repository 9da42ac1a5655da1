import {
  type Identity,
  type KeptFrame,
  type Party,
  type PartyId,
  ServerFrame,
  type SessionId,
  type SessionRecord,
  UNACKED_MAX,
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
 * A player's stay, which outlives sockets: kept frames are numbered and repeated until the client
 * has acknowledged them. What is here goes into the session's record, so that another copy can go on.
 */
export class Session {
  readonly id: SessionId;
  readonly keyHash: string;
  readonly identity: Identity;
  link: Link | undefined;
  scene: Scene | undefined;
  party: Party | null = null;
  /** The client knows which party it is in, or that it is in none. */
  partyTold = false;
  /** The party left last and its version then: what is older says nothing of this player. */
  left: { readonly party: PartyId; readonly version: number } | undefined;
  /** Highest command taken. */
  acted: number;
  /** Time of the newest chat line passed on, by channel. */
  readonly heard: Map<string, number>;
  private seq: number;
  private unacked: ServerFrame[];
  private droppedCount = 0;
  /** Told of frames that could not be sent, so that they get into the record. */
  private readonly onUnsent: () => void;

  constructor(record: SessionRecord, onUnsent: () => void = () => {}) {
    this.onUnsent = onUnsent;
    this.id = record.session;
    this.keyHash = record.keyHash;
    this.identity = record.identity;
    this.seq = record.seq;
    this.acted = record.acted;
    this.heard = new Map(Object.entries(record.heard));
    this.unacked = record.unacked.flatMap((f) => ServerFrame.safeParse(f).data ?? []);
  }

  /** Sends now or on return, until acknowledged. */
  keep(frame: KeptFrame): void {
    this.seq += 1;
    const numbered = { ...frame, seq: this.seq } as ServerFrame;
    this.unacked.push(numbered);
    if (this.unacked.length > UNACKED_MAX) {
      this.unacked.shift();
      this.droppedCount += 1;
    }
    if (this.link === undefined) this.onUnsent();
    else this.link.send(numbered);
  }

  /** Whether a frame of this content waits to be acknowledged. */
  isKept(frame: KeptFrame): boolean {
    const content = JSON.stringify(frame);
    return this.unacked.some((f) => JSON.stringify({ ...f, seq: undefined }) === content);
  }

  /** Kept frames given up because nobody acknowledged them. */
  get dropped(): number {
    return this.droppedCount;
  }

  acknowledged(seq: number): void {
    this.unacked = this.unacked.filter((f) => seqOf(f) > seq);
  }

  /** The client is back and has all up to `seq`; a copy that died may have recorded less. */
  returned(seq: number): void {
    this.acknowledged(seq);
    this.seq = Math.max(this.seq, seq);
  }

  resend(): void {
    for (const frame of this.unacked) this.link?.send(frame);
  }

  record(): SessionRecord {
    return {
      session: this.id,
      keyHash: this.keyHash,
      identity: this.identity,
      seq: this.seq,
      acted: this.acted,
      unacked: this.unacked,
      heard: Object.fromEntries(this.heard),
    };
  }
}

const seqOf = (frame: ServerFrame): number =>
  "seq" in frame && frame.seq !== undefined ? frame.seq : 0;
