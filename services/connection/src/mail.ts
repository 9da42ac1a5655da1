import {
  MAIL_KEPT_MAX,
  type Mail,
  mail,
  type PlayerId,
  type ServerFrame,
} from "@underlode/contracts";
import type { Bus, Log } from "@underlode/runtime";
import type { Link, Session } from "./session.ts";
import { GAP_NOTICE, READ_RETRY_MS, storedAfter } from "./stored.ts";

type Told = { readonly mark: number; readonly body: Mail };
/** How far one socket of a session has come. */
type Reading = {
  readonly link: Link | undefined;
  /** All up to this number has been sent. */
  cursor: number;
  /** What is told while the store is read; undefined once that is done. */
  waiting: Told[] | undefined;
};

export type MailParts = {
  readonly bus: Bus;
  readonly log: Log;
  readonly sessionOf: (player: PlayerId) => Session | undefined;
};

/** Brings players what must not be missed: what they are told, and what they were told while away. */
export class MailRoom {
  private readonly p: MailParts;
  private readonly readings = new WeakMap<Session, Reading>();
  private last = 0;

  private constructor(parts: MailParts) {
    this.p = parts;
  }

  static async open(parts: MailParts): Promise<MailRoom> {
    const room = new MailRoom(parts);
    const { after } = await parts.bus.follow(mail.told, {}, (body, { player }, mark) =>
      room.told(player, { mark, body }),
    );
    room.last = Math.max(room.last, after);
    return room;
  }

  /** Number of the last message that was followed; all later ones are still to come. */
  get position(): number {
    return this.last;
  }

  /** A socket whose client has had all up to a number. */
  arrived(session: Session, cursor: number, isNew: boolean): void {
    const reading: Reading = { link: session.link, cursor, waiting: isNew ? undefined : [] };
    this.readings.set(session, reading);
    if (!isNew) void this.catchUp(session, reading);
  }

  private told(player: PlayerId, told: Told): void {
    this.last = told.mark;
    const session = this.p.sessionOf(player);
    const reading = session && this.readings.get(session);
    if (session === undefined || reading === undefined) return;
    if (reading.waiting === undefined) pass(session, reading, told);
    else reading.waiting.push(told);
  }

  private async catchUp(session: Session, reading: Reading): Promise<void> {
    const { player } = session.identity;
    for (;;) {
      const stored = await storedAfter(this.p.bus, mail.told, { player }, reading.cursor).catch(
        (err) => void this.p.log.warn({ err, player }, "the mail could not be read"),
      );
      if (this.readings.get(session) !== reading || session.link !== reading.link) return;
      if (stored !== undefined) {
        if (stored.length >= MAIL_KEPT_MAX) session.send(GAP_NOTICE);
        for (const { seq, body } of stored) pass(session, reading, { mark: seq, body });
        for (const told of reading.waiting ?? []) pass(session, reading, told);
        reading.waiting = undefined;
        return;
      }
      await new Promise((done) => setTimeout(done, READ_RETRY_MS));
    }
  }
}

const pass = (session: Session, reading: Reading, { mark, body }: Told): void => {
  if (mark <= reading.cursor || session.link !== reading.link) return;
  reading.cursor = mark;
  session.send(shown(mark, body));
};

const shown = (mark: number, body: Mail): ServerFrame => {
  switch (body.kind) {
    case "notice":
      return { t: "notice", mark, text: body.text, tone: body.tone };
    case "end":
      return { t: "end", mark, end: body.end };
    case "saved":
      return { t: "saved", mark, what: body.what };
  }
};
