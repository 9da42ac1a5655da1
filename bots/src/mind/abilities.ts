import { hasFlag, type SeenThing } from "@underlode/client";
import type { Act, Self } from "@underlode/contracts";
import { canWalk, footingOf } from "./ground.ts";
import { isBoss, mayTry } from "./notes.ts";
import { alive, type Friend, isFront, type Scene } from "./scene.ts";
import { beside, cellAt, clearLine, type Point, pointAt, reach } from "./ways.ts";

type Ability = NonNullable<Self["abilities"]>[number];
/** Where to use an ability now; `here` for what needs no cell. */
type Aim = (scene: Scene, ability: Ability) => Point | "here" | undefined;

const MARKED_MS = 12_000;

/** Uses what is ready, can be paid, and is worth it now. */
export const useAbility = (
  scene: Scene,
  wanted: Readonly<Record<string, Aim>>,
): Act | undefined => {
  const { seen, notes, nowMs } = scene;
  for (const ability of seen.self.abilities ?? []) {
    const { slot, name, cost, readyAtMs } = ability;
    if (readyAtMs > nowMs || cost > (seen.self.vitals?.resource ?? 0)) continue;
    if (!mayTry(notes, `ability ${slot}`, nowMs)) continue;
    const aim = wanted[name]?.(scene, ability);
    if (aim === "here") return { do: "ability", slot };
    if (aim) return { do: "ability", slot, x: aim.x, y: aim.y };
  }
  return undefined;
};

const within = (scene: Scene, cells: number): SeenThing[] =>
  scene.threats.filter((one) => reach(one, scene.body) <= cells);

/** What throws back shots and spells: it is for blades alone. */
const MIRRORS = /mirror/i;

/** Enemies that a straight line reaches, and that do not send back what comes from afar. */
export const inLine = ({ seen, body, threats }: Scene, range: number): SeenThing[] =>
  threats.filter(
    (one) => reach(one, body) <= range && clearLine(seen, body, one) && !MIRRORS.test(one.name),
  );

/** What all strike at together: the hurt before the whole, and what is upon friends. */
export const worth = (scene: Scene, foe: SeenThing): number => {
  const upon = alive(scene).some(({ body }) => reach(body, foe) === 1) ? 2 : 0;
  return upon - foe.health / 40 - reach(foe, scene.body) / 4 + foe.id / 1e7;
};
const best = (scene: Scene, foes: readonly SeenThing[]): SeenThing | undefined =>
  [...foes].sort((a, b) => worth(scene, b) - worth(scene, a))[0];

const hurt = (scene: Scene, range: number, below: number): readonly Point[] => {
  const { seen, body, me } = scene;
  const mine: Friend = { member: me, body };
  return [mine, ...alive(scene)]
    .filter(({ member }) => member.hp < member.maxHp * below)
    .filter((one) => reach(one.body, body) <= range && clearLine(seen, body, one.body))
    .sort((a, b) => a.member.hp / a.member.maxHp - b.member.hp / b.member.maxHp)
    .map((one) => one.body);
};

/** Whether fire at an enemy's feet would run to one of the party. */
const burnsUs = (scene: Scene, foe: Point): boolean => {
  const { seen, body } = scene;
  const fuel = (point: Point) => footingOf(seen, cellAt(seen, point)) === "fuel";
  return [body, ...alive(scene).map((one) => one.body)].some(
    (one) => reach(one, foe) <= 3 && fuel(one) && (fuel(foe) || reach(one, foe) <= 1),
  );
};

/** Rock behind an enemy, as seen from the delver: whoever is thrown back hits it. */
const againstRock = ({ seen, body }: Scene, foe: Point): boolean => {
  const [dx, dy] = [Math.sign(foe.x - body.x), Math.sign(foe.y - body.y)];
  return !canWalk(footingOf(seen, cellAt(seen, { x: foe.x + dx, y: foe.y + dy })));
};

/** To keep alive: oneself first, then the others. */
export const caring: Readonly<Record<string, Aim>> = {
  Mend: (scene, { range }) => hurt(scene, range, scene.threats.length > 0 ? 0.65 : 0.9)[0],
  Circle: (scene, { range }) => {
    const below = scene.threats.length > 0 ? 0.75 : 0.6;
    return hurt(scene, range, below).length > 1 ? "here" : undefined;
  },
  Blessing: (scene, { range }) => {
    const { threats, body, seen, vigour } = scene;
    const hard = threats.some(isBoss) || threats.length > 2 || (threats.length > 0 && vigour > 0.8);
    if (!hard) return undefined;
    const near = alive(scene).filter(
      (one) => reach(one.body, body) <= range && clearLine(seen, body, one.body),
    );
    const mage = near.find(({ member }) => member.class === "mage");
    return (mage ?? near.find(({ member }) => isFront(member)) ?? near[0])?.body;
  },
  Resurrect: ({ seen, threats }) =>
    threats.length === 0 && seen.crew.some(({ state }) => state === "dead") ? "here" : undefined,
  Blink: (scene, { range }) => {
    const { seen, body, health } = scene;
    if (health > 0.6 || within(scene, 2).length === 0) return undefined;
    const room = (cell: number) =>
      Math.min(...scene.threats.map((one) => reach(one, pointAt(seen, cell))));
    return scene.ways.order
      .filter((cell) => reach(pointAt(seen, cell), body) <= range)
      .filter((cell) => room(cell) >= 4 && clearLine(seen, body, pointAt(seen, cell)))
      .map((cell) => pointAt(seen, cell))
      .at(-1);
  },
  Vanish: (scene) => (scene.health < 0.45 && within(scene, 2).length > 0 ? "here" : undefined),
};

/** Against the enemy, in the order of the class's slots. */
export const fighting: Readonly<Record<string, Aim>> = {
  Cleave: (scene) => {
    const close = within(scene, 1).length;
    return close > 1 || (close > 0 && scene.vigour > 0.7) ? "here" : undefined;
  },
  Taunt: (scene, { range }) => {
    const astray = within(scene, range).some((foe) =>
      alive(scene).some(({ member, body }) => !isFront(member) && reach(body, foe) <= 3),
    );
    return scene.health > 0.4 && (astray || within(scene, range).some(isBoss)) ? "here" : undefined;
  },
  "Shield wall": (scene) => {
    const close = within(scene, 1);
    const hard = close.length > 2 || close.some(isBoss) || (close.length > 0 && scene.health < 0.6);
    return hard ? "here" : undefined;
  },
  Charge: (scene, { range }) => {
    const far = inLine(scene, range).filter((foe) => reach(foe, scene.body) > 1);
    return far.find((foe) => againstRock(scene, foe)) ?? best(scene, far);
  },
  "Frost nova": (scene, { range }) => {
    const close = within(scene, range);
    const pressed = within(scene, 1).length > 0;
    return close.length > 1 || pressed || close.some(isBoss) ? "here" : undefined;
  },
  "Chain lightning": (scene, { range }) => {
    const many = scene.threats.length > 1 || scene.vigour > 0.5;
    return many ? best(scene, inLine(scene, range)) : undefined;
  },
  Firebolt: (scene, { range }) =>
    best(
      scene,
      inLine(scene, range).filter((foe) => !burnsUs(scene, foe)),
    ),
  "Mark prey": (scene, { range }) => {
    const { notes, nowMs } = scene;
    const fresh = inLine(scene, range).filter((foe) => (notes.marked.get(foe.id) ?? 0) <= nowMs);
    const worthy = fresh.filter((foe) => isBoss(foe) || foe.health > 50);
    const prey = worthy.find(isBoss) ?? best(scene, worthy);
    if (prey) notes.marked.set(prey.id, nowMs + MARKED_MS);
    return prey;
  },
  "Aimed shot": (scene, { range }) => {
    const { notes, nowMs } = scene;
    const able = inLine(scene, range);
    return able.find((foe) => (notes.marked.get(foe.id) ?? 0) > nowMs) ?? best(scene, able);
  },
  "Snare trap": (scene) => {
    const { seen, cell, body, vigour } = scene;
    const comes = scene.threats.find((foe) => reach(foe, body) > 2 && reach(foe, body) < 6);
    // Whoever makes for somebody else would walk past it.
    const mine = comes && alive(scene).every((one) => reach(one.body, comes) > reach(body, comes));
    if (!comes || !mine || vigour < 0.6) return undefined;
    const sides = [0, 1, 2, 3, 4, 5, 6, 7].map((dir) => beside(seen, cell, dir));
    return sides
      .filter((side) => side >= 0 && footingOf(seen, side) === "open")
      .map((side) => pointAt(seen, side))
      .sort((a, b) => reach(a, comes) - reach(b, comes))[0];
  },
  Backstab: (scene) => {
    const open = scene.enemies
      .filter((foe) => reach(foe, scene.body) === 1)
      .filter(
        (foe) => hasFlag(foe, "asleep") || alive(scene).some(({ body }) => reach(body, foe) <= 2),
      );
    return best(scene, open);
  },
  Venom: (scene) =>
    best(
      scene,
      within(scene, 1).filter((foe) => foe.health > 20),
    ),
};

/** With nobody about: traps beside are taken apart. */
export const peaceful: Readonly<Record<string, Aim>> = {
  Disarm: ({ seen, cell, notes }) => {
    for (let dir = 0; dir < 8; dir += 1) {
      const side = beside(seen, cell, dir);
      if (/trap/i.test(notes.places.get(side) ?? "") && !notes.spent.has(side)) {
        notes.spent.add(side);
        return pointAt(seen, side);
      }
    }
    return undefined;
  },
};
