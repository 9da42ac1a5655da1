import type { ArmourRunicDeed, ArmourRunicKind } from "../../../content.ts";
import { distance } from "../../../geometry.ts";
import type { How } from "../../events.ts";
import { delversOn, freeNear, isUp, levelOf } from "../../reads.ts";
import type { Turn } from "../../turn.ts";
import type { Delver, Monster } from "../../world.ts";
import { lay } from "../afflicting.ts";
import { enter } from "../entering.ts";
import { pour } from "../terrain/pour.ts";

/** Harm that is about to reach a delver. */
export type Harm = { readonly wearer: Delver; readonly amount: number; readonly how: How };
/** A hit of a monster that has reached one. */
export type Suffered = { readonly wearer: Delver; readonly from: Monster; readonly taken: number };
type ArmourRunic<K extends ArmourRunicKind> = {
  /** What is left of the harm. */
  before?(turn: Turn, harm: Harm, deed: ArmourRunicDeed<K>): number;
  /** Answers whether anything came of it. */
  after?(turn: Turn, hit: Suffered, deed: ArmourRunicDeed<K>): boolean;
};

const deeds: { [K in ArmourRunicKind]: ArmourRunic<K> } = {
  reflects: {
    after(turn, { wearer, from, taken }, { percent }) {
      const amount = Math.round((taken * percent) / 100);
      if (amount === 0) return false;
      turn.hurt(wearer.id, from, amount, "runic");
      return true;
    },
  },
  soaks: {
    before: (turn, { amount }, { most }) => Math.max(0, amount - turn.roll("loot", most + 1)),
  },
  wards: { before: (_, { amount, how }, deed) => (how === deed.how ? 0 : amount) },
  sidesteps: {
    after(turn, { wearer }, { percent, cells }) {
      const level = levelOf(turn.world, wearer);
      const spots = freeNear(level, wearer, cells).filter((one) => distance(one, wearer) > 1);
      if (spots.length === 0 || turn.roll("loot", 100) >= percent) return false;
      const spot = spots[turn.roll("loot", spots.length)];
      if (spot === undefined) return false;
      turn.tell({ kind: "moved", actor: wearer.id, ...spot });
      enter(turn, wearer);
      return true;
    },
  },
  shares: {
    before(turn, { wearer, amount }, { percent, radius }) {
      const friends = delversOn(turn.world, wearer.floor).filter(
        (one) => one.id !== wearer.id && isUp(one) && distance(one, wearer) <= radius,
      );
      const each = Math.floor((amount * percent) / 100 / Math.max(1, friends.length));
      if (friends.length === 0 || each === 0) return amount;
      for (const one of friends) turn.hurt(0, one, each, "runic");
      return amount - each * friends.length;
    },
  },
  weakens: { before: (_, { amount }, { percent }) => Math.ceil((amount * (100 + percent)) / 100) },
  ignites: {
    after(turn, { wearer }, { percent, substance }) {
      if (turn.roll("loot", 100) >= percent) return false;
      pour(turn, wearer.floor, wearer, 0, substance, 0);
      return true;
    },
  },
  laysOnWearer: {
    after(turn, { wearer }, deed) {
      if (turn.roll("loot", 100) >= deed.percent) return false;
      lay(turn, wearer, deed);
      return true;
    },
  },
  draws: {
    after(turn, { wearer, from }, { wrath }) {
      turn.tell({ kind: "threatened", actor: from.id, target: wearer.id, amount: wrath });
      return true;
    },
  },
};

export function armourRunicBefore<K extends ArmourRunicKind>(
  turn: Turn,
  harm: Harm,
  deed: ArmourRunicDeed<K>,
): number {
  const one: ArmourRunic<K> = deeds[deed.kind];
  return one.before?.(turn, harm, deed) ?? harm.amount;
}

export function armourRunicAfter<K extends ArmourRunicKind>(
  turn: Turn,
  hit: Suffered,
  deed: ArmourRunicDeed<K>,
): boolean {
  const one: ArmourRunic<K> = deeds[deed.kind];
  return one.after?.(turn, hit, deed) ?? false;
}
