import {
  type Applied,
  type CrewMember,
  type InstanceView,
  LOG_LINES_MAX,
  type LogLine,
  type Self,
  type Snapshot,
  type Tick,
} from "@underlode/contracts";
import type { Line, Simulation } from "@underlode/sim";
import { copyOf, difference, pictureOf, remember, type Sent, same } from "./differences.ts";

type Sections = Record<string, unknown>;
type ToldLine = LogLine & { to?: string[] | undefined };
/** The part of a tick message that tells what changed in sight. */
export type Changes = Pick<
  Tick,
  "floors" | "pictures" | "floorOf" | "crew" | "self" | "log" | "applied"
>;

/**
 * What has been sent of a world so far, and so what all readers of the journal know: build, encode,
 * send compares the world with this, and a reader that comes late is given this whole.
 */
export class Sight<W, C> {
  private readonly simulation: Simulation<W, C>;
  private readonly players: readonly string[];
  private readonly floors = new Map<number, Sent>();
  private floorOf: Record<string, number> = {};
  private crew: readonly CrewMember[] = [];
  private readonly self = new Map<string, Sections>();
  private readonly log: ToldLine[];
  private lineN: number;
  private readonly applied: Applied;

  constructor(
    simulation: Simulation<W, C>,
    players: readonly string[],
    from?: Pick<Snapshot, "log" | "lineN" | "applied">,
  ) {
    this.simulation = simulation;
    this.players = players;
    this.log = [...(from?.log ?? [])];
    this.lineN = from?.lineN ?? 0;
    this.applied = { ...from?.applied };
  }

  /** All that changed since the call before; an empty object for nothing. */
  changes(world: W, lines: readonly Line[], applied: Applied): Changes {
    return {
      ...this.floorChanges(world),
      ...this.crewChanges(world),
      ...this.selfChanges(world),
      ...this.logChanges(lines),
      ...this.appliedChanges(applied),
    };
  }

  private floorChanges(world: W): Changes {
    const floors: Changes["floors"] = [];
    const pictures: Changes["pictures"] = [];
    const watched = this.simulation.floors(world);
    this.forget(watched);
    for (const floor of watched) {
      const view = this.simulation.see(world, floor);
      const sent = this.floors.get(floor);
      if (sent === undefined) {
        const first = remember(view);
        this.floors.set(floor, first);
        pictures.push(pictureOf(floor, first));
      } else {
        const delta = difference(sent, view);
        if (delta !== undefined) floors.push(delta);
      }
    }
    const floorOf = this.floorsOf(world);
    const moved = !same(floorOf, this.floorOf);
    this.floorOf = floorOf;
    return {
      ...(floors.length > 0 && { floors }),
      ...(pictures.length > 0 && { pictures }),
      ...(moved && { floorOf }),
    };
  }

  /** What nobody watches any more changes unseen; who comes back is sent a new picture. */
  private forget(watched: readonly number[]): void {
    if (watched.length === 0) return;
    for (const floor of this.floors.keys()) if (!watched.includes(floor)) this.floors.delete(floor);
  }

  private floorsOf(world: W): Record<string, number> {
    const found: Record<string, number> = {};
    for (const player of this.players) {
      const floor = this.simulation.floorOf(world, player);
      if (floor !== undefined) found[player] = floor;
    }
    return found;
  }

  private crewChanges(world: W): Changes {
    const crew = this.simulation.crew(world);
    if (same(crew, this.crew)) return {};
    this.crew = copyOf(crew);
    return { crew: [...this.crew] };
  }

  private selfChanges(world: W): Changes {
    const changed: Record<string, Self> = {};
    for (const player of this.players) {
      const now = this.simulation.self(world, player);
      if (now === undefined) continue;
      const before = this.self.get(player) ?? {};
      const sections = Object.entries(now).filter(([name, value]) => !same(value, before[name]));
      if (sections.length === 0) continue;
      // Copied, since the world goes on changing what it showed.
      const copied = copyOf(Object.fromEntries(sections));
      this.self.set(player, { ...before, ...copied });
      changed[player] = copied as Self;
    }
    return Object.keys(changed).length > 0 ? { self: changed } : {};
  }

  private logChanges(lines: readonly Line[]): Changes {
    if (lines.length === 0) return {};
    const log = lines.map((line): ToldLine => {
      this.lineN += 1;
      const told = { n: this.lineN, text: line.text, tone: line.tone };
      return line.to === undefined ? told : { ...told, to: [...line.to] };
    });
    this.log.push(...log);
    this.log.splice(0, this.log.length - LOG_LINES_MAX);
    return { log };
  }

  private appliedChanges(applied: Applied): Changes {
    if (Object.keys(applied).length === 0) return {};
    Object.assign(this.applied, applied);
    return { applied };
  }

  /** What a snapshot keeps besides the world itself. */
  memory(): Pick<Snapshot, "log" | "lineN" | "applied"> {
    return { log: [...this.log], lineN: this.lineN, applied: { ...this.applied } };
  }

  whole(): Omit<InstanceView, "epoch" | "n" | "timeMs" | "legend" | "end"> {
    return {
      floors: [...this.floors].map(([floor, sent]) => pictureOf(floor, sent)),
      crew: [...this.crew],
      self: Object.fromEntries(this.self) as Record<string, Self>,
      floorOf: this.floorOf,
      applied: this.applied,
      log: [...this.log],
    };
  }
}
