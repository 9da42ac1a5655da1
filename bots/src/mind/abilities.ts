import { hasFlag, type SeenThing } from "@underlode/client";
import type { Act, Self } from "@underlode/contracts";
import { canWalk, footingOf, tileNameOf } from "./ground.ts";
import { isBoss, isSaid, mayTry } from "./notes.ts";
import { alive, type Friend, isFront, type Scene } from "./scene.ts";
import { beside, cellAt, clearLine, type Point, pointAt, reach } from "./ways.ts";

type Ability = NonNullable<Self["abilities"]>[number];
/** Where to use an ability now; `here` for what needs no cell. */
type Aim = (scene: Scene, ability: Ability) => Point | "here" | undefined;

const MARKED_MS = 12_000;
/** What is ready again within that time is saved up for. */
const SOON_MS = 2_000;
/** Energy for Vanish and the Backstab after it. */
const VANISH_AND_STAB = 13;

/** Uses what is ready, can be paid, and is worth it now. */
export const useAbility = (
  scene: Scene,
  wanted: Readonly<Record<string, Aim>>,
): Act | undefined => {
  for (const ability of scene.seen.self.abilities ?? []) {
    const { slot, name } = ability;
    if (!canUse(scene, ability)) continue;
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

/** What all strike at together: what is marked, upon friends, or hurt, before the others. */
export const worth = (scene: Scene, foe: SeenThing): number => {
  const { body: mine, me, notes, nowMs } = scene;
  const upon = [mine, ...alive(scene).map(({ body }) => body)].some((one) => reach(one, foe) === 1);
  const said = (is: Parameters<typeof isSaid>[2]) => isSaid(notes, foe.name, is, nowMs);
  // What is frozen is shattered by a blade; a spell of fire would only thaw it.
  const brittle = !said("frozen") ? 0 : me.class === "mage" ? -2 : 2;
  const open = me.class === "rogue" && said("taunted") ? 1 : 0;
  const foul = me.class === "mage" && said("envenomed") ? 1 : 0;
  const prey = said("marked") ? 1.5 : 0;
  const sum = (upon ? 2 : 0) + prey + brittle + open + foul;
  return sum - foe.health / 40 - reach(foe, mine) / 10 - foe.id / 1e7;
};
const best = (scene: Scene, foes: readonly SeenThing[]): SeenThing | undefined =>
  [...foes].sort((a, b) => worth(scene, b) - worth(scene, a))[0];

/** Whether an ability could be used now, as far as it goes by time and cost. */
const canUse = ({ seen, notes, nowMs }: Scene, { slot, cost, readyAtMs }: Ability): boolean =>
  readyAtMs <= nowMs &&
  cost <= (seen.self.vitals?.resource ?? 0) &&
  mayTry(notes, `ability ${slot}`, nowMs);

const isReady = (scene: Scene, wanted: string): boolean =>
  (scene.seen.self.abilities ?? []).some(
    (ability) => ability.name === wanted && canUse(scene, ability),
  );

/** Whether enough is left for something dearer that comes soon, after `cost` is paid. */
const leaves = ({ seen, nowMs }: Scene, cost: number, dearer: string): boolean => {
  const left = (seen.self.vitals?.resource ?? 0) - cost;
  return (seen.self.abilities ?? []).every(
    (one) => one.name !== dearer || one.readyAtMs > nowMs + SOON_MS || one.cost <= left,
  );
};

const isIn = ({ seen }: Scene, effect: string): boolean =>
  seen.self.effects?.some(({ name }) => name === effect) ?? false;

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

/** What a mage may freeze for others, if it goes a little nearer. */
export const chilled = (scene: Scene): SeenThing | undefined =>
  scene.me.class === "mage" && scene.health > 0.6 && isReady(scene, "Frost nova")
    ? within(scene, 7).find((foe) => foe.health > 60 && isHeldUp(scene, foe))
    : undefined;

const isHeldUp = (scene: Scene, foe: SeenThing): boolean =>
  alive(scene).some(({ member, body }) => isFront(member) && reach(body, foe) <= 2);

/** Drenched of late, or standing in water. */
const isWet = ({ seen, notes, nowMs }: Scene, foe: SeenThing): boolean =>
  isSaid(notes, foe.name, "wet", nowMs) || /water/.test(tileNameOf(seen, cellAt(seen, foe)));

/** Rock behind an enemy, as seen from the delver: whoever is thrown back hits it. */
const againstRock = ({ seen, body }: Scene, foe: Point): boolean => {
  const [dx, dy] = [Math.sign(foe.x - body.x), Math.sign(foe.y - body.y)];
  return !canWalk(footingOf(seen, cellAt(seen, { x: foe.x + dx, y: foe.y + dy })));
};

/** To keep alive: oneself first, then the others. */
export const caring: Readonly<Record<string, Aim>> = {
  Mend: (scene, { range }) => hurt(scene, range, scene.threats.length > 0 ? 0.65 : 0.9)[0],
  Circle: (scene, { range }) => {
    const { notes, nowMs, body, threats, vigour } = scene;
    const below = threats.length > 0 ? 0.75 : 0.6;
    // Within a wall of shields nothing of it is lost.
    const walled = alive(scene).some(
      (one) => reach(one.body, body) <= range && isSaid(notes, one.member.name, "walled", nowMs),
    );
    if (walled && threats.length > 0 && vigour > 0.5) return "here";
    return hurt(scene, range, below).length > 1 ? "here" : undefined;
  },
  Blessing: (scene, { range }) => {
    const { threats, body, seen, vigour } = scene;
    const near = alive(scene).filter(
      (one) => reach(one.body, body) <= range && clearLine(seen, body, one.body),
    );
    const mage = near.find(({ member }) => member.class === "mage");
    const enough = vigour > (mage ? 0.5 : 0.8);
    const hard = threats.some(isBoss) || threats.length > 2 || (threats.length > 0 && enough);
    if (!hard) return undefined;
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
  Cleave: (scene, { cost }) => {
    const rogue = alive(scene).some(({ member }) => member.class === "rogue");
    if (rogue && !leaves(scene, cost, "Taunt")) return undefined;
    const close = within(scene, 1).length;
    return close > 1 || (close > 0 && scene.vigour > 0.7) ? "here" : undefined;
  },
  Taunt: (scene, { range }) => {
    const astray = within(scene, range).some((foe) =>
      alive(scene).some(({ member, body }) => !isFront(member) && reach(body, foe) <= 3),
    );
    // Whoever has eyes for the warrior alone is open to a rogue.
    const blade = alive(scene).some(
      ({ member, body }) =>
        member.class === "rogue" && within(scene, range).some((foe) => reach(body, foe) <= 2),
    );
    const worthy = astray || blade || within(scene, range).some(isBoss);
    return scene.health > 0.4 && worthy ? "here" : undefined;
  },
  "Shield wall": (scene) => {
    const close = within(scene, 1);
    const below = alive(scene).some(({ member }) => member.class === "healer") ? 0.8 : 0.6;
    const hard =
      close.length > 1 || close.some(isBoss) || (close.length > 0 && scene.health < below);
    return hard ? "here" : undefined;
  },
  Charge: (scene, { range }) => {
    const far = inLine(scene, range).filter((foe) => reach(foe, scene.body) > 1);
    return far.find((foe) => againstRock(scene, foe)) ?? best(scene, far);
  },
  "Frost nova": (scene, { range }) => {
    const close = within(scene, range);
    const pressed = within(scene, 1).length > 0;
    // What is frozen is for the blades of those who stand by it.
    const sturdy = close.some((foe) => isBoss(foe) || (foe.health > 60 && isHeldUp(scene, foe)));
    return close.length > 1 || pressed || sturdy ? "here" : undefined;
  },
  "Chain lightning": (scene, { range }) => {
    const able = inLine(scene, range);
    const wet = able.filter((foe) => isWet(scene, foe));
    const many = able.length > 1 || scene.vigour > 0.5 || wet.length > 0;
    return many ? best(scene, wet.length > 0 ? wet : able) : undefined;
  },
  Firebolt: (scene, { range, cost }) => {
    if (!leaves(scene, cost, "Frost nova")) return undefined;
    const able = inLine(scene, range).filter((foe) => !burnsUs(scene, foe));
    // What freezes many, strikes the wet or costs nothing comes first.
    const dear = isIn(scene, "overflowing") || able.some((foe) => isWet(scene, foe));
    if (dear && isReady(scene, "Chain lightning") && able.length > 0) return undefined;
    if (within(scene, 3).length > 1 && isReady(scene, "Frost nova")) return undefined;
    return best(scene, able);
  },
  "Mark prey": (scene, { range }) => {
    const { notes, nowMs } = scene;
    const fresh = inLine(scene, range).filter((foe) => (notes.marked.get(foe.id) ?? 0) <= nowMs);
    const worthy = fresh.filter((foe) => isBoss(foe) || foe.health > 50);
    const prey = worthy.find(isBoss) ?? best(scene, worthy);
    if (prey) notes.marked.set(prey.id, nowMs + MARKED_MS);
    return prey;
  },
  "Aimed shot": (scene, { range }) => {
    const { notes, nowMs, threats } = scene;
    const able = inLine(scene, range);
    const unmarked = threats.every((foe) => (notes.marked.get(foe.id) ?? 0) <= nowMs);
    const prey = able.some((foe) => isBoss(foe) || foe.health > 50);
    if (unmarked && prey && isReady(scene, "Mark prey")) return undefined;
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
        (foe) =>
          hasFlag(foe, "asleep") ||
          isIn(scene, "vanished") ||
          isSaid(scene.notes, foe.name, "taunted", scene.nowMs) ||
          alive(scene).some(({ body }) => reach(body, foe) <= 2),
      );
    return best(scene, open);
  },
  /** Out of sight the next stab meets somebody who looks elsewhere. */
  Vanish: (scene) => {
    const close = within(scene, 1).filter((foe) => foe.health > 40);
    const taunted = close.some((foe) => isSaid(scene.notes, foe.name, "taunted", scene.nowMs));
    const enough = (scene.seen.self.vitals?.resource ?? 0) >= VANISH_AND_STAB;
    const helped = alive(scene).length > 0;
    const stabs = enough && isReady(scene, "Backstab");
    return close.length > 0 && !taunted && stabs && helped ? "here" : undefined;
  },
  Venom: (scene, { cost }) => {
    if (!leaves(scene, cost, "Backstab")) return undefined;
    return best(
      scene,
      within(scene, 1).filter((foe) => foe.health > 20),
    );
  },
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
