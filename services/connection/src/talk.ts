import {
  CHAT_HISTORY_MAX,
  type ChannelId,
  type ChatLine,
  chat,
  GLOBAL_CHANNEL,
  type PlayerId,
  partyChannel,
  type Said,
  whisperChannel,
} from "@underlode/contracts";
import type { Bus, Log } from "@underlode/runtime";
import { planted } from "@underlode/runtime";
import { type Channel, Channels, type Line } from "./channels.ts";
import type { Link, Session } from "./session.ts";
import { GAP_NOTICE, READ_RETRY_MS, storedAfter } from "./stored.ts";

/** How far one socket of a session has come. */
type Reading = {
  readonly link: Link | undefined;
  /** A session that began with this socket: all channels are new to it. */
  readonly isNew: boolean;
  /** All up to this number that is for the session has been sent. */
  cursor: number;
  /** Channels that are new to it, with the number up to which their lines are history. */
  readonly histories: Map<ChannelId, number>;
  /** What is said goes out at once; else it is found when what lies before it is sent. */
  live: boolean;
  /** Counts the tries to catch up: a newer one ends those before. */
  turn: number;
};

export type TalkParts = {
  readonly bus: Bus;
  readonly log: Log;
  readonly sessionOf: (player: PlayerId) => Session | undefined;
  readonly sessions: () => readonly Session[];
};

/**
 * Brings the lines of channels to sessions, each once and in the order of their numbers, whichever
 * channel they are of: so one number tells how far a client has come.
 */
export class Talk {
  private readonly p: TalkParts;
  private readonly channels: Channels;
  private readonly readings = new WeakMap<Session, Reading>();
  private last = 0;

  private constructor(parts: TalkParts) {
    this.p = parts;
    this.channels = new Channels(async (channel) => {
      const stored = await storedAfter(parts.bus, chat.said, { channel }, 0);
      return stored.map(({ seq, body }) => ({ mark: seq, said: body }));
    });
  }

  static async open(parts: TalkParts): Promise<Talk> {
    const talk = new Talk(parts);
    const { after } = await parts.bus.follow(chat.said, {}, (said, { channel }, mark) =>
      talk.said(channel, { mark, said }),
    );
    talk.last = Math.max(talk.last, after);
    return talk;
  }

  /** Number of the last line that was followed; all later ones are still to come. */
  get position(): number {
    return this.last;
  }

  /**
   * A socket whose client has had all up to a number. Nothing is sent until its party is known: with
   * a later line of another channel, one of the party's would count as received.
   */
  arrived(session: Session, cursor: number, isNew: boolean): void {
    const reading: Reading = {
      ...{ link: session.link, isNew, cursor, live: false, turn: 0 },
      histories: new Map(isNew ? channelsOf(session).map((channel) => [channel, cursor]) : []),
    };
    this.readings.set(session, reading);
    if (session.partyKnown) void this.catchUp(session, reading);
  }

  /** The session's party is known now (`isFirst`), or is another one than before. */
  partyIs(session: Session, isFirst: boolean): void {
    const reading = this.readings.get(session);
    if (reading === undefined) return;
    const { isNew, histories, cursor } = reading;
    const oldUpTo = isFirst ? cursor : this.last;
    if (session.party !== null && (isNew || !isFirst))
      histories.set(partyChannel(session.party.party), oldUpTo);
    void this.catchUp(session, reading);
  }

  private said(channel: ChannelId, line: Line): void {
    this.last = line.mark;
    this.channels.add(channel, line);
    for (const session of this.readersOf(channel)) {
      const reading = this.readings.get(session);
      if (reading?.live === true) pass(session, reading, channel, line);
    }
  }

  private readersOf(channel: ChannelId): readonly Session[] {
    if (channel === GLOBAL_CHANNEL) return this.p.sessions();
    if (channel.startsWith("party-")) {
      const party = channel.slice("party-".length);
      return this.p.sessions().filter((session) => session.party?.party === party);
    }
    const session = this.p.sessionOf(channel.slice("whisper-".length) as PlayerId);
    return session === undefined ? [] : [session];
  }

  /** Sends what lies between the cursor and the newest line followed, and from then on all. */
  private async catchUp(session: Session, reading: Reading): Promise<void> {
    reading.turn += 1;
    reading.live = false;
    const { turn } = reading;
    const isCurrent = (): boolean =>
      this.readings.get(session) === reading &&
      session.link === reading.link &&
      reading.turn === turn;
    while (isCurrent()) {
      const held = channelsOf(session).map((id) => this.channels.hold(id));
      try {
        await Promise.all(held.map(({ filled }) => filled));
        if (isCurrent()) this.goLive(session, reading, held);
        return;
      } catch (err) {
        this.p.log.warn({ err, player: session.identity.player }, "lines could not be read");
      } finally {
        for (const channel of held) this.channels.release(channel);
      }
      await new Promise((done) => setTimeout(done, READ_RETRY_MS));
    }
  }

  private goLive(session: Session, reading: Reading, held: readonly Channel[]): void {
    const { cursor, histories } = reading;
    const hasGap = ({ id, lines }: Channel): boolean =>
      !histories.has(id) && lines.length >= CHAT_HISTORY_MAX && lines[0]!.mark > cursor;
    if (held.some(hasGap)) session.send(GAP_NOTICE);
    const due = held.flatMap(({ id, lines }) => {
      const from = histories.has(id) ? 0 : cursor;
      // What the store had beyond that will be followed, in its order among the other channels.
      const some = lines.filter(({ mark }) => mark > from && mark <= this.last);
      return some.map((line) => ({ id, line }));
    });
    due.sort((a, b) => a.line.mark - b.line.mark);
    if (planted("resume-off-by-one") && !reading.isNew) due.shift();
    for (const { id, line } of due) send(session, id, line, line.mark <= (histories.get(id) ?? 0));
    reading.cursor = Math.max(cursor, this.last);
    histories.clear();
    reading.live = true;
  }
}

const channelsOf = ({ identity, party }: Session): ChannelId[] => [
  GLOBAL_CHANNEL,
  whisperChannel(identity.player),
  ...(party === null ? [] : [partyChannel(party.party)]),
];

const pass = (session: Session, reading: Reading, channel: ChannelId, line: Line): void => {
  if (line.mark <= reading.cursor || session.link !== reading.link) return;
  reading.cursor = line.mark;
  send(session, channel, line, false);
};

const send = (session: Session, channel: ChannelId, { mark, said }: Line, old: boolean): void =>
  session.send({ t: "chat", mark, line: shown(said, channel, old) });

const shown = (said: Said, channel: ChannelId, old: boolean): ChatLine => {
  const kind = channel.split("-")[0];
  return {
    channel: kind === "party" || kind === "whisper" ? kind : "global",
    from: said.from,
    ...(said.to !== undefined && { to: said.to }),
    text: said.text,
    at: said.at,
    ...(old && { old }),
  };
};
