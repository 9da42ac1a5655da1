import type { WeaponRunicDeed, WeaponRunicKind } from "../../../content.ts";
import { distance } from "../../../geometry.ts";
import { foesInSight, freeFor, freeNear, levelOf, roleAt } from "../../reads.ts";
import { caughtFriends } from "../../sparing.ts";
import type { Turn } from "../../turn.ts";
import type { Delver, Monster } from "../../world.ts";
import { lay } from "../afflicting.ts";
import { enter } from "../entering.ts";
import { heal } from "../healing.ts";
import { makeNoise } from "../noise.ts";

/** A blow that has landed, and what it took. */
export type Struck = { readonly by: Delver; readonly target: Monster; readonly dealt: number };
/** Answers whether anything came of it: then the party knows the runic. */
type AfterHit<K extends WeaponRunicKind> = (
  turn: Turn,
  blow: Struck,
  deed: WeaponRunicDeed<K>,
) => boolean;

const deeds: { [K in WeaponRunicKind]: AfterHit<K> } = {
  laysOnHit(turn, { by, target }, deed) {
    if (target.hp <= 0 || !strikesHome(turn, deed)) return false;
    lay(turn, target, deed, by.id);
    return true;
  },
  quickens(turn, { by }, deed) {
    if (!strikesHome(turn, deed)) return false;
    turn.tell({ kind: "busied", actor: by.id, until: turn.world.tick + 1 });
    return true;
  },
  slays(turn, { by, target }, deed) {
    if (target.hp <= 0 || target.kind.boss || !strikesHome(turn, deed)) return false;
    turn.hurt(by.id, target, 2 * target.maxHp, "runic");
    return true;
  },
  drinks(turn, { by, dealt }, { percent }) {
    const amount = Math.floor((dealt * percent) / 100);
    if (amount === 0 || by.hp === by.maxHp) return false;
    heal(turn, by, by, amount);
    return true;
  },
  arcs(turn, { by, target }, deed) {
    const there = [
      ...foesInSight(turn.world, by, SPARK_CELLS),
      ...caughtFriends(turn.world, by, SPARK_CELLS),
    ];
    const near = there.filter(
      (one) => one.id !== target.id && distance(one, target) <= deed.radius,
    );
    const other = near.toSorted((a, b) => distance(a, target) - distance(b, target))[0];
    if (other === undefined || !strikesHome(turn, deed)) return false;
    turn.hurt(by.id, other, deed.damage, "runic");
    return true;
  },
  throwsBack(turn, { by, target }, deed) {
    if (target.hp <= 0 || target.kind.boss || !strikesHome(turn, deed)) return false;
    return throwBack(turn, by, target, deed.cells);
  },
  mends(turn, { target }, deed) {
    if (target.hp <= 0 || target.hp === target.maxHp || !strikesHome(turn, deed)) return false;
    const amount = Math.max(1, Math.round((target.maxHp * deed.heals) / 100));
    turn.tell({ kind: "healed", actor: target.id, target: target.id, amount });
    return true;
  },
  doubles(turn, { target }, deed) {
    const { floor, kind, hp, mood, id: from } = target;
    if (hp <= 0 || kind.boss || !strikesHome(turn, deed)) return false;
    const spot = freeNear(levelOf(turn.world, target), target, 1)[0];
    if (spot === undefined) return false;
    turn.tell({ kind: "spawned", floor, ...spot, monster: kind.id, hp, mood, from });
    return true;
  },
  /** What it does shows when it is taken up; see `equip` and `refuseTakeOff`. */
  clings: () => false,
  screams(turn, { by }, deed) {
    if (!strikesHome(turn, deed)) return false;
    makeNoise(turn, by.floor, by, deed.loudness);
    return true;
  },
};

const SPARK_CELLS = 8;

export function weaponRunic<K extends WeaponRunicKind>(
  turn: Turn,
  blow: Struck,
  deed: WeaponRunicDeed<K>,
): boolean {
  return deeds[deed.kind](turn, blow, deed);
}

function strikesHome(turn: Turn, { percent }: { readonly percent: number }): boolean {
  return turn.roll("loot", 100) < percent;
}

/** Straight away from the bearer, until something stands in the way. */
function throwBack(turn: Turn, by: Delver, target: Monster, cells: number): boolean {
  const level = levelOf(turn.world, target);
  const [dx, dy] = [Math.sign(target.x - by.x), Math.sign(target.y - by.y)];
  let { x, y } = target;
  for (let i = 0; i < cells; i += 1) {
    const next = { x: x + dx, y: y + dy };
    if (roleAt(turn.world, level, next) === "wall" || !freeFor(level, target, next)) break;
    ({ x, y } = next);
  }
  if (x === target.x && y === target.y) return false;
  turn.tell({ kind: "moved", actor: target.id, x, y });
  enter(turn, target);
  return true;
}
