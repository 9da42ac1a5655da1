import type { FixtureKind } from "../../content.ts";
import { distance, type Point } from "../../geometry.ts";
import { freeNear, levelOf, present } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Delver, Scene } from "../world.ts";
import { learn } from "./learning.ts";

const NAMES = [
  ...["Brann", "Edda", "Corvin", "Isolde", "Merek", "Tamsin", "Orrin", "Ysolt"],
  ...["Garrick", "Linnet", "Osric", "Wenna", "Hale", "Sunniva", "Doran", "Petra"],
] as const;

/** Companions who still have a body. */
export function companionsOf(world: Scene): Delver[] {
  return [...world.delvers.values()].filter((one) => one.hired && present(one));
}

/**
 * R-PAR-4: a companion joins beside somebody, as learned as the least learned member; `gold` is
 * taken from who hires, who may be nobody (0).
 */
export function enlist(
  turn: Turn,
  hirer: number,
  kind: string,
  spot: Point & { readonly floor: number },
  gold: number,
): void {
  const { world } = turn;
  const members = [...world.delvers.values()].filter((one) => !one.hired && present(one));
  const xp = members.length === 0 ? 0 : Math.min(...members.map((one) => one.xp));
  const place = freeNear(levelOf(world, spot), spot, 6)[0];
  if (place === undefined) return;
  const id = world.nextId;
  turn.tell({ kind: "hired", actor: hirer, class: kind, name: freshName(world), gold });
  const { x, y } = place;
  turn.tell({ kind: "arrived", actor: id, floor: spot.floor, x, y });
  const companion = world.delvers.get(id);
  if (companion !== undefined && xp > 0) learn(turn, companion, xp);
}

function freshName(world: Scene): string {
  const taken = new Set([...world.delvers.values()].map(({ name }) => name));
  const first = world.seed % NAMES.length;
  const turned = [...NAMES.slice(first), ...NAMES.slice(0, first)];
  return turned.find((name) => !taken.has(name)) ?? "Nameless";
}

/** What a companion costs where a delver stands, or why none can be hired there. */
export function hirePrice(world: Scene, delver: Delver): number | string {
  const { companionsMax, hireFreeUpTo, hireGold, hireFloorGold } = world.book.content.rules;
  if (companionsOf(world).length >= companionsMax) return "No more companions will follow you.";
  const bodies = [...world.delvers.values()].filter(present).length;
  if (atGate(world, delver)) return bodies < hireFreeUpTo ? 0 : hireGold;
  if (!besideHirer(world, delver)) return "There is nobody here to hire.";
  return hireGold + hireFloorGold * (delver.floor - 1);
}

/** At the gate of floor 1, before anybody went deeper. */
function atGate(world: Scene, delver: Delver): boolean {
  if (delver.floor !== 1 || world.levels.size > 1) return false;
  const { arrival } = levelOf(world, delver);
  return distance(arrival, delver) <= world.book.content.rules.hireCells;
}

/** Traders know people, and captives look for company. */
const HIRERS: ReadonlySet<FixtureKind> = new Set<FixtureKind>(["trader", "captive"]);

function besideHirer(world: Scene, delver: Delver): boolean {
  for (const { kind, x, y, found } of levelOf(world, delver).fixtures.values()) {
    if (found && HIRERS.has(kind.kind) && distance({ x, y }, delver) <= 1) return true;
  }
  return false;
}
