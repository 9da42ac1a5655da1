import type { MonsterSpell, SpellKind } from "../../content.ts";
import { distance } from "../../geometry.ts";
import type { Action } from "../actions.ts";
import { levelOf, sees } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Actor, Delver, Monster } from "../world.ts";
import { actorOf, busy, monsterOf } from "./actors.ts";
import { lay } from "./afflicting.ts";

type Spell<K extends SpellKind> = {
  /** Whom it would be cast on now, or nobody when it is of no use. */
  aim(turn: Turn, caster: Monster, prey: Delver, spell: MonsterSpell<K>): Actor | undefined;
  cast(turn: Turn, caster: Monster, target: Actor, spell: MonsterSpell<K>): void;
};

const spells: { [K in SpellKind]: Spell<K> } = {
  mends: {
    aim(turn, caster, _, { range }) {
      const fellows = [...levelOf(turn.world, caster).monsters.values()].filter(
        (one) => one.hp * 2 < one.maxHp && distance(one, caster) <= range,
      );
      return fellows.toSorted((a, b) => a.hp - b.hp)[0];
    },
    cast(turn, { id: actor }, target, { amount }) {
      turn.tell({ kind: "healed", actor, target: target.id, amount });
    },
  },
  hexes: {
    aim(turn, caster, prey, { range, effect }) {
      const already = prey.effects.some(({ kind }) => kind === effect);
      const near = distance(caster, prey) <= range && sees(turn.world, prey, caster);
      return near && !already ? prey : undefined;
    },
    cast: (turn, caster, target, dose) => lay(turn, target, dose, caster.id),
  },
};

export function aimSpell<K extends SpellKind>(
  turn: Turn,
  caster: Monster,
  prey: Delver,
  spell: MonsterSpell<K>,
): Actor | undefined {
  return spells[spell.kind].aim(turn, caster, prey, spell);
}

export function cast(turn: Turn, { actor, target, spell }: Action<"cast">): void {
  const caster = monsterOf(turn, actor);
  const { mind } = caster.kind;
  busy(turn, caster, mind.kind === "caster" ? mind.castMs : caster.kind.strikeMs);
  castOn(turn, caster, actorOf(turn, target), spell);
}

function castOn<K extends SpellKind>(
  turn: Turn,
  caster: Monster,
  target: Actor,
  spell: MonsterSpell<K>,
): void {
  spells[spell.kind].cast(turn, caster, target, spell);
}
