import type { ConditionsEvents } from "../events/conditions.ts";
import type { Narrate } from "../narrate.ts";
import { cap, delver, find, line, seen, who } from "./says.ts";

export const conditions: { [K in keyof ConditionsEvents]: Narrate<K> } = {
  effectBegan(world, { actor, effect }) {
    const { begins, good } = world.book.effect(effect.kind);
    if (find(world, actor)?.is === "monster") return seen(world, actor, `${begins}.`, "plain");
    return line(`${cap(who(world, actor))} ${begins}.`, good ? "good" : "bad");
  },
  effectChanged: () => undefined,
  effectEnded(world, { actor, effect }) {
    const one = delver(world, actor);
    return one === undefined ? undefined : line(world.book.effect(effect).ends, "plain", one);
  },
};
