import type { Act } from "@underlode/contracts";
import { useAbility } from "./abilities.ts";
import { isVain, walkBeside, walkTo } from "./moving.ts";
import { mayTry } from "./notes.ts";
import { hasRoom, suitsClass } from "./pack.ts";
import { alive, type Scene } from "./scene.ts";
import { directionTo, FAR, pointAt, reach } from "./ways.ts";

type Wish = Act | "go on" | undefined;

/** Game time after which a place that could not be got at is left alone. */
const VISIT_MS_MAX = 90_000;
/** Health of the weakest, and how near all must be, to take a key: something always comes of it. */
const WELL_ABOVE = 0.75;
const TOGETHER_CELLS = 9;

type Visit = { readonly name: RegExp; readonly wants: (scene: Scene) => boolean };

const leads = ({ leader }: Scene): boolean => leader === undefined;
const hasKey = ({ seen }: Scene): boolean =>
  (seen.self.pack ?? []).some(({ kind }) => kind === "key");
const knows = ({ notes }: Scene, name: RegExp): boolean =>
  [...notes.places].some(([cell, place]) => name.test(place) && !notes.spent.has(cell));

const LOCK = /^locked door/;
const ALTAR = /^key altar/;

/** What on a floor is worth a way, and for whom; what matters more comes first. */
const visits: readonly Visit[] = [
  { name: LOCK, wants: hasKey },
  { name: /^captive/, wants: leads },
  { name: /^lever/, wants: (scene) => leads(scene) && knows(scene, LOCK) },
  {
    name: ALTAR,
    wants: (scene) => leads(scene) && !hasKey(scene) && knows(scene, LOCK) && isTogether(scene),
  },
];

const isWell = ({ health, friends }: Scene): boolean =>
  friends.every(({ member }) => member.hp >= member.maxHp * WELL_ABOVE) && health >= WELL_ABOVE;
const isTogether = (scene: Scene): boolean =>
  alive(scene).every(({ body }) => reach(body, scene.body) <= TOGETHER_CELLS);

/** Takes keys, opens what they fit, pulls levers and frees captives: a party that is well. */
export const visit = (scene: Scene): Wish => {
  const { notes, threats } = scene;
  if (threats.length > 0 || notes.places.size === 0 || !isWell(scene)) return undefined;
  for (const { name, wants } of visits) {
    for (const [cell, place] of notes.places) {
      if (!name.test(place) || notes.spent.has(cell) || !wants(scene)) continue;
      const act = goTo(scene, cell) ?? layHandOn(scene, cell, place);
      if (act) return act;
    }
  }
  return undefined;
};

/** A way to a place, until one is beside it; who does not get there in time gives it up. */
export const goTo = (scene: Scene, cell: number): Wish => {
  const { seen, notes, nowMs, body } = scene;
  if (reach(pointAt(seen, cell), body) <= 1) return undefined;
  const since = notes.visits.get(cell) ?? nowMs;
  notes.visits.set(cell, since);
  const walk = nowMs - since > VISIT_MS_MAX ? undefined : walkBeside(scene, cell);
  if (!walk) notes.spent.add(cell);
  return walk;
};

const layHandOn = (scene: Scene, cell: number, place: string): Act | undefined => {
  const { seen, notes, body } = scene;
  const there = pointAt(seen, cell);
  if (reach(there, body) !== 1) return undefined;
  // What was in a cage may be free now: whoever found it shut comes again.
  if (/^lever/.test(place))
    for (const [one, name] of notes.places)
      if (ALTAR.test(name)) {
        notes.spent.delete(one);
        notes.visits.delete(one);
      }
  const dir = directionTo(body, there);
  return dir === undefined ? undefined : { do: "interact", dir };
};

/** Who knows how opens locks without a key. */
export const pickLock = (scene: Scene): Wish => {
  const { seen, notes, threats, body } = scene;
  if (threats.length > 0 || !isWell(scene)) return undefined;
  if (!(seen.self.abilities ?? []).some(({ name }) => name === "Disarm")) return undefined;
  for (const [cell, place] of notes.places) {
    if (!LOCK.test(place) || notes.spent.has(cell)) continue;
    const walk = goTo(scene, cell);
    if (walk) return walk;
    const there = pointAt(seen, cell);
    if (reach(there, body) === 1) return useAbility(scene, { Disarm: () => there });
  }
  return undefined;
};

/** Each member takes one of the things that lie in a vault: one that suits its class, if any does. */
export const share = (scene: Scene): Wish => {
  const { seen, notes, nowMs, threats, me, chance } = scene;
  if (threats.length > 0) return undefined;
  const here = (seen.self.choices ?? []).find(({ kind }) => kind === "treasure");
  if (here && mayTry(notes, "choose", nowMs) && !notes.tried.has(`share ${here.id}`)) {
    notes.tried.add(`share ${here.id}`);
    const able = here.options.flatMap(({ refused }, i) => (refused === null ? [i] : []));
    const fit = able.filter((i) => suitsClass(here.options[i]!.name, me.class));
    const among = fit.length > 0 ? fit : able;
    const option = among[Math.floor(chance() * among.length)];
    if (option !== undefined) return { do: "choose", prompt: here.id, option };
  }
  for (const [cell, place] of notes.places) {
    if (!/^treasure/.test(place) || notes.spent.has(cell)) continue;
    const walk = goTo(scene, cell);
    if (walk) return walk;
    // Beside it and nothing is offered: it is shut to who has had their share.
    notes.spent.add(cell);
  }
  return undefined;
};

/** What nobody leaves lying, however far off it was seen: gear alone is weighed where it lies. */
const PRIZE = /heartlode|key|plan|potion|scroll|wand|charm/i;
const PRIZE_STEPS_MAX = 60;

/** Who leads goes back for what lay about when there was no time for it. */
export const collect = (scene: Scene): Wish => {
  const { seen, notes, threats, leader, ways } = scene;
  if (threats.length > 0 || leader) return undefined;
  for (const [id, { cell, name }] of notes.lying) {
    if (notes.left.has(id) || seen.things.has(id) || !PRIZE.test(name) || isVain(scene, cell))
      continue;
    const heart = /heartlode/i.test(name);
    const steps = ways.steps[cell] ?? FAR;
    if (steps < FAR && (heart || (steps <= PRIZE_STEPS_MAX && hasRoom(scene))))
      return walkTo(scene, cell);
  }
  return undefined;
};
