import type { Dice } from "./dice.ts";
import { FAIR, type Weather } from "./network.ts";
import { kill, type Process } from "./process.ts";
import type { System } from "./system.ts";

type Fault = (system: System, dice: Dice) => string | undefined;

/** Milliseconds that things last: from a moment to longer than anybody waits for an answer. */
const SHORT_MS = { least: 5, most: 300 };
const LONG_MS = { least: 300, most: 5_000 };
const HOUR_MS = 3_600_000;
const REST_MS_MAX = 3_000;
const REST_LOOK_MS = 20;

const lasting = (dice: Dice): number => {
  const { least, most } = dice.chance(0.6) ? SHORT_MS : LONG_MS;
  return dice.between(least, most);
};
const later = (system: System, ms: number, label: string, run: () => void): void => {
  const { scheduler } = system;
  scheduler.add(undefined, scheduler.now() + ms, label, run);
};
const ms = (count: number): string => `${Math.round(count)} ms`;

/** A process that runs, of those that are there. */
const anyOf = (dice: Dice, list: readonly Process[]): Process | undefined =>
  dice.pick(list.filter(({ actor }) => actor.state === "up"));

const freeze = (system: System, dice: Dice, one: Process | undefined): string | undefined => {
  if (one === undefined) return undefined;
  const forMs = lasting(dice);
  system.scheduler.freeze(one.actor);
  later(system, forMs, "thaw", () => system.scheduler.thaw(one.actor));
  return `${one.actor.name} freezes for ${ms(forMs)}`;
};

const cutOff = (system: System, dice: Dice, one: Process | undefined): string | undefined => {
  if (one === undefined || !one.link.connected) return undefined;
  const forMs = lasting(dice);
  one.link.cut();
  later(system, forMs, "mend", () => one.link.mend());
  return `${one.actor.name} is cut off for ${ms(forMs)}`;
};

const stall = (dice: Dice, one: Process | undefined): string | undefined => {
  if (one === undefined) return undefined;
  const forMs = lasting(dice) / 3;
  one.link.stall(forMs);
  return `${one.actor.name} is stalled for ${ms(forMs)}`;
};

/** Nobody comes back before the streams have forgotten the run, unless that takes too long. */
const leaveAlone = (system: System, untilMs: number): void => {
  system.manager.isLeftAlone = !system.forget() && system.scheduler.now() < untilMs;
  if (system.manager.isLeftAlone)
    later(system, REST_LOOK_MS, "a month", () => leaveAlone(system, untilMs));
};

const ownersOf = ({ manager }: System): Process[] => manager.alive.map((owner) => owner.process);
const copiesOf = ({ copies }: System): Process[] => copies.map((copy) => copy.process);

const weathers: readonly Partial<Weather>[] = [
  { delayMs: 20, lateMs: 300, late: 0.1 },
  { delayMs: 3, lateMs: 100, late: 0.05, diskMs: 30 },
  { diskMs: 400 },
  { lost: 0.05 },
  { doubled: 0.3, againMs: 2_000 },
  { ackLost: 0.5 },
  { delayMs: 8, lost: 0.02, doubled: 0.1, againMs: 300, ackLost: 0.2, diskMs: 20 },
];

/** Everything that can go wrong, by name; undefined when there is nothing it could befall now. */
export const faults: Readonly<Record<string, Fault>> = {
  "owner dies": (system, dice) => {
    const owner = dice.pick(system.manager.alive);
    owner?.kill();
    return owner && `${owner.process.actor.name} dies`;
  },
  "owner freezes": (system, dice) => {
    const owner = dice.pick(system.manager.alive.filter((o) => o.process.actor.state === "up"));
    if (owner === undefined) return undefined;
    if (dice.chance(0.7)) {
      const isTold = dice.chance(0.5);
      later(system, dice.between(0, 400), "given up", () => {
        owner.isGivenUp = true;
        if (system.manager.alive.length === 0) system.manager.takeUp(isTold);
      });
    }
    return freeze(system, dice, owner.process);
  },
  "owner is doubted": (system, dice) => {
    const owner = dice.pick(system.manager.alive);
    if (owner === undefined || system.manager.suspended) return undefined;
    owner.isGivenUp = true;
    system.manager.takeUp(dice.chance(0.5));
    return `${owner.process.actor.name} is taken for dead`;
  },
  "two claim": (system, dice) => {
    for (const owner of system.manager.alive) owner.isGivenUp = true;
    for (let i = 0; i < 2; i++)
      later(system, dice.between(0, 5), "claims", () => system.manager.takeUp(false));
    return "two owners claim at once";
  },
  "owner is suspended": (system, dice) => {
    const owner = dice.pick(system.manager.alive.filter((o) => o.world !== undefined));
    owner?.order({ order: "suspend" });
    return owner && `${owner.process.actor.name} is told to suspend`;
  },
  "run rests long": (system, dice) => {
    const owner = dice.pick(system.manager.alive.filter((o) => o.world !== undefined));
    if (owner === undefined || system.manager.isLeftAlone) return undefined;
    owner.order({ order: "suspend" });
    leaveAlone(system, system.scheduler.now() + REST_MS_MAX);
    return `${owner.process.actor.name} is told to suspend, for a month`;
  },
  "owner is cut off": (system, dice) => cutOff(system, dice, anyOf(dice, ownersOf(system))),
  "owner stalls": (system, dice) => stall(dice, anyOf(dice, ownersOf(system))),
  "copy dies": (system, dice) => {
    const copy = dice.pick(system.copies.filter((c) => c.isOpen));
    copy?.end();
    return copy && `${copy.process.actor.name} dies`;
  },
  "copy freezes": (system, dice) => freeze(system, dice, anyOf(dice, copiesOf(system))),
  "copy is cut off": (system, dice) => cutOff(system, dice, anyOf(dice, copiesOf(system))),
  "copy stalls": (system, dice) => stall(dice, anyOf(dice, copiesOf(system))),
  "copy drains": (system, dice) => {
    const copy = dice.pick(system.copies.filter((c) => c.isOpen));
    copy?.drain();
    return copy && `${copy.process.actor.name} drains`;
  },
  "chat dies": ({ chat }) => {
    if (chat.actor.state === "dead") return undefined;
    kill(chat);
    return "chat dies";
  },
  "chat freezes": (system, dice) => freeze(system, dice, anyOf(dice, [system.chat])),
  "chat is cut off": (system, dice) => cutOff(system, dice, anyOf(dice, [system.chat])),
  "persistence dies": ({ persistence }) => {
    if (persistence.actor.state === "dead") return undefined;
    kill(persistence);
    return "persistence dies";
  },
  "persistence is cut off": (system, dice) =>
    cutOff(system, dice, anyOf(dice, [system.persistence])),
  "socket breaks": (system, dice) => {
    const line = dice.pick(system.copies.flatMap((copy) => [...copy.lines]).slice(-6));
    line?.cut();
    return line && `${line.client.owner.name}'s socket breaks`;
  },
  "socket stalls": (system, dice) => {
    const line = dice.pick(system.copies.flatMap((copy) => [...copy.lines]).slice(-6));
    const forMs = lasting(dice);
    line?.stall(forMs);
    return line && `${line.client.owner.name}'s socket stalls for ${ms(forMs)}`;
  },
  "clock jumps": (system, dice) => {
    const one = anyOf(dice, system.processes);
    if (one !== undefined) one.actor.dateOffsetMs = dice.between(-HOUR_MS, HOUR_MS);
    return one && `${one.actor.name}'s clock jumps`;
  },
  "weather changes": ({ server }, dice) => {
    const weather = dice.pick(weathers);
    server.weather = { ...FAIR, ...weather };
    return `weather ${JSON.stringify(weather)}`;
  },
};

/** Ends all that is wrong, at once. */
export const heal = (system: System): void => {
  system.server.weather = FAIR;
  for (const one of system.processes) {
    system.scheduler.thaw(one.actor);
    one.link.mend();
    one.actor.dateOffsetMs = 0;
  }
};
