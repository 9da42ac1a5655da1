import {
  type InstanceId,
  instance as instanceSubjects,
  type Marks,
  type Party,
  type PlayerId,
  party as parties,
} from "@underlode/contracts";
import type { Bus, Log } from "@underlode/runtime";
import { runSource } from "./feed-source.ts";
import type { Feeds } from "./feeds.ts";
import { MailRoom } from "./mail.ts";
import type { Session } from "./session.ts";
import type { Sessions } from "./sessions.ts";
import { Talk } from "./talk.ts";
import type { Watching } from "./watching.ts";

export type HubParts = {
  readonly bus: Bus;
  readonly log: Log;
  readonly sessions: Sessions;
  readonly feeds: Feeds;
  readonly watching: Watching;
  /** The party that is stored for a player. */
  readonly partyOf: (player: PlayerId) => Promise<Party | null>;
};

/** Milliseconds between two tries to reach a party service that does not answer. */
const PRESENCE_RETRY_MS = 1_000;

/** Brings what the other services say to the sessions it is for. */
export class Hub {
  private readonly p: HubParts;
  private readonly mail: MailRoom;
  private readonly talk: Talk;
  /** The last word on whether a session's client is here; one that was said before it is void. */
  private readonly presences = new WeakMap<Session, { readonly online: boolean; told: boolean }>();

  private constructor(parts: HubParts, mail: MailRoom, talk: Talk) {
    this.p = parts;
    this.mail = mail;
    this.talk = talk;
    parts.bus.hear(parties.changed, {}, ({ party, gone }) => this.partyChanged(party, gone));
  }

  static async open(parts: HubParts): Promise<Hub> {
    const { bus, log, sessions } = parts;
    const sessionOf = (player: PlayerId) => sessions.of(player);
    const mail = await MailRoom.open({ bus, log, sessionOf });
    const talk = await Talk.open({ bus, log, sessionOf, sessions: () => sessions.all });
    return new Hub(parts, mail, talk);
  }

  /** How far the streams have come: where a session begins that is new. */
  get marks(): Marks {
    return { chat: this.talk.position, mail: this.mail.position };
  }

  /** A socket of a session, of which the client has had all up to its marks. */
  arrived(session: Session, { chat, mail }: Marks, isNew: boolean): void {
    if (session.partyKnown) session.send({ t: "party", party: session.party });
    this.mail.arrived(session, mail, isNew);
    this.talk.arrived(session, chat, isNew);
  }

  /** The bus was away: what was told meanwhile reached nobody here, and is asked for. */
  again(): void {
    for (const session of this.p.sessions.all)
      if (session.link !== undefined) void this.presence(session, true).catch(() => {});
    this.p.feeds.refresh();
  }

  /** The session is not here any more. */
  forget(session: Session): void {
    this.presences.delete(session);
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
    const isFirst = !session.partyKnown;
    if (party === null ? known === null && !isFirst : isOld(session, party)) return;
    if (known !== null && known.party !== party?.party)
      session.left = { party: known.party, version: known.version };
    session.party = party;
    session.partyKnown = true;
    session.send({ t: "party", party });
    this.followDungeon(session, known);
    if (isFirst || party?.party !== known?.party) this.talk.partyIs(session, isFirst);
  }

  private leftParty(session: Session, { party, version }: Party): void {
    const known = session.party?.party === party ? session.party : undefined;
    if (known !== undefined && known.version > version) return;
    if (known !== undefined) this.setParty(session, null);
    session.left = { party, version };
  }

  private followDungeon(session: Session, before: Party | null): void {
    const was = dungeonOf(before);
    const is = dungeonOf(session.party);
    if (was === is && (is === undefined || session.scene !== undefined)) return;
    if (session.watching === undefined) this.p.feeds.detach(session);
    if (is === undefined || session.party === null) return;
    this.p.watching.stop(session, "Your party is in its dungeon.");
    this.p.feeds.attach(session, runSource(this.p.bus, is), session.party.party);
  }

  /**
   * Says whether a player is here, to the party and its dungeon, and learns the party as it is now.
   * A copy that is going away keeps silent: the client is on its way to another.
   */
  async presence(session: Session, online: boolean): Promise<void> {
    const word = { online, told: false };
    this.presences.set(session, word);
    const current = (): boolean => this.presences.get(session) === word;
    if (await this.tellPresence(session, online, current)) {
      word.told = true;
      return;
    }
    const text = "The party service does not answer; trying again.";
    if (online) session.send({ t: "notice", text, tone: "warning" });
    void this.presenceLater(session, word, current);
  }

  private async presenceLater(
    session: Session,
    word: { readonly online: boolean; told: boolean },
    current: () => boolean,
  ): Promise<void> {
    while (current() && !word.told) {
      await new Promise((done) => setTimeout(done, PRESENCE_RETRY_MS).unref());
      if (current()) word.told = await this.tellPresence(session, word.online, current);
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
    if (!answer.ok) {
      // Where the player is can be read without the service; whether they are here it must be told.
      const mayRead = online && !session.partyKnown;
      const stored = mayRead ? await this.p.partyOf(player).catch(() => null) : null;
      if (stored !== null && current()) this.setParty(session, stored);
      return false;
    }
    // Whoever joined or left meanwhile knows better.
    if (session.party?.party === before) this.setParty(session, answer.value);
    const instance = dungeonOf(answer.value);
    if (instance === undefined) return true;
    const presence = online ? "online" : "away";
    const version = answer.value?.version;
    this.p.bus.tell(instanceSubjects.presence, { instance, player }, { presence, version });
    return true;
  }
}

/** Answers and events come on different ways: an older one may arrive after a newer one. */
const isOld = ({ party: known, left }: Session, { party, version }: Party): boolean =>
  (known?.party === party && known.version >= version) ||
  (left?.party === party && left.version >= version);

/** The dungeon a party is in, also while another process is taking it up: its picture stays. */
export const dungeonOf = (party: Party | null): InstanceId | undefined => {
  const at = party?.at;
  return at?.phase === "delving" || at?.phase === "recovering" ? at.instance : undefined;
};
