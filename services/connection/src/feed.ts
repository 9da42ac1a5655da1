import {
  type CrewMember,
  cellsOf,
  type Delta,
  type Frame,
  type InstanceView,
  isLater,
  type JournalPosition,
  type Legend,
  LOG_LINES_MAX,
  type PartyId,
  type Picture,
  type PlayerId,
  runsOf,
  type Self,
  type SessionId,
  type Thing,
  type Tick,
  type TickMessage,
} from "@underlode/contracts";
import type { Hearing, Log } from "@underlode/runtime";
import { planted } from "@underlode/runtime";
import type { FeedSource } from "./feed-source.ts";

/** Who wants to be told of an instance's ticks. */
export type Reader = {
  /** The picture is known (again): all that was sent before is void. */
  onWhole(): void;
  onTick(tick: Tick): void;
};

type Floor = {
  name: string;
  width: number;
  height: number;
  cells: Uint16Array;
  things: Map<number, Thing>;
};
type ToldLine = InstanceView["log"][number];

/** Milliseconds between two tries to get a whole view. */
const RETRY_MS = 100;
/** Ticks that may wait while a whole view is fetched; beyond, the oldest are dropped. */
const WAITING_MAX = 256;

/**
 * One instance's journal, or a showing, as this copy follows it: every tick is folded into a whole
 * picture, so that a client can be given everything at any moment without asking for it.
 */
export class Feed {
  readonly party: PartyId;
  legend: Legend | undefined;
  /** Undefined until the first view is here, and while a gap is mended. */
  private state: "whole" | "suspect" | "fetching" | "closed" = "fetching";
  private epoch = 0;
  private n = 0;
  private timeMs = 0;
  private floors = new Map<number, Floor>();
  private crew: CrewMember[] = [];
  private self = new Map<string, Self>();
  private floorOf: Record<string, number> = {};
  private applied: InstanceView["applied"] = {};
  private log: ToldLine[] = [];
  private waiting: TickMessage[] = [];
  private checking: Promise<void> | undefined;
  private readonly readers = new Set<Reader>();
  private readonly source: FeedSource;
  private readonly logger: Log;
  private readonly hearing: Hearing;

  constructor(source: FeedSource, logger: Log, party: PartyId) {
    this.source = source;
    this.logger = logger;
    this.party = party;
    // Heard first, asked second: what comes in between waits and is applied by number.
    this.hearing = source.hear((message) => this.take(message));
    void this.fetch();
  }

  get empty(): boolean {
    return this.readers.size === 0;
  }

  add(reader: Reader): void {
    this.readers.add(reader);
    if (this.state === "whole") this.show(reader);
  }

  /**
   * Shows a reader everything, who may have seen more by way of another copy than has come here: not
   * before it is sure that nothing newer is stored.
   */
  show(reader: Reader): void {
    this.checking ??= this.compare().finally(() => {
      this.checking = undefined;
    });
    void this.checking.then(() => {
      if (this.state === "whole" && this.readers.has(reader)) reader.onWhole();
    });
  }

  private async compare(): Promise<void> {
    const newest = await this.source.newest().catch(() => undefined);
    if (newest === undefined || !isLater(newest, this.position)) return;
    // It may be on its way.
    await new Promise((done) => setTimeout(done, RETRY_MS));
    if (isLater(newest, this.position)) this.refresh();
  }

  private get position(): JournalPosition {
    return { epoch: this.epoch, n: this.n };
  }

  remove(reader: Reader): void {
    this.readers.delete(reader);
  }

  /** The bus is away: what is known here may be old by now, and is shown to nobody new. */
  suspect(): void {
    if (this.state === "whole") this.state = "suspect";
  }

  /** Fetches everything anew; what comes in meanwhile is applied behind it. */
  refresh(): void {
    if (this.state !== "whole" && this.state !== "suspect") return;
    this.state = "fetching";
    void this.fetch();
  }

  async close(): Promise<void> {
    this.state = "closed";
    await this.hearing.stop();
  }

  private async fetch(): Promise<void> {
    while (this.state === "fetching") {
      const view = await this.source.view();
      if (this.state !== "fetching") return;
      if (view !== undefined && this.isNew(view)) return this.begin(view);
      await new Promise((done) => setTimeout(done, RETRY_MS));
    }
  }

  /** Not of an owner that has been replaced, and not older than what was known already. */
  private isNew(view: InstanceView): boolean {
    return !isLater(this.position, view);
  }

  private begin(view: InstanceView): void {
    this.legend = view.legend;
    this.epoch = view.epoch;
    this.n = view.n;
    this.timeMs = view.timeMs;
    this.floors = new Map();
    for (const picture of view.floors) this.takePicture(picture);
    this.crew = view.crew;
    this.self = new Map(Object.entries(view.self));
    this.floorOf = view.floorOf;
    this.applied = view.applied;
    this.log = view.log;
    this.state = "whole";
    for (const reader of this.readers) reader.onWhole();
    for (const message of this.waiting.splice(0)) this.take(message);
  }

  private take(message: TickMessage): void {
    if (message.epoch < this.epoch && !planted("no-epoch-check")) return;
    if (this.state === "fetching") {
      // The view of an owner that is replaced by now is not taken any more.
      if (message.epoch > this.epoch) this.n = 0;
      this.epoch = message.epoch;
      this.waiting.push(message);
      if (this.waiting.length > WAITING_MAX) this.waiting.shift();
      return;
    }
    if (this.state === "closed" || (message.epoch === this.epoch && message.n <= this.n)) return;
    if (message.n !== this.n + 1) return this.mend(message);
    this.epoch = message.epoch;
    this.n = message.n;
    if (message.kind === "claim") return;
    this.fold(message);
    for (const reader of this.readers) reader.onTick(message);
  }

  /** A message is missing: everything is fetched anew. */
  private mend(message: TickMessage): void {
    this.logger.warn(
      { of: this.source.of, have: this.n, got: message.n },
      "gap in what is followed",
    );
    this.state = "fetching";
    this.waiting = [message];
    // A new owner goes on from what is stored, which may be less than what was sent.
    if (message.epoch > this.epoch) this.n = 0;
    this.epoch = message.epoch;
    void this.fetch();
  }

  private fold(tick: Tick): void {
    this.timeMs = tick.timeMs;
    for (const picture of tick.pictures ?? []) this.takePicture(picture);
    for (const delta of tick.floors ?? []) this.takeDelta(delta);
    if (tick.crew !== undefined) this.crew = tick.crew;
    if (tick.floorOf !== undefined) this.floorOf = tick.floorOf;
    for (const [player, changed] of Object.entries(tick.self ?? {}))
      this.self.set(player, { ...this.self.get(player), ...changed });
    Object.assign(this.applied, tick.applied);
    if (tick.log !== undefined) {
      this.log.push(...tick.log);
      this.log.splice(0, this.log.length - LOG_LINES_MAX);
    }
  }

  private takePicture({ floor, name, width, height, cells, things }: Picture): void {
    this.floors.set(floor, {
      name,
      width,
      height,
      cells: cellsOf(cells, width * height) ?? new Uint16Array(width * height),
      things: new Map(things.map((t) => [t[0], t])),
    });
  }

  private takeDelta({ floor, cells = [], things = [], gone = [] }: Delta): void {
    const known = this.floors.get(floor);
    if (known === undefined) return;
    for (let i = 0; i + 1 < cells.length; i += 2) known.cells[cells[i] ?? -1] = cells[i + 1] ?? 0;
    for (const id of gone) known.things.delete(id);
    for (const thing of things) known.things.set(thing[0], thing);
  }

  /** The member of that name, if they are to be seen anywhere; else the first who is. */
  memberNamed(name: string | undefined): PlayerId | undefined {
    const seen = this.crew.filter((m) => this.floorOf[m.player] !== undefined);
    return (seen.find((m) => m.name === name) ?? seen[0])?.player as PlayerId | undefined;
  }

  floorOfPlayer(player: PlayerId): number | undefined {
    return this.floorOf[player];
  }

  /** Highest command applied that this very session numbered. */
  appliedOf(player: PlayerId, session: SessionId): number {
    const last = this.applied[player];
    return last?.[0] === session ? last[1] : 0;
  }

  /** Everything that a player may see, or undefined while there is nothing whole to show. */
  picture(player: PlayerId, session: SessionId): Frame<"picture"> | undefined {
    const number = this.floorOf[player];
    const floor = number === undefined ? undefined : this.floors.get(number);
    if (this.state !== "whole" || number === undefined || floor === undefined) return undefined;
    return {
      t: "picture",
      party: this.party,
      n: this.n,
      timeMs: this.timeMs,
      picture: {
        floor: number,
        name: floor.name,
        width: floor.width,
        height: floor.height,
        cells: runsOf(floor.cells),
        things: planted("picture-without-things") ? [] : [...floor.things.values()],
      },
      crew: this.crew,
      self: this.self.get(player) ?? {},
      log: linesFor(this.log, player),
      applied: this.appliedOf(player, session),
    };
  }
}

/** The lines that a player may read, without the list of readers. */
export const linesFor = (lines: readonly ToldLine[], player: PlayerId): Frame<"picture">["log"] =>
  lines
    .filter((line) => line.to === undefined || line.to.includes(player))
    .map(({ n, text, tone }) => ({ n, text, tone }));
