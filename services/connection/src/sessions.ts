import {
  buckets,
  errors,
  type Identity,
  type PlayerId,
  type Result,
  refuse,
  SESSION_LINGER_MS,
  SessionId,
  type SessionRecord,
  session as subjects,
} from "@underlode/contracts";
import { type Bucket, type Bus, newId, newSecret } from "@underlode/runtime";
import { Session } from "./session.ts";
import { hashOf } from "./tickets.ts";

/** Records are put again this often, so that the bucket's time limit means "not heard of". */
const REFRESH_MS = SESSION_LINGER_MS / 3;

export type SessionEvents = {
  /** The session ended here for good; nothing is sent any more. */
  ended(session: Session): void;
};

type Resumed = { session: Session; from: string };

/** The sessions of this copy; records in the shared bucket let any copy go on with them. */
export class Sessions {
  private readonly bus: Bus;
  private readonly records: Bucket<SessionRecord>;
  private readonly events: SessionEvents;
  /** Names this copy among its like. */
  private readonly copy = newId();
  private readonly byId = new Map<SessionId, Session>();
  private readonly byPlayer = new Map<PlayerId, Session>();
  private readonly lingering = new Map<SessionId, NodeJS.Timeout>();
  private readonly refresh: NodeJS.Timeout;

  private constructor(bus: Bus, records: Bucket<SessionRecord>, events: SessionEvents) {
    this.bus = bus;
    this.records = records;
    this.events = events;
    bus.hear(subjects.replaced, {}, ({ session, copy }, { player }) => {
      const mine = this.byPlayer.get(player);
      if (mine === undefined || (mine.id === session && copy === this.copy)) return;
      // The same session elsewhere has moved; another one has taken its place.
      if (mine.id !== session) void this.records.delete(mine.id).catch(() => {});
      this.forget(mine);
      // Of its own session a client hears here only when it gave the other socket up: it comes back.
      if (mine.id === session) mine.link?.close(errors.moving.close, "moving");
      else mine.link?.close(errors.replaced.close, "replaced");
    });
    this.refresh = setInterval(() => void this.saveAll().catch(() => {}), REFRESH_MS);
  }

  static async open(bus: Bus, events: SessionEvents): Promise<Sessions> {
    return new Sessions(bus, await bus.bucket(buckets.sessions), events);
  }

  get all(): Session[] {
    return [...this.byId.values()];
  }

  of(player: PlayerId): Session | undefined {
    return this.byPlayer.get(player);
  }

  /** A new session, which ends every other one of the player; with the key that resumes it. */
  async begin(identity: Identity): Promise<{ session: Session; key: string }> {
    const key = newSecret();
    const session = new Session({
      session: SessionId.parse(newId()),
      keyHash: hashOf(key),
      identity,
    });
    await this.take(session);
    return { session, key };
  }

  /** A session to go on with, from here or from another copy's record. */
  async resume(id: SessionId, key: string): Promise<Result<Resumed>> {
    const here = this.resumeHere(id, key);
    if (here !== undefined) return here;
    const record = await this.records.get(id);
    // The same client may have tried on a socket before this one, and be here by now.
    const meanwhile = this.resumeHere(id, key);
    if (meanwhile !== undefined) return meanwhile;
    if (record === undefined || record.value.keyHash !== hashOf(key)) return refuse("bad-resume");
    const session = new Session(record.value);
    await this.take(session);
    return { ok: true, value: { session, from: "elsewhere" } };
  }

  private resumeHere(id: SessionId, key: string): Result<Resumed> | undefined {
    const here = this.byId.get(id);
    if (here === undefined) return undefined;
    if (here.record.keyHash !== hashOf(key)) return refuse("bad-resume");
    this.stopLingering(id);
    return { ok: true, value: { session: here, from: "here" } };
  }

  private async take(session: Session): Promise<void> {
    const { player } = session.identity;
    const older = this.byPlayer.get(player);
    this.byId.set(session.id, session);
    this.byPlayer.set(player, session);
    if (older !== undefined) {
      this.forget(older);
      if (older.id !== session.id) void this.records.delete(older.id).catch(() => {});
      older.link?.close(errors.replaced.close, "replaced");
    }
    this.bus.tell(subjects.replaced, { player }, { session: session.id, copy: this.copy });
    await this.save(session);
  }

  private async save(session: Session): Promise<void> {
    if (this.byId.get(session.id) === session) await this.records.put(session.id, session.record);
  }

  private async saveAll(): Promise<void> {
    await Promise.all(this.all.map((session) => this.save(session)));
  }

  /** The socket is gone; the session can be resumed for a while. */
  linger(session: Session): void {
    if (this.byId.get(session.id) !== session) return;
    this.stopLingering(session.id);
    void this.save(session).catch(() => {});
    const timer = setTimeout(() => void this.end(session), SESSION_LINGER_MS);
    this.lingering.set(session.id, timer);
  }

  private stopLingering(id: SessionId): void {
    clearTimeout(this.lingering.get(id));
    this.lingering.delete(id);
  }

  async end(session: Session): Promise<void> {
    if (this.byId.get(session.id) !== session) return;
    this.forget(session);
    await this.records.delete(session.id).catch(() => {});
  }

  /** Drops a session from this copy without touching its record. */
  private forget(session: Session): void {
    this.stopLingering(session.id);
    if (this.byId.get(session.id) === session) this.byId.delete(session.id);
    const { player } = session.identity;
    if (this.byPlayer.get(player) === session) this.byPlayer.delete(player);
    this.events.ended(session);
  }

  close(): void {
    clearInterval(this.refresh);
    for (const id of this.lingering.keys()) this.stopLingering(id);
  }
}
