import type { Action } from "../actions.ts";
import { delversOn, isBroken, levelOf, pointOf, ticks } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Delver, Level, LongAct, Scene } from "../world.ts";
import { busy, delverOf } from "./actors.ts";
import { makeNoise } from "./noise.ts";

export function survey(turn: Turn, { actor, vein }: Action<"survey">): void {
  const delver = delverOf(turn, actor);
  turn.tell({ kind: "surveyed", actor, vein });
  busy(turn, delver, turn.world.book.content.rules.handMs);
}

export function mine(turn: Turn, { actor, vein }: Action<"mine">): void {
  const { world, tell } = turn;
  const { floor } = delverOf(turn, actor);
  const from = world.tick;
  settleVein(turn, floor, vein);
  const act = { is: "mining" as const, vein, from, until: from, noiseAt: nextNoise(world) };
  tell({ kind: "actBegan", actor, act });
  share(turn, floor, vein);
}

export function revive(turn: Turn, { actor, target }: Action<"revive">): void {
  const from = turn.world.tick;
  const until = from + ticks(turn.world, turn.world.book.content.rules.reviveMs);
  turn.tell({ kind: "actBegan", actor, act: { is: "reviving", target, from, until } });
}

/** Ticks that a vein takes one delver: a tool makes less of its hardness. */
export function veinTicks(world: Scene, level: Level, vein: number, delver?: Delver): number {
  const spawn = level.spawns[level.veins.get(vein)?.spawn ?? -1];
  return oreTicks(world, spawn?.values.hardness ?? 0, delver);
}

/** The same for a vein of ore that is so hard. */
export function oreTicks(world: Scene, hardness: number, delver?: Delver): number {
  const { rules } = world.book.content;
  const tool = delver === undefined ? 0 : toolPercent(world, delver);
  const ms = rules.mineBaseMs + (hardness * rules.mineHardnessMs * (100 - tool)) / 100;
  return ticks(world, ms);
}

/** Percent of hardness that the best sound tool in a pack makes nothing of. */
function toolPercent(world: Scene, { pack }: Delver): number {
  const tools = pack.map(({ kind, stats }) => {
    const spec = world.book.item(kind);
    const own = spec.use === "weapon" ? (spec.mines ?? 0) : 0;
    return isBroken(stats) ? 0 : own + (stats?.made?.mining ?? 0);
  });
  return Math.min(100, Math.max(0, ...tools));
}

/** What a miner does of a vein in a tick, in percent of a bare hand's work. */
function rateOf(world: Scene, level: Level, vein: number, delver: Delver): number {
  const bare = veinTicks(world, level, vein);
  return Math.floor((100 * bare) / veinTicks(world, level, vein, delver));
}

/** Ends a long act before its time; a hurt miner loses what was done. */
export function stopAct(turn: Turn, delver: Delver, why: "stopped" | "hurt"): void {
  const { act, floor, id } = delver;
  if (act?.is === "mining") settleVein(turn, floor, act.vein);
  turn.tell({ kind: "actEnded", actor: id, why });
  if (act?.is !== "mining") return;
  if (why === "hurt") turn.tell({ kind: "veinWorked", floor, vein: act.vein, work: 0 });
  share(turn, floor, act.vein);
}

/** Those who knelt by somebody who can no longer be lifted get up. */
export function releaseLifters(turn: Turn, target: number): void {
  for (const delver of turn.world.delvers.values()) {
    if (delver.act?.is === "reviving" && delver.act.target === target) {
      stopAct(turn, delver, "stopped");
    }
  }
}

/** What is due of mining at this tick: its noise, or the end of the vein. */
export function goOnMining(
  turn: Turn,
  { id: actor, floor, x, y }: Delver,
  act: Extract<LongAct, { is: "mining" }>,
): void {
  const { world, tell } = turn;
  makeNoise(turn, floor, { x, y }, world.book.content.rules.noise.mine);
  if (act.until <= world.tick) finishVein(turn, floor, act.vein);
  else tell({ kind: "actChanged", actor, act: { ...act, noiseAt: nextNoise(world) } });
}

export function finishReviving(turn: Turn, { id }: Delver, target: number): void {
  const lifted = delverOf(turn, target);
  const percent = turn.world.book.content.rules.reviveHpPercent;
  const hp = Math.max(1, Math.round((lifted.maxHp * percent) / 100));
  turn.tell({ kind: "actEnded", actor: id, why: "done" });
  turn.tell({ kind: "lifted", actor: target, by: id, hp });
  releaseLifters(turn, target);
}

/** Miners share a vein; what cannot be shared evenly goes to those who came first. */
function finishVein(turn: Turn, floor: number, vein: number): void {
  const { world, tell } = turn;
  const level = levelOf(world, { floor });
  const row = level.veins.get(vein);
  if (row === undefined) return;
  const { spawn, amount } = row;
  const crew = miners(world, floor, vein).toSorted((a, b) => begun(a) - begun(b));
  const ground = world.book.region(world.book.floor(floor).region).floor;
  tell({
    kind: "tileChanged",
    floor,
    ...pointOf(level, vein),
    tile: world.book.tileNumber(ground),
  });
  tell({ kind: "veinEmptied", floor, vein });
  crew.forEach(({ id: actor }, place) => {
    tell({ kind: "actEnded", actor, why: "done" });
    const legacy = level.spawns[spawn]?.legacy !== undefined;
    if (legacy && place === 0) tell({ kind: "legacyMined", actor, floor, spawn, amount });
    const share = Math.floor((amount + crew.length - 1 - place) / crew.length);
    if (share > 0 && !legacy) tell({ kind: "oreGained", actor, floor, spawn, amount: share });
  });
}

const begun = ({ act }: Delver): number => act?.from ?? 0;

function miners(world: Scene, floor: number, vein: number): Delver[] {
  return delversOn(world, floor).filter((one) => one.act?.is === "mining" && one.act.vein === vein);
}

/** Books the work done since the number of miners last changed. */
function settleVein(turn: Turn, floor: number, vein: number): void {
  const row = levelOf(turn.world, { floor }).veins.get(vein);
  if (row === undefined) return;
  const level = levelOf(turn.world, { floor });
  const crew = miners(turn.world, floor, vein);
  const rate = crew.reduce((sum, one) => sum + rateOf(turn.world, level, vein, one), 0);
  const work = row.work + rate * (turn.world.tick - row.workedAt);
  turn.tell({ kind: "veinWorked", floor, vein, work });
}

/** Tells each miner of a vein when it will now be done. */
function share(turn: Turn, floor: number, vein: number): void {
  const { world, tell } = turn;
  const level = levelOf(world, { floor });
  const crew = miners(world, floor, vein);
  const left = 100 * veinTicks(world, level, vein) - (level.veins.get(vein)?.work ?? 0);
  const rate = crew.reduce((sum, one) => sum + rateOf(world, level, vein, one), 0);
  const until = world.tick + Math.max(1, Math.ceil(left / Math.max(1, rate)));
  for (const { id: actor, act } of crew) {
    if (act?.is === "mining") tell({ kind: "actChanged", actor, act: { ...act, until } });
  }
}

function nextNoise(world: Scene): number {
  return world.tick + ticks(world, world.book.content.rules.mineEveryNoiseMs);
}
