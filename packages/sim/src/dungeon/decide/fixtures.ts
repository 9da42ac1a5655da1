import type { FixtureKind, FixtureSpec } from "../../content.ts";
import { around, type Point } from "../../geometry.ts";
import type { Action } from "../actions.ts";
import { cellOf, inside, isUp, levelOf } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Actor, Delver, Fixture as FixtureRow, Level, Scene } from "../world.ts";
import { busy, delverOf } from "./actors.ts";
import { altar } from "./fixtures/altar.ts";
import { captive } from "./fixtures/captive.ts";
import { forge } from "./fixtures/forge.ts";
import { lever } from "./fixtures/lever.ts";
import { lock } from "./fixtures/lock.ts";
import { shrine } from "./fixtures/shrine.ts";
import { snare } from "./fixtures/snare.ts";
import { statue } from "./fixtures/statue.ts";
import { trader } from "./fixtures/trader.ts";
import { trap } from "./fixtures/trap.ts";
import { treasure } from "./fixtures/treasure.ts";

/** A fixture of one kind where it stands. */
export type Place<K extends FixtureKind> = {
  readonly level: Level;
  readonly cell: number;
  readonly kind: FixtureSpec<K>;
  readonly used: number;
  readonly row: FixtureRow;
};

/** A choice that a place gives to who stands beside it: `choose` with its id and an option. */
export type Offering = {
  /** The id of the fixture, or of the thing of the pack that it is about. */
  readonly id: number;
  readonly kind: "treasure" | "shop" | "sell" | "identify";
  readonly text: string;
  readonly options: readonly {
    readonly name: string;
    readonly note: string;
    /** Gold that it costs or brings. */
    readonly price: number;
    /** Why it cannot be chosen now. */
    readonly refused: string | null;
  }[];
};

/** What one kind of fixture does; one file each in `fixtures/`. */
export type Fixture<K extends FixtureKind> = {
  /** Why it cannot be used now, in words for the player; undefined when it can. */
  refuse(world: Scene, delver: Delver, place: Place<K>): string | undefined;
  use(turn: Turn, delver: Delver, place: Place<K>): void;
  /** Somebody who knows how takes it apart; undefined where nobody can. */
  disarm?(turn: Turn, delver: Delver, place: Place<K>): void;
  /** Somebody steps onto it. */
  enter?(turn: Turn, who: Actor, place: Place<K>): void;
  /** Something falls onto it that a delver threw. */
  jolt?(turn: Turn, by: Delver, place: Place<K>): void;
  /** What a delver beside it can choose from, and what the choice does. */
  offers?(world: Scene, delver: Delver, place: Place<K>): readonly Offering[];
  choose?(turn: Turn, delver: Delver, place: Place<K>, id: number, option: number): void;
  /** Goes on with what it was armed for. */
  due?(turn: Turn, place: Place<K>): void;
};

const fixtures: { [K in FixtureKind]: Fixture<K> } = {
  ...{ forge, shrine, trap, snare, altar, lever, lock, statue, treasure, captive, trader },
};

export function refuseFixture<K extends FixtureKind>(
  world: Scene,
  delver: Delver,
  place: Place<K>,
): string | undefined {
  return fixtures[place.kind.kind].refuse(world, delver, place);
}

export function interact(turn: Turn, { actor, cell }: Action<"interact">): void {
  const delver = delverOf(turn, actor);
  const place = placeAt(levelOf(turn.world, delver), cell);
  busy(turn, delver, turn.world.book.content.rules.handMs);
  if (place !== undefined) use(turn, delver, place);
}

export function stepOnFixture(turn: Turn, who: Actor): void {
  const level = levelOf(turn.world, who);
  const place = placeAt(level, cellOf(level, who));
  if (place !== undefined) stepOn(turn, who, place);
}

export function placeAt(level: Level, cell: number): Place<FixtureKind> | undefined {
  const row = level.fixtures.get(cell);
  return row === undefined ? undefined : { level, cell, kind: row.kind, used: row.used, row };
}

/** Why a found fixture cannot be taken apart; undefined when it can. */
export function refuseDisarm(level: Level, cell: number): string | undefined {
  const place = level.fixtures.get(cell)?.found === true ? placeAt(level, cell) : undefined;
  if (place === undefined) return "There is no trap or lock there.";
  return fixtures[place.kind.kind].disarm === undefined ? "That cannot be disarmed." : undefined;
}

export function disarmAt(turn: Turn, delver: Delver, cell: number): void {
  const place = placeAt(levelOf(turn.world, delver), cell);
  if (place !== undefined) disarm(turn, delver, place);
}

/** R-FIX-12: what a delver throws onto a trap sets it off. */
export function joltAt(turn: Turn, by: Delver, point: Point): void {
  const level = levelOf(turn.world, by);
  const place = placeAt(level, cellOf(level, point));
  if (place !== undefined) jolt(turn, by, place);
}

/** All that the places beside a delver let them choose from. */
export function offersTo(world: Scene, delver: Delver): readonly Offering[] {
  return placesBeside(world, delver).flatMap((place) => offers(world, delver, place));
}

/** Answers why a choice cannot be made; undefined when it was. */
export function chooseHere(
  turn: Turn,
  delver: Delver,
  id: number,
  option: number,
): string | undefined {
  if (turn.world.pause !== undefined) return "The world stands still.";
  for (const place of placesBeside(turn.world, delver)) {
    const offering = offers(turn.world, delver, place).find((one) => one.id === id);
    if (offering === undefined) continue;
    const chosen = offering.options[option];
    if (chosen === undefined) return "That is not among the choices.";
    if (chosen.refused !== null) return chosen.refused;
    choose(turn, delver, place, id, option);
    return undefined;
  }
  return "Nobody here asks you that.";
}

/** Does what is due of the fixtures of a floor. */
export function runFixtures(turn: Turn, level: Level): void {
  for (const [cell, { dueAt = 0 }] of [...level.fixtures]) {
    const place = dueAt > 0 && dueAt <= turn.world.tick ? placeAt(level, cell) : undefined;
    if (place !== undefined && turn.world.end === undefined) goOn(turn, place);
  }
}

function placesBeside(world: Scene, delver: Delver): Place<FixtureKind>[] {
  const level = world.levels.get(delver.floor);
  if (level === undefined || !isUp(delver)) return [];
  return [delver, ...around(delver)].flatMap((point) => {
    const place = inside(level, point) ? placeAt(level, cellOf(level, point)) : undefined;
    return place?.row.found === true ? [place] : [];
  });
}

function offers<K extends FixtureKind>(
  world: Scene,
  delver: Delver,
  place: Place<K>,
): readonly Offering[] {
  return fixtures[place.kind.kind].offers?.(world, delver, place) ?? [];
}

function choose<K extends FixtureKind>(
  turn: Turn,
  delver: Delver,
  place: Place<K>,
  id: number,
  option: number,
): void {
  fixtures[place.kind.kind].choose?.(turn, delver, place, id, option);
}

function disarm<K extends FixtureKind>(turn: Turn, delver: Delver, place: Place<K>): void {
  fixtures[place.kind.kind].disarm?.(turn, delver, place);
}

function jolt<K extends FixtureKind>(turn: Turn, by: Delver, place: Place<K>): void {
  fixtures[place.kind.kind].jolt?.(turn, by, place);
}

function goOn<K extends FixtureKind>(turn: Turn, place: Place<K>): void {
  fixtures[place.kind.kind].due?.(turn, place);
}

function use<K extends FixtureKind>(turn: Turn, delver: Delver, place: Place<K>): void {
  fixtures[place.kind.kind].use(turn, delver, place);
}

function stepOn<K extends FixtureKind>(turn: Turn, who: Actor, place: Place<K>): void {
  fixtures[place.kind.kind].enter?.(turn, who, place);
}
