import type { FixtureKind, FixtureSpec } from "../../content.ts";
import type { Action } from "../actions.ts";
import { cellOf, levelOf } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Actor, Delver, Level, Scene } from "../world.ts";
import { busy, delverOf } from "./actors.ts";
import { forge } from "./fixtures/forge.ts";
import { shrine } from "./fixtures/shrine.ts";
import { snare } from "./fixtures/snare.ts";
import { trap } from "./fixtures/trap.ts";

/** A fixture of one kind where it stands. */
export type Place<K extends FixtureKind> = {
  readonly level: Level;
  readonly cell: number;
  readonly kind: FixtureSpec<K>;
  readonly used: number;
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
};

const fixtures: { [K in FixtureKind]: Fixture<K> } = { forge, shrine, trap, snare };

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
  return row === undefined ? undefined : { level, cell, kind: row.kind, used: row.used };
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

function disarm<K extends FixtureKind>(turn: Turn, delver: Delver, place: Place<K>): void {
  fixtures[place.kind.kind].disarm?.(turn, delver, place);
}

function use<K extends FixtureKind>(turn: Turn, delver: Delver, place: Place<K>): void {
  fixtures[place.kind.kind].use(turn, delver, place);
}

function stepOn<K extends FixtureKind>(turn: Turn, who: Actor, place: Place<K>): void {
  fixtures[place.kind.kind].enter?.(turn, who, place);
}
