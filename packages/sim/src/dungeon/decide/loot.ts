import { itemName } from "../naming.ts";
import { delversOn, isUp, nameOf } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Delver, GroundRow, Level, Prompt, Scene } from "../world.ts";
import { ask, type Settle } from "./asking.ts";
import { carryRefusal } from "./carrying.ts";
import { takenHeart } from "./heart.ts";

const OPTIONS = ["need", "greed", "pass"] as const;

/** R-PAR-1: what somebody finds goes to who the party's rule says. */
export function find(turn: Turn, delver: Delver, level: Level, item: GroundRow): void {
  const { world } = turn;
  const shared = isShared(world, item);
  const { lootRule } = world.options;
  const others = delversOn(world, level.floor).filter(
    (one) => one.id !== delver.id && takesPart(one),
  );
  if (shared && lootRule === "roundRobin") return passRound(turn, delver, item);
  if (shared && lootRule === "needGreed" && asksFor(world, item) && others.length > 0) {
    return stake(turn, delver, item, others);
  }
  turn.tell({ kind: "taken", actor: delver.id, item: item.id });
  takenHeart(turn, delver, item.kind);
}

/** Gold, keys and relics belong to the party, and what a member left there to whoever takes it. */
function isShared(world: Scene, { kind, left }: GroundRow): boolean {
  if (kind === "gold" || left === true) return false;
  const { use } = world.book.item(kind);
  return use !== "key" && use !== "other";
}

function asksFor(world: Scene, { kind }: GroundRow): boolean {
  return world.book.content.rules.lootAsks.includes(world.book.item(kind).use);
}

function takesPart(one: Delver): boolean {
  return isUp(one) && !one.hired && !one.away;
}

/** To the next of those on the floor who has room, in the order of joining. */
function passRound(turn: Turn, delver: Delver, item: GroundRow): void {
  const { world } = turn;
  const crew = delversOn(world, delver.floor).filter(
    (one) => takesPart(one) && carryRefusal(world, one, [item]) === undefined,
  );
  const next = crew.find(({ id }) => id > world.lootTurn) ?? crew[0] ?? delver;
  turn.tell({ kind: "lootTurned", actor: next.id, item: item.id });
}

function stake(turn: Turn, by: Delver, item: GroundRow, others: readonly Delver[]): void {
  const { world } = turn;
  const name = itemName(world, item.kind, item.stats);
  const about = { is: "loot" as const, by: by.id, floor: by.floor, item };
  const asked = [by, ...others].map(({ id }) => id).sort((a, b) => a - b);
  const text = `${by.name} finds: ${name}`;
  ask(turn, { about, text, options: [...OPTIONS], asked }, world.book.content.rules.lootMs);
}

/** Those who need it draw lots, else those who greed; the finder greeds unless they say otherwise. */
export const settleLoot: Settle<"loot"> = (turn, prompt, { by, item }) => {
  const { world } = turn;
  const wish = (id: number) => prompt.answers[id] ?? (id === by ? 1 : 2);
  const able = prompt.asked.filter((id) => {
    const one = world.delvers.get(id);
    return one !== undefined && isUp(one) && carryRefusal(world, one, [item]) === undefined;
  });
  const needy = able.filter((id) => wish(id) === 0);
  const drawing = needy.length > 0 ? needy : able.filter((id) => wish(id) === 1);
  const lot = drawing.length > 1 ? turn.roll("loot", drawing.length) : 0;
  turn.tell({ kind: "awarded", prompt: prompt.id, to: drawing[lot] ?? 0 });
};

/** Line of the log on who got it. */
export function awardLine(world: Scene, { about }: Prompt, to: number): string {
  if (about.is !== "loot") return "";
  const name = itemName(world, about.item.kind, about.item.stats);
  return to === 0
    ? `Nobody wants the ${name}.`
    : `${nameOf(world.delvers.get(to))} gets the ${name}.`;
}
