import {
  type ChannelId,
  chat,
  GLOBAL_CHANNEL,
  instance as instanceSubjects,
  journal,
  type KeptFrame,
  type Party,
  type PlayerId,
  party as parties,
  partyChannel,
  type Said,
  whisperChannel,
} from "@underlode/contracts";
import type { Bus, Log } from "@underlode/runtime";
import type { Feeds } from "./feeds.ts";
import { Lines } from "./lines.ts";
import type { Session } from "./session.ts";
import type { Sessions } from "./sessions.ts";

export type HubParts = {
  readonly bus: Bus;
  readonly log: Log;
  readonly sessions: Sessions;
  readonly feeds: Feeds;
};

/** Milliseconds between two tries to reach a party service that does not answer. */
const PRESENCE_RETRY_MS = 1_000;

/** Something for one player, or for all members of a party. */
type Word = { readonly to: { player: PlayerId } | { party: string }; readonly frame: KeptFrame };
/** What was said since a client knocked: whom it concerns is known when its party is. */
type Arrival = { readonly words: Word[]; session: Session | undefined };

/** Brings what the other services say to the sessions it is for. */
export class Hub {
  private readonly p: HubParts;
  private readonly lines: Lines;
  private readonly arrivals = new Set<Arrival>();
  private readonly arriving = new Map<Session, Arrival>();
  /** The last word on whether a session's client is here; one that was said before it is void. */
  private readonly presences = new WeakMap<Session, { readonly online: boolean; told: boolean }>();

  constructor(parts: HubParts) {
    this.p = parts;
    this.lines = new Lines(parts.bus);
    const { bus } = parts;
    bus.hear(parties.changed, {}, ({ party, gone }) => this.partyChanged(party, gone));
    bus.hear(parties.ended, {}, (end, { party }) =>
      this.tell({ to: { party }, frame: { t: "end", end } }),
    );
    bus.hear(parties.notice, {}, ({ text, tone }, { party }) =>
      this.tell({ to: { party }, frame: { t: "notice", text, tone } }),
    );
    bus.hear(chat.said, {}, (said, { channel }) => this.said(said, channel));
    bus.hear(journal.saved, {}, ({ facts }) => {
      for (const { player, words } of facts) {
        if (player !== undefined) this.tell({ to: { player }, frame: { t: "saved", what: words } });
      }
    });
  }

  private tell(word: Word): void {
    for (const arrival of this.arrivals)
      if (mayConcern(word, arrival.session)) arrival.words.push(word);
    for (const session of this.p.sessions.all)
      if (!this.arriving.has(session) && concerns(word, session)) session.keep(word.frame);
  }

  /** To be called before a session is taken up; then `arrived` or `turnedAway`. */
  knock(): Arrival {
    const arrival: Arrival = { words: [], session: undefined };
    this.arrivals.add(arrival);
    return arrival;
  }

  turnedAway(arrival: Arrival): void {
    this.arrivals.delete(arrival);
  }

  /** The session is here; what was said since the knock reaches it as soon as its party is known. */
  arrived(arrival: Arrival, session: Session): void {
    arrival.session = session;
    this.arriving.set(session, arrival);
  }

  private settle(session: Session): void {
    const arrival = this.arriving.get(session);
    if (arrival === undefined) return;
    this.arriving.delete(session);
    this.arrivals.delete(arrival);
    for (const word of arrival.words) {
      // The copy that had the session before may have heard it too, and put it into the record.
      if (concerns(word, session) && !session.isKept(word.frame)) session.keep(word.frame);
    }
  }

  /** The session is not here any more. */
  forget(session: Session): void {
    this.presences.delete(session);
    const arrival = this.arriving.get(session);
    if (arrival !== undefined) this.turnedAway(arrival);
    this.arriving.delete(session);
  }

  private inParty(party: string): Session[] {
    return this.p.sessions.all.filter((s) => s.party?.party === party);
  }

  private partyChanged(party: Party, gone: readonly PlayerId[]): void {
    for (const player of gone) {
      const session = this.p.sessions.of(player);
      if (session !== undefined) this.leftParty(session, party);
    }
    for (const { player, online } of party.members) {
      const session = this.p.sessions.of(player);
      if (session === undefined || gone.includes(player)) continue;
      this.setParty(session, party);
      // Word of the socket before this one came late.
      const told = this.presences.get(session)?.told === true;
      if (!online && told && session.link !== undefined) void this.presence(session, true);
    }
  }

  /** Notes the party a session is in, tells its client, and follows the party into a dungeon. */
  setParty(session: Session, party: Party | null): void {
    const known = session.party;
    if (party === null ? known === null && session.partyTold : isOld(session, party)) return;
    if (known !== null && known.party !== party?.party)
      session.left = { party: known.party, version: known.version };
    session.party = party;
    session.partyTold = true;
    session.keep({ t: "party", party });
    this.followDungeon(session, known);
    if (party !== null && party.party !== known?.party)
      this.catchUp(session, partyChannel(party.party));
  }

  private leftParty(session: Session, { party, version }: Party): void {
    const known = session.party?.party === party ? session.party : undefined;
    if (known !== undefined && known.version > version) return;
    if (known !== undefined) this.setParty(session, null);
    session.left = { party, version };
  }

  private followDungeon(session: Session, before: Party | null): void {
    const was = before?.at.phase === "delving" ? before.at.instance : undefined;
    const at = session.party?.at;
    const is = at?.phase === "delving" ? at.instance : undefined;
    if (was === is && (is === undefined || session.scene !== undefined)) return;
    this.p.feeds.detach(session);
    if (is === undefined || session.party === null) return;
    this.p.feeds.attach(session, is, session.party.party);
  }

  /**
   * Says whether a player is here, to the party and its dungeon, and learns the party as it is now.
   * A copy that is going away keeps silent: the client is on its way to another.
   */
  async presence(session: Session, online: boolean): Promise<void> {
    const word = { online, told: false };
    this.presences.set(session, word);
    const current = (): boolean => this.presences.get(session) === word;
    for (let tries = 0; current(); tries++) {
      if (await this.tellPresence(session, online, current)) {
        word.told = true;
        return;
      }
      const text = "The party service does not answer; trying again.";
      if (online && tries === 0) session.keep({ t: "notice", text, tone: "warning" });
      await new Promise((done) => setTimeout(done, PRESENCE_RETRY_MS).unref());
    }
  }

  /** False where it must be tried again. */
  private async tellPresence(
    session: Session,
    online: boolean,
    current: () => boolean,
  ): Promise<boolean> {
    const { player, name } = session.identity;
    const before = session.party?.party;
    const answer = await this.p.bus.ask(parties.of, {}, { player, name, online });
    if (!current()) return true;
    if (!answer.ok) return false;
    // Whoever joined or left meanwhile knows better.
    if (session.party?.party === before) this.setParty(session, answer.value);
    this.settle(session);
    const at = answer.value?.at;
    if (at?.phase !== "delving") return true;
    const presence = online ? "online" : "away";
    this.p.bus.tell(instanceSubjects.presence, { instance: at.instance, player }, { presence });
    return true;
  }

  private said(said: Said, channel: ChannelId): void {
    for (const session of this.readersOf(channel)) this.lines.said(session, said, channel);
  }

  private readersOf(channel: ChannelId): Session[] {
    if (channel === GLOBAL_CHANNEL) return this.p.sessions.all;
    if (channel.startsWith("party-")) return this.inParty(channel.slice("party-".length));
    const session = this.p.sessions.of(channel.slice("whisper-".length) as PlayerId);
    return session === undefined ? [] : [session];
  }

  /** Brings a session up to date on its channels; its party's are asked for with the party. */
  histories(session: Session): void {
    this.catchUp(session, GLOBAL_CHANNEL);
    this.catchUp(session, whisperChannel(session.identity.player));
  }

  private catchUp(session: Session, channel: ChannelId): void {
    this.lines
      .catchUp(session, channel)
      .catch((err) => this.p.log.error({ err, channel }, "a history failed"));
  }
}

const concerns = ({ to }: Word, session: Session): boolean =>
  "player" in to ? session.identity.player === to.player : session.party?.party === to.party;

const mayConcern = ({ to }: Word, session: Session | undefined): boolean =>
  session === undefined || "party" in to || session.identity.player === to.player;

/** Answers and events come on different ways: an older one may arrive after a newer one. */
const isOld = ({ party: known, left }: Session, { party, version }: Party): boolean =>
  (known?.party === party && known.version >= version) ||
  (left?.party === party && left.version >= version);
