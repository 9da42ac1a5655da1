import type { Frame, PlayerId, ServerFrame, SessionId, Tick } from "@underlode/contracts";
import { planted } from "@underlode/runtime";
import { type Feed, linesFor, type Reader } from "./feed.ts";

export type SceneParts = {
  /** Through whose eyes; undefined while nobody's can be had. */
  readonly eyes: () => PlayerId | undefined;
  readonly session: SessionId;
  readonly feed: Feed;
  /** Sends to the client; false while it must not be sent more. */
  readonly send: (frame: ServerFrame) => void;
  /** The client reads too slowly for differences. */
  readonly behind: () => boolean;
  readonly onPicture: (reason: string) => void;
};

/**
 * One client's view of an instance: differences while it keeps up, the whole picture whenever it
 * does not, changes floors, or asks.
 */
export class Scene implements Reader {
  private readonly p: SceneParts;
  /** Number of the last frame sent; undefined when the next must be whole. */
  private sent: number | undefined;
  /** Whose eyes that frame was seen through, and on which floor. */
  private eyes: PlayerId | undefined;
  private floor: number | undefined;
  private legendSent = false;
  /** What the feed knows is no older than what the client may have seen elsewhere. */
  private isSure = false;

  constructor(parts: SceneParts) {
    this.p = parts;
  }

  onWhole(): void {
    this.isSure = true;
    this.show("whole");
  }

  /** Sends everything; without a whole picture at hand, it follows as soon as there is one. */
  show(reason: string): void {
    this.sent = undefined;
    if (!this.isSure || this.p.behind()) return;
    const eyes = this.p.eyes();
    const frame = eyes && this.p.feed.picture(eyes, this.p.session);
    if (frame === undefined) return;
    if (!this.legendSent && this.p.feed.legend !== undefined) {
      this.p.send({ t: "legend", legend: this.p.feed.legend });
      this.legendSent = true;
    }
    this.p.send(frame);
    this.p.onPicture(reason);
    this.sent = frame.n;
    this.eyes = eyes;
    this.floor = frame.picture.floor;
  }

  /** The client came back on another socket: what was sent on the one before may not have arrived. */
  again(): void {
    this.legendSent = false;
    this.sent = undefined;
    this.isSure = false;
    this.p.feed.show(this);
  }

  /** The client has read what was waiting. */
  caughtUp(): void {
    if (this.sent === undefined) this.show("behind");
  }

  onTick(tick: Tick): void {
    if (!this.isSure) return;
    if (this.p.behind()) {
      this.sent = undefined;
      return;
    }
    if (this.sent === undefined) return this.show("behind");
    const eyes = this.p.eyes();
    const floor = eyes && this.p.feed.floorOfPlayer(eyes);
    if (eyes === undefined || eyes !== this.eyes || floor !== this.floor) return this.show("floor");
    const frame = this.frame(tick, eyes, floor, this.sent);
    if (frame === undefined) return;
    this.p.send(frame);
    this.sent = tick.n;
  }

  /** What of a tick concerns this client; undefined for nothing. */
  private frame(
    tick: Tick,
    eyes: PlayerId,
    floor: number | undefined,
    of: number,
  ): Frame<"tick"> | undefined {
    const delta = tick.floors?.find((d) => d.floor === floor);
    const self = tick.self?.[eyes];
    const log = tick.log === undefined ? [] : linesFor(tick.log, eyes);
    if (planted("frame-outside-journal") && tick.n % 50 === 0)
      log.push({ n: 0, text: "You feel watched.", tone: "plain" });
    const applied = tick.applied?.[eyes];
    const mine = applied?.[0] === this.p.session ? applied[1] : undefined;
    const refused = (tick.refused ?? [])
      .filter((r) => r.player === eyes)
      .map((r): [number, string] => [r.seq, r.reason]);
    const parts = {
      ...(delta !== undefined && { delta }),
      ...(tick.crew !== undefined && { crew: tick.crew }),
      ...(self !== undefined && { self }),
      ...(log.length > 0 && { log }),
      ...(mine !== undefined && { applied: mine }),
      ...(refused.length > 0 && { refused }),
    };
    if (Object.keys(parts).length === 0) return undefined;
    return { t: "tick", n: tick.n, of, timeMs: tick.timeMs, ...parts };
  }
}
