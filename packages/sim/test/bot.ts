import { Self } from "@underlode/contracts";
import {
  CELL_TILE,
  type CrewMember,
  type DungeonCommand,
  type DungeonWorld,
  type FloorView,
  type Input,
  type Simulation,
  THING_DOWN,
  THING_ITEM,
  THING_MONSTER,
  THING_PLAYER,
  type Thing,
} from "@underlode/sim";

type Game = Simulation<DungeonWorld, DungeonCommand>;
type Spot = { readonly x: number; readonly y: number };
type Known = {
  readonly view: FloorView;
  readonly self: Self & { vitals: NonNullable<Self["vitals"]> };
  readonly me: CrewMember;
  readonly crew: readonly CrewMember[];
  readonly glyph: (cell: number) => string;
  /** Where each saw the enemy last: without it a bot dithers at every corner. */
  readonly chase: Map<string, Spot & { floor: number }>;
};
const chases = new WeakMap<DungeonWorld, Known["chase"]>();

const FAR = 1e6;
const DX = [0, 1, 1, 1, 0, -1, -1, -1];
const DY = [-1, -1, 0, 1, 1, 1, 0, -1];

/**
 * A competent, simple delver that knows only what a client knows: it keeps with the party, fights
 * what it sees, lifts the fallen, rests, explores and goes down.
 */
export function botCommand(game: Game, world: DungeonWorld, player: string): DungeonCommand {
  const crew = game.crew(world);
  const me = crew.find((one) => one.player === player);
  const self = Self.parse(game.self(world, player));
  if (me === undefined || self.vitals === undefined || me.state !== "up") return { do: "wait" };
  const view = game.see(world, me.floor);
  const glyph = (cell: number) =>
    game.legend.tiles[(view.cells[cell] ?? 0) & CELL_TILE]?.glyph ?? " ";
  const chase = chases.get(world) ?? new Map<string, Spot & { floor: number }>();
  chases.set(world, chase);
  const known = { view, self: { ...self, vitals: self.vitals }, me, crew, glyph, chase };
  if (self.busy) return { do: "pickup" };
  return (
    survive(known) ??
    lift(known) ??
    fight(known) ??
    tidy(known) ??
    rest(known) ??
    pursue(known) ??
    travel(known)
  );
}

/** Commands of a whole party of bots for one moment; those who work on are left alone. */
export function partyInputs(game: Game, world: DungeonWorld, seq: number): Input<DungeonCommand>[] {
  return game.crew(world).flatMap(({ player, state }) => {
    const working = Self.parse(game.self(world, player)).busy;
    if (state !== "up" || working) return [];
    return [{ kind: "command", player, seq, command: botCommand(game, world, player) }];
  });
}

function survive({ self }: Known): DungeonCommand | undefined {
  const { hp, maxHp } = self.vitals;
  if (hp * 100 > maxHp * 35) return undefined;
  const potions = (self.pack ?? []).filter(({ kind }) => kind === "potion");
  const healing = potions.find(({ name }) => name.includes("healing"));
  const unknown = potions.find(({ note }) => note.startsWith("Nobody"));
  const item = healing ?? (hp * 100 < maxHp * 25 ? unknown : undefined);
  return item === undefined ? undefined : { do: "use", item: item.id };
}

function lift(known: Known): DungeonCommand | undefined {
  const fallen = known.view.things.filter((thing) => (thing[5] & THING_DOWN) !== 0);
  const target = nearest(known, fallen);
  if (target === undefined) return undefined;
  const close = foes(known).some((foe) => gap(foe, known.self.vitals) <= 1);
  if (close) return undefined;
  const here = known.self.vitals;
  if (gap(target, here) === 1) return { do: "revive", dir: direction(here, target) };
  return go(known, target);
}

function fight(known: Known): DungeonCommand | undefined {
  const here = known.self.vitals;
  const mended = mend(known);
  if (mended !== undefined) return mended;
  const all = foes(known);
  const foe = nearest(known, all);
  if (foe === undefined) return undefined;
  const away = clear(known, foe) ? gap(foe, here) : FAR;
  const ability = known.self.abilities?.[0];
  const ready =
    ability !== undefined && here.resource >= ability.cost && isReady(known, ability.readyAtMs);
  if (ready && ability.name === "Cleave") {
    if (all.filter((one) => gap(one, here) === 1).length > 1) return { do: "ability", slot: 1 };
  } else if (ready && ability.name !== "Mend" && away <= ability.range) {
    return { do: "ability", slot: 1, ...foe };
  }
  const bow = known.self.pack?.some(({ equipped, name }) => equipped && name.includes("bow"));
  if (bow && away > 1 && away <= 9 && (known.me.hp + here.x) % 7 !== 0)
    return { do: "shoot", ...foe };
  if (away === 1) return { do: "step", dir: direction(here, foe) };
  const caster =
    known.me.class === "mage" && known.crew.some((one) => one.state === "up" && one !== known.me);
  if (caster && away < 6) return { do: "wait" };
  known.chase.set(known.me.player, { ...foe, floor: known.me.floor });
  return go(known, foe);
}

function pursue({ chase, me, ...rest }: Known): DungeonCommand | undefined {
  const goal = chase.get(me.player);
  if (goal === undefined) return undefined;
  const step = goal.floor === me.floor ? go({ chase, me, ...rest }, goal) : undefined;
  if (step === undefined) chase.delete(me.player);
  return step;
}

function isReady({ self }: Known, readyAtMs: number): boolean {
  return (self.abilities ?? []).length > 0 && readyAtMs <= nowMs;
}

/** Game time in ms; a client counts it from the ticks it is told. */
let nowMs = 0;
export function setNow(ms: number): void {
  nowMs = ms;
}

function mend(known: Known): DungeonCommand | undefined {
  const ability = known.self.abilities?.[0];
  const here = known.self.vitals;
  if (ability?.name !== "Mend" || here.resource < ability.cost) return undefined;
  if (!isReady(known, ability.readyAtMs)) return undefined;
  const quiet = foes(known).length === 0;
  const hurt = known.crew
    .filter((one) => one.floor === known.me.floor && one.state === "up")
    .filter((one) => one.hp * 100 < one.maxHp * (quiet ? 75 : 60))
    .flatMap((one) => known.view.things.filter((thing) => thing[0] === one.thing));
  const target = nearest(known, hurt);
  return target && gap(target, here) <= ability.range
    ? { do: "ability", slot: 1, ...target }
    : undefined;
}

/** Picks up what lies near and puts on what is better. */
function tidy(known: Known): DungeonCommand | undefined {
  const { pack = [], vitals } = known.self;
  const number = (note: string) => Number(/\d+/.exec(note)?.[0] ?? 0);
  const archer = known.me.class === "ranger";
  for (const kind of ["weapon", "armour"] as const) {
    const fit = pack
      .filter((item) => item.kind === kind)
      .filter((item) => kind === "armour" || item.name.includes("bow") === archer);
    const worn = fit.find(({ equipped }) => equipped);
    const better = fit.find(({ note }) => number(note) > number(worn?.note ?? ""));
    if (better !== undefined) return { do: "use", item: better.id };
  }
  if (pack.length >= 19) return undefined;
  const wanted = known.view.things.filter((thing) => (thing[5] & THING_ITEM) !== 0);
  if (wanted.length === 0) return undefined;
  const steps = flood(known, vitals);
  const far = (one: Spot) => steps[one.y * known.view.width + one.x] ?? FAR;
  const target = wanted.map(spot).sort((a, b) => far(a) - far(b))[0];
  if (target === undefined || far(target) > 15) return undefined;
  if (target.x === vitals.x && target.y === vitals.y) return { do: "pickup" };
  const leader = known.crew.find(({ state }) => state === "up");
  if (leader !== known.me) return undefined;
  known.chase.set(known.me.player, { ...target, floor: known.me.floor });
  return go(known, target);
}

function rest({ crew, me, self }: Known): DungeonCommand | undefined {
  const tired = self.vitals.resource * 100 < self.vitals.maxResource * 30;
  const weak = crew.some(
    (one) => one.state === "up" && one.floor === me.floor && one.hp * 100 < one.maxHp * 60,
  );
  return weak || tired ? { do: "wait" } : undefined;
}

/** The first member standing leads to what is unknown, then to the stairs; the others follow. */
function travel(known: Known): DungeonCommand {
  const { crew, me, view } = known;
  const leader = crew.find(({ state }) => state === "up");
  if (leader !== undefined && leader !== me && leader.floor === me.floor) {
    const thing = view.things.find((one) => one[0] === leader.thing);
    if (thing !== undefined && gap({ x: thing[2], y: thing[3] }, known.self.vitals) <= 2)
      return { do: "wait" };
    if (thing !== undefined) return go(known, { x: thing[2], y: thing[3] }) ?? { do: "wait" };
  }
  const deeper = leader !== undefined && leader !== me && leader.floor > me.floor;
  const stairs = spots(known, ">")[0];
  if (deeper && stairs !== undefined) return takeStairs(known, stairs);
  const together = crew.every((one) => one.state !== "up" || one === me || near(known, one));
  if (!together) return { do: "wait" };
  const frontier = deeper ? undefined : explore(known);
  if (frontier !== undefined) return frontier;
  return stairs === undefined ? { do: "wait" } : takeStairs(known, stairs);
}

function near({ view, self, me }: Known, other: CrewMember): boolean {
  const thing = view.things.find((one) => one[0] === other.thing);
  if (other.floor !== me.floor) return other.floor > me.floor;
  return thing !== undefined && gap({ x: thing[2], y: thing[3] }, self.vitals) <= 5;
}

function takeStairs(known: Known, stairs: Spot): DungeonCommand {
  const { x, y } = known.self.vitals;
  if (stairs.x === x && stairs.y === y) return { do: "stairs" };
  return go(known, stairs) ?? { do: "wait" };
}

function explore(known: Known): DungeonCommand | undefined {
  const { width } = known.view;
  const steps = flood(known, known.self.vitals);
  let best = -1;
  for (let cell = 0; cell < steps.length; cell += 1) {
    const far = steps[cell] ?? FAR;
    if (far >= FAR || far === 0 || (best >= 0 && far >= (steps[best] ?? FAR))) continue;
    const edge = [-1, 1, -width, width].some((side) => known.view.cells[cell + side] === 0);
    if (edge || known.glyph(cell) === "+") best = cell;
  }
  return best < 0 ? undefined : go(known, { x: best % width, y: Math.floor(best / width) });
}

function foes({ view }: Known): Spot[] {
  return view.things.filter((thing) => (thing[5] & THING_MONSTER) !== 0).map(spot);
}

function spots({ view, glyph }: Known, wanted: string): Spot[] {
  const found: Spot[] = [];
  view.cells.forEach((_, cell) => {
    if (glyph(cell) === wanted)
      found.push({ x: cell % view.width, y: Math.floor(cell / view.width) });
  });
  return found;
}

function nearest(known: Known, list: readonly (Thing | Spot)[]): Spot | undefined {
  const here = known.self.vitals;
  return list
    .map((one) => ("x" in one ? one : spot(one)))
    .sort((a, b) => gap(a, here) - gap(b, here))[0];
}

function spot(thing: Thing): Spot {
  return { x: thing[2], y: thing[3] };
}

function gap(a: Spot, b: Spot): number {
  return Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y));
}

/** Whether the straight way to a cell looks open; others may see what this one cannot. */
function clear({ self, view, glyph }: Known, to: Spot): boolean {
  const { x, y } = self.vitals;
  const steps = gap(self.vitals, to);
  for (let step = 1; step < steps; step += 1) {
    const cx = Math.round(x + ((to.x - x) * step) / steps);
    const cy = Math.round(y + ((to.y - y) * step) / steps);
    if ("#*I+ ".includes(glyph(cy * view.width + cx))) return false;
  }
  return true;
}

function direction(from: Spot, to: Spot): number {
  const dx = Math.sign(to.x - from.x);
  const dy = Math.sign(to.y - from.y);
  return [0, 1, 2, 3, 4, 5, 6, 7].find((dir) => DX[dir] === dx && DY[dir] === dy) ?? 0;
}

/** A step along the shortest remembered way. */
function go(known: Known, goal: Spot): DungeonCommand | undefined {
  const here = known.self.vitals;
  const steps = flood(known, goal);
  const at = (x: number, y: number) => steps[y * known.view.width + x] ?? FAR;
  // The leader may change places with others; if all did, they would swap for ever in a corridor.
  const leads = known.crew.find(({ state }) => state === "up") === known.me;
  const flag = leads ? THING_DOWN : THING_PLAYER;
  const bodies = known.view.things.filter((one) => (one[5] & flag) !== 0);
  const blocked = new Set(bodies.map((one) => `${one[2]},${one[3]}`));
  let best: number | undefined;
  let shortest = at(here.x, here.y);
  for (const dir of [0, 2, 4, 6, 1, 3, 5, 7]) {
    const x = here.x + (DX[dir] ?? 0);
    const y = here.y + (DY[dir] ?? 0);
    if (at(x, y) < shortest && !blocked.has(`${x},${y}`)) {
      best = dir;
      shortest = at(x, y);
    }
  }
  return best === undefined ? undefined : { do: "step", dir: best };
}

function flood({ view, glyph }: Known, from: Spot): number[] {
  const { width, cells } = view;
  const steps = new Array<number>(cells.length).fill(FAR);
  const queue = [from.y * width + from.x];
  steps[from.y * width + from.x] = 0;
  const sides = [-width, 1, width, -1, 1 - width, 1 + width, width - 1, -width - 1];
  const walls = "#*I≈: ";
  for (let head = 0; head < queue.length; head += 1) {
    const cell = queue[head] ?? 0;
    for (const side of sides) {
      const other = cell + side;
      if ((steps[other] ?? 0) < FAR || walls.includes(glyph(other))) continue;
      steps[other] = (steps[cell] ?? 0) + 1;
      queue.push(other);
    }
  }
  return steps;
}
