import { type ChannelId, type ChatLine, chat, type Said } from "@underlode/contracts";
import type { Bus } from "@underlode/runtime";
import type { Session } from "./session.ts";

/** Lines of a channel by which one that comes a second time is known. */
const REMEMBERED = 16;

type Reading = {
  /** Lines heard while the history of their channel is on its way, by channel. */
  readonly waiting: Map<ChannelId, Said[]>;
  /** The newest lines passed on, by channel. */
  readonly passed: Map<ChannelId, Said[]>;
};

/**
 * Brings the lines of channels to sessions, each once. What is said while a history is asked for
 * waits until the older lines have gone out.
 */
export class Lines {
  private readonly bus: Bus;
  private readonly readings = new WeakMap<Session, Reading>();

  constructor(bus: Bus) {
    this.bus = bus;
  }

  said(session: Session, said: Said, channel: ChannelId): void {
    const { waiting, passed } = this.readingOf(session);
    const queue = waiting.get(channel);
    if (queue !== undefined) queue.push(said);
    else if (!passed.get(channel)?.some(isSame(said))) this.pass(session, said, channel, false);
  }

  /** The last lines of a channel that the session has not had. */
  async catchUp(session: Session, channel: ChannelId): Promise<void> {
    const { waiting } = this.readingOf(session);
    if (waiting.has(channel)) return;
    const queue: Said[] = [];
    waiting.set(channel, queue);
    const history = await this.bus.ask(chat.history, {}, { channel });
    waiting.delete(channel);
    const had = session.heard.get(channel) ?? 0;
    const older = history.ok ? history.value.filter((line) => line.at > had) : [];
    for (const line of older) this.pass(session, line, channel, true);
    for (const line of queue)
      if (line.at > had && !older.some(isSame(line))) this.pass(session, line, channel, false);
  }

  private pass(session: Session, said: Said, channel: ChannelId, old: boolean): void {
    const { passed } = this.readingOf(session);
    passed.set(channel, [...(passed.get(channel) ?? []), said].slice(-REMEMBERED));
    session.heard.set(channel, Math.max(said.at, session.heard.get(channel) ?? 0));
    session.keep({ t: "chat", line: shown(said, channel, old) });
  }

  private readingOf(session: Session): Reading {
    const found = this.readings.get(session) ?? { waiting: new Map(), passed: new Map() };
    this.readings.set(session, found);
    return found;
  }
}

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

/** Copies of the chat service may give two lines the same time. */
const isSame =
  (a: Said) =>
  (b: Said): boolean =>
    a.at === b.at && a.player === b.player && a.text === b.text;
