import type { Action, ActionKind } from "./actions.ts";
import { ability } from "./decide/abilities.ts";
import { shoot, strike } from "./decide/blows.ts";
import { explode, loom, slam, steal } from "./decide/dread.ts";
import { drink, drop, equip, hurl, pickup, takeOff } from "./decide/goods.ts";
import { mine, revive, stopAct, survey } from "./decide/labour.ts";
import { close, dig, open, stairs, swap, wait, walk } from "./decide/walking.ts";
import type { Turn } from "./turn.ts";

/** What follows from an action; tells events and nothing else. */
export type Decide<K extends ActionKind> = (turn: Turn, action: Action<K>) => void;

const table: { [K in ActionKind]: Decide<K> } = {
  wait,
  walk,
  swap,
  strike,
  shoot,
  open,
  close,
  stairs,
  pickup,
  drink,
  equip,
  takeOff,
  drop,
  hurl,
  ability,
  survey,
  mine,
  revive,
  steal,
  dig,
  loom,
  explode,
  slam,
};

export function decide<K extends ActionKind>(turn: Turn, action: Action<K>): void {
  const delver = turn.world.delvers.get(action.actor);
  if (delver?.act !== undefined) stopAct(turn, delver, "stopped");
  table[action.kind](turn, action);
}
