import {
  cellsOf,
  type InstanceView,
  LOG_LINES_MAX,
  type Picture,
  type Thing,
  type Tick,
} from "@underlode/contracts";

type Floor = Omit<Picture, "cells" | "things"> & { cells: number[]; things: Map<number, Thing> };

/** What somebody knows who has heard every tick message, by the rules that all readers keep. */
export class Reader {
  private readonly floors = new Map<number, Floor>();
  private crew: InstanceView["crew"] = [];
  private readonly self: InstanceView["self"] = {};
  private floorOf: InstanceView["floorOf"] = {};
  private readonly applied: InstanceView["applied"] = {};
  private readonly log: InstanceView["log"] = [];
  private timeMs = 0;
  private n = 0;

  take(tick: Tick): void {
    [this.n, this.timeMs] = [tick.n, tick.timeMs];
    for (const picture of tick.pictures ?? []) this.floors.set(picture.floor, opened(picture));
    for (const delta of tick.floors ?? []) {
      const floor = this.floors.get(delta.floor);
      if (floor === undefined) throw new Error(`a difference of floor ${delta.floor}, never shown`);
      const { cells = [], gone = [], things = [] } = delta;
      for (let i = 0; i < cells.length; i += 2) floor.cells[cells[i]!] = cells[i + 1]!;
      for (const id of gone) floor.things.delete(id);
      for (const thing of things) floor.things.set(thing[0], thing);
    }
    this.crew = tick.crew ?? this.crew;
    this.floorOf = tick.floorOf ?? this.floorOf;
    for (const [player, sections] of Object.entries(tick.self ?? {}))
      this.self[player] = { ...this.self[player], ...sections };
    Object.assign(this.applied, tick.applied);
    this.log.push(...(tick.log ?? []));
    this.log.splice(0, this.log.length - LOG_LINES_MAX);
  }

  get known() {
    const { crew, self, floorOf, applied, log, timeMs, n } = this;
    const floors = [...this.floors.values()].map(sorted);
    return { floors, crew, self, floorOf, applied, log, timeMs, n };
  }
}

/** An instance's own account of itself, to be compared with a reader's. */
export const told = ({ floors, crew, self, floorOf, applied, log, timeMs, n }: InstanceView) => ({
  floors: floors.map((picture) => sorted(opened(picture))),
  ...{ crew, self, floorOf, applied, log, timeMs, n },
});

const opened = (picture: Picture): Floor => ({
  ...picture,
  cells: [...(cellsOf(picture.cells, picture.width * picture.height) ?? [])],
  things: new Map(picture.things.map((thing) => [thing[0], thing])),
});

const sorted = (floor: Floor) => ({
  ...floor,
  things: [...floor.things.values()].toSorted((a, b) => a[0] - b[0]),
});
