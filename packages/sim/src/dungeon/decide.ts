import type { Action, ActionKind } from "./actions.ts";
import { ability } from "./decide/abilities.ts";
import { shoot, strike } from "./decide/blows.ts";
import { craft } from "./decide/crafting.ts";
import {
  cry,
  drag,
  explode,
  graze,
  hatch,
  loom,
  rush,
  slam,
  steal,
  vanish,
} from "./decide/dread.ts";
import { interact } from "./decide/fixtures.ts";
import { consume, drop, dropOre, equip, hurl, pickup, takeOff, zap } from "./decide/goods.ts";
import { intend } from "./decide/intending.ts";
import { mine, revive, stopAct, survey } from "./decide/labour.ts";
import { bank, repair, salvage } from "./decide/smithing.ts";
import { cast } from "./decide/spells.ts";
import { close, dig, lookClosely, open, stairs, swap, wait, walk } from "./decide/walking.ts";
import type { Turn } from "./turn.ts";

/** What follows from an action; tells events and nothing else. */
export type Decide<K extends ActionKind> = (turn: Turn, action: Action<K>) => void;

const table: { [K in ActionKind]: Decide<K> } = {
  wait,
  search: lookClosely,
  walk,
  swap,
  strike,
  shoot,
  open,
  close,
  stairs,
  pickup,
  consume,
  zap,
  dropOre,
  craft,
  repair,
  salvage,
  bank,
  interact,
  intend,
  cast,
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
  rush,
  hatch,
  vanish,
  cry,
  graze,
  drag,
};

export function decide<K extends ActionKind>(turn: Turn, action: Action<K>): void {
  const delver = turn.world.delvers.get(action.actor);
  if (delver?.act !== undefined) stopAct(turn, delver, "stopped");
  table[action.kind](turn, action);
}
