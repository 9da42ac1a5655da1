import type { ItemSpec, ScrollDeed, ThingScroll } from "../../../content.ts";
import { distance } from "../../../geometry.ts";
import {
  delversOn,
  foesInSight,
  freeNear,
  hasTrait,
  isUp,
  levelOf,
  pointOf,
  sees,
} from "../../reads.ts";
import type { Turn } from "../../turn.ts";
import type { Delver } from "../../world.ts";
import { lay, lift } from "../afflicting.ts";
import { stopAct } from "../labour.ts";
import { makeNoise } from "../noise.ts";
import { drawn } from "./drawing.ts";
import { alliesNear, layOnFoes, moveTo, recharge, teleport } from "./magic.ts";
import { isOnThings, readOnThing } from "./on-things.ts";

type Scroll = ItemSpec<"scroll">;
type PlainScroll = Exclude<ScrollDeed, ThingScroll>;

const uses: { [K in PlainScroll]: (turn: Turn, delver: Delver, scroll: Scroll) => void } = {
  teleports: teleport,
  lays(turn, delver, { dose }) {
    if (dose !== undefined) lay(turn, delver, dose, delver.id);
  },
  laysOnAllies(turn, delver, { dose, power }) {
    for (const one of alliesNear(turn, delver.floor, delver, power)) {
      if (dose !== undefined) lay(turn, one, dose, delver.id);
    }
  },
  laysOnFoes(turn, delver, { dose, power }) {
    if (dose !== undefined) layOnFoes(turn, delver, dose, power);
  },
  lulls(turn, delver, { power }) {
    for (const foe of foesInSight(turn.world, delver, power)) {
      if (foe.kind.boss || hasTrait(foe, "mindless")) continue;
      turn.tell({ kind: "felt", actor: foe.id, mood: { is: "asleep" } });
    }
  },
  negates(turn, delver, { power }) {
    const { world } = turn;
    const crew = delversOn(world, delver.floor).filter(
      (one) => isUp(one) && distance(one, delver) <= power && sees(world, delver, one),
    );
    for (const one of [...crew, ...foesInSight(world, delver, power)]) {
      for (const { kind } of one.effects) lift(turn, one, kind);
    }
  },
  maps(turn, { id: actor, floor }) {
    const { book } = turn.world;
    const level = levelOf(turn.world, { floor });
    const secret = book.roleTile("secretDoor");
    const doors = Array.from(level.tiles.keys()).filter((cell) => level.tiles[cell] === secret);
    for (const cell of doors) {
      const tile = book.roleTile("door");
      turn.tell({ kind: "tileChanged", floor, ...pointOf(level, cell), tile });
    }
    turn.tell({ kind: "mapped", actor, floor });
  },
  recharges: (turn, delver, { power }) => recharge(turn, delver, power, true),
  gathers(turn, delver, { power }) {
    for (const one of delversOn(turn.world, delver.floor)) {
      if (one.id === delver.id || distance(one, delver) <= 1) continue;
      const spot = freeNear(levelOf(turn.world, delver), delver, power)[0];
      if (spot === undefined) continue;
      if (one.act !== undefined) stopAct(turn, one, "stopped");
      moveTo(turn, one, spot);
    }
  },
  alarms: (turn, delver, { power }) => makeNoise(turn, delver.floor, delver, power),
  /** Some who live on this floor come, and they know for whom. */
  summons(turn, delver, { power }) {
    const { world, tell } = turn;
    const { id: target, floor, x, y } = delver;
    const residents = world.book.content.monsters.flatMap((kind) =>
      kind.boss || kind.mind.kind === "mimic"
        ? []
        : kind.lives.filter((one) => one.floor === floor).map(({ weight }) => ({ kind, weight })),
    );
    for (const spot of freeNear(levelOf(world, delver), delver, 2).slice(0, power)) {
      const kind = drawn(turn, residents)?.kind;
      if (kind === undefined) return;
      const { id: monster, hp } = kind;
      const mood = { is: "hunting" as const, target, x, y, lostAt: world.tick + 1 };
      tell({ kind: "spawned", floor, ...spot, monster, hp, mood, from: 0 });
    }
  },
};

export function readScroll(
  turn: Turn,
  delver: Delver,
  scroll: Scroll,
  on: number | undefined,
): void {
  turn.tell({ kind: "recognised", item: scroll.id });
  const { does } = scroll;
  if (isOnThings(does)) readOnThing(turn, delver, does, on);
  else uses[does](turn, delver, scroll);
}
