import { around, distance, type Point } from "../../geometry.ts";
import type { Action } from "../actions.ts";
import { doing, isPrevented } from "../conditions.ts";
import { loudness, stepPercent } from "../footing.ts";
import { picksUp } from "../intents/picking.ts";
import {
  cellOf,
  free,
  freeFor,
  freeNear,
  hasTrait,
  isUp,
  levelOf,
  roleAt,
  ticks,
} from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Actor, Delver, Monster } from "../world.ts";
import { actorOf, busy, delverOf, monsterOf } from "./actors.ts";
import { blow, swingMs } from "./blows.ts";
import { leaveKeys } from "./carrying.ts";
import { enter, search, uncover } from "./entering.ts";
import { giftsAfterWalk } from "./gifts.ts";
import { passGate } from "./heart.ts";
import { find } from "./loot.ts";
import { makeNoise } from "./noise.ts";
import { startle } from "./unmasking.ts";
import { lungedAt } from "./weapons.ts";

const REST_MS = 4000;
const BEAT_MS = 500;

/** A delver who waits gives up what they were about; time passes by itself. */
export function wait(turn: Turn, { actor }: Action<"wait">): void {
  const who = actorOf(turn, actor);
  if (who.is === "monster") {
    if (who.mood.is === "wandering") amble(turn, who, REST_MS);
    else busy(turn, who, who.kind.stepMs);
  } else if (who.waiting !== undefined) turn.tell({ kind: "unbuffered", actor });
}

/** Takes a while, and finds hidden things beside one far more often than passing by does. */
export function lookClosely(turn: Turn, { actor }: Action<"search">): void {
  const delver = delverOf(turn, actor);
  const { searchMs, searchWellPercent } = turn.world.book.content.rules;
  busy(turn, delver, searchMs);
  search(turn, delver, searchWellPercent);
}

export function walk(turn: Turn, { actor, x, y }: Action<"walk">): void {
  const who = actorOf(turn, actor);
  if (who.is === "monster" && isPrevented(turn.world, who, "walking") !== undefined) {
    return busy(turn, who, who.kind.stepMs);
  }
  const from = { x: who.x, y: who.y };
  const left = cellOf(levelOf(turn.world, who), who);
  turn.tell({ kind: "moved", actor, ...astray(turn, who, { x, y }) });
  if (who.is === "monster") {
    if (who.kind.gifts.length > 0) giftsAfterWalk(turn, who, left);
    if (who.mood.is === "wandering" && !hurries(who)) amble(turn, who, 2 * who.kind.stepMs);
    else busy(turn, who, who.kind.stepMs);
    enter(turn, who);
    return;
  }
  stepped(turn, who);
  const lunge = lungedAt(turn.world, who, from);
  if (lunge === undefined || !isUp(who)) return;
  busy(turn, who, swingMs(turn, who));
  blow(turn, who, ...lunge, "blow");
}

/** Where a step ends of one who staggers: now and then in some other free cell. */
function astray(turn: Turn, who: Actor, to: Point): Point {
  const percent = Math.max(0, ...doing(turn.world, who, "strays").map(({ row }) => row.power));
  if (percent === 0 || turn.roll("combat", 100) >= percent) return to;
  const level = levelOf(turn.world, who);
  const open = around(who).filter((point) =>
    who.is === "monster" ? freeFor(level, who, point) : free(level, point),
  );
  return open[turn.roll("combat", Math.max(1, open.length))] ?? to;
}

/** Those who follow a sound or a scent do not dawdle. */
function hurries(monster: Monster): boolean {
  return hasTrait(monster, "followsSound") || hasTrait(monster, "keenNose");
}

/**
 * Wanderers take their time, and all move on the same beat: a party that rests is woken a few
 * times a second, not once for each of them.
 */
function amble(turn: Turn, { id: actor }: Monster, ms: number): void {
  const { world } = turn;
  const beat = ticks(world, BEAT_MS);
  const until = Math.ceil((world.tick + ticks(world, ms)) / beat) * beat;
  turn.tell({ kind: "busied", actor, until });
}

export function swap(turn: Turn, action: Action<"swap">): void {
  turn.tell({ kind: "swapped", actor: action.actor, with: action.with });
  stepped(turn, delverOf(turn, action.actor));
}

/** What a step of a delver brings: time, gold underfoot, noise, and mimics that were waiting. */
function stepped(turn: Turn, delver: Delver): void {
  const { rules } = turn.world.book.content;
  const level = levelOf(turn.world, delver);
  const cell = cellOf(level, delver);
  busy(turn, delver, (rules.walkMs * stepPercent(turn.world, level, cell)) / 100);
  takeUp(turn, delver);
  makeNoise(turn, delver.floor, delver, rules.noise.walk + loudness(turn.world, level, cell));
  startle(turn, delver);
  enter(turn, delver);
}

/** Gold always, and what the delver takes up by rule, which takes the time of a hand's turn. */
function takeUp(turn: Turn, delver: Delver): void {
  const { world } = turn;
  const level = levelOf(world, delver);
  for (const item of [...level.items.values()]) {
    if (item.x !== delver.x || item.y !== delver.y) continue;
    if (item.kind === "gold") turn.tell({ kind: "taken", actor: delver.id, item: item.id });
    else if (picksUp(world, delver, item)) {
      find(turn, delver, level, item);
      busy(turn, delver, world.book.content.rules.handMs);
    }
  }
}

export function open(turn: Turn, action: Action<"open">): void {
  const who = actorOf(turn, action.actor);
  if (
    who.is === "delver" &&
    roleAt(turn.world, levelOf(turn.world, who), action) === "secretDoor"
  ) {
    uncover(turn, who, action);
    busy(turn, who, turn.world.book.content.rules.doorMs);
    return;
  }
  door(turn, action, turn.world.book.roleTile("openDoor"));
}

export function close(turn: Turn, action: Action<"close">): void {
  door(turn, action, turn.world.book.roleTile("door"));
}

function door(turn: Turn, { actor, x, y }: Action<"open" | "close">, tile: number): void {
  const who = actorOf(turn, actor);
  const { rules } = turn.world.book.content;
  turn.tell({ kind: "tileChanged", floor: who.floor, x, y, tile });
  busy(turn, who, who.is === "monster" ? who.kind.stepMs : rules.doorMs);
  makeNoise(turn, who.floor, who, rules.noise.door);
}

/** Floors are generated when first entered; what they hold does not depend on when that is. */
export function stairs(turn: Turn, { actor, floor }: Action<"stairs">): void {
  const delver = delverOf(turn, actor);
  if (floor === 0) return passGate(turn, actor);
  leaveKeys(turn, delver);
  const down = floor > delver.floor;
  if (!turn.world.levels.has(floor)) turn.tell({ kind: "floorOpened", floor });
  const level = levelOf(turn.world, { floor });
  const landing = down ? level.arrival : level.exit;
  for (const { x, y } of freeNear(level, landing, 6).slice(0, 1)) {
    const heel = alliesOf(turn, delver);
    turn.tell({ kind: "arrived", actor, floor, x, y });
    for (const one of heel) follow(turn, one, delver);
  }
  busy(turn, delver, turn.world.book.content.rules.stairsMs);
  startle(turn, delver);
}

/** Allies that stand close enough to come along. */
function alliesOf(turn: Turn, delver: Delver): Monster[] {
  return [...levelOf(turn.world, delver).monsters.values()].filter(
    (one) =>
      one.mood.is === "allied" && one.mood.leader === delver.id && distance(one, delver) <= HEEL,
  );
}

const HEEL = 3;

function follow(turn: Turn, one: Monster, { floor, x, y }: Delver): void {
  for (const spot of freeNear(levelOf(turn.world, { floor }), { x, y }, 4).slice(0, 1)) {
    turn.tell({ kind: "followed", actor: one.id, floor, ...spot });
  }
}

/** A digger opens the rock, walks through later and is heard at once. */
export function dig(turn: Turn, { actor, x, y }: Action<"dig">): void {
  const monster = monsterOf(turn, actor);
  const { mind } = monster.kind;
  const { book } = turn.world;
  const tile = book.tileNumber(book.region(book.floor(monster.floor).region).floor);
  turn.tell({ kind: "dug", actor });
  turn.tell({ kind: "tileChanged", floor: monster.floor, x, y, tile });
  busy(turn, monster, mind.kind === "digger" ? mind.digMs : monster.kind.stepMs);
}
