import {
  type ChannelId,
  type ChatLine,
  chat,
  GLOBAL_CHANNEL,
  instance as instanceSubjects,
  journal,
  type Party,
  type PlayerId,
  party as parties,
  partyChannel,
  type Said,
  whisperChannel,
} from "@underlode/contracts";
import type { Bus, Log } from "@underlode/runtime";
import type { Feeds } from "./feeds.ts";
import type { Session } from "./session.ts";
import type { Sessions } from "./sessions.ts";

export type HubParts = {
  readonly bus: Bus;
  readonly log: Log;
  readonly sessions: Sessions;
  readonly feeds: Feeds;
};

/** Brings what the other services say to the sessions it is for. */
export class Hub {
  private readonly p: HubParts;

  constructor(parts: HubParts) {
    this.p = parts;
    const { bus } = parts;
    bus.hear(parties.changed, {}, ({ party, gone }) => this.partyChanged(party, gone));
    bus.hear(parties.ended, {}, (end, { party }) => {
      for (const session of this.inParty(party)) session.keep({ t: "end", end });
    });
    bus.hear(parties.notice, {}, ({ text, tone }, { party }) => {
      for (const session of this.inParty(party)) session.keep({ t: "notice", text, tone });
    });
    bus.hear(chat.said, {}, (said, { channel }) => this.said(said, channel));
    bus.hear(journal.saved, {}, ({ facts }) => {
      for (const { player, words } of facts) {
        if (player !== undefined) this.p.sessions.of(player)?.keep({ t: "saved", what: words });
      }
    });
  }

  private inParty(party: string): Session[] {
    return this.p.sessions.all.filter((s) => s.party?.party === party);
  }

  private partyChanged(party: Party, gone: readonly PlayerId[]): void {
    for (const player of gone) {
      const session = this.p.sessions.of(player);
      if (session?.party?.party === party.party) this.setParty(session, null);
    }
    for (const { player } of party.members) {
      const session = this.p.sessions.of(player);
      if (session !== undefined && !gone.includes(player)) this.setParty(session, party);
    }
  }

  /** Notes the party a session is in, tells its client, and follows the party into a dungeon. */
  setParty(session: Session, party: Party | null): void {
    const known = session.party;
    if (known !== null && known.party === party?.party && known.version >= party.version) return;
    session.party = party;
    session.keep({ t: "party", party });
    this.followDungeon(session, known);
    if (party !== null && party.party !== known?.party)
      void this.history(session, partyChannel(party.party)).catch(() => {});
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
    const { player, name } = session.identity;
    const answer = await this.p.bus.ask(parties.of, {}, { player, name, online });
    if (!answer.ok) {
      const text = "The party service does not answer; trying again when you act.";
      if (online) session.keep({ t: "notice", text, tone: "warning" });
      return;
    }
    if (online) this.setParty(session, answer.value);
    const at = answer.value?.at;
    if (at?.phase !== "delving") return;
    const presence = online ? "online" : "away";
    this.p.bus.tell(instanceSubjects.presence, { instance: at.instance, player }, { presence });
  }

  private said(said: Said, channel: ChannelId): void {
    if (channel === GLOBAL_CHANNEL) {
      for (const session of this.p.sessions.all) passOn(session, said, channel, false);
    } else if (channel.startsWith("party-")) {
      for (const session of this.inParty(channel.slice("party-".length)))
        passOn(session, said, channel, false);
    } else {
      const session = this.p.sessions.of(channel.slice("whisper-".length) as PlayerId);
      if (session !== undefined) passOn(session, said, channel, false);
    }
  }

  /** Brings a session up to date on its channels: the last lines that it has not had. */
  async histories(session: Session): Promise<void> {
    const channels = [GLOBAL_CHANNEL, whisperChannel(session.identity.player)];
    if (session.party !== null) channels.push(partyChannel(session.party.party));
    for (const channel of channels) await this.history(session, channel);
  }

  private async history(session: Session, channel: ChannelId): Promise<void> {
    const lines = await this.p.bus.ask(chat.history, {}, { channel });
    if (!lines.ok) return;
    for (const said of lines.value) passOn(session, said, channel, true);
  }
}

/** Lines come in order of time within a channel; what was passed on before is not repeated. */
const passOn = (session: Session, said: Said, channel: ChannelId, old: boolean): void => {
  if (said.at <= (session.heard.get(channel) ?? 0)) return;
  session.heard.set(channel, said.at);
  const kind = channel.split("-")[0];
  const line: ChatLine = {
    channel: kind === "party" || kind === "whisper" ? kind : "global",
    from: said.from,
    ...(said.to !== undefined && { to: said.to }),
    text: said.text,
    at: said.at,
    ...(old && { old }),
  };
  session.keep({ t: "chat", line });
};
