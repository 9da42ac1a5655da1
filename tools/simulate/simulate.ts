import {
  type Broken,
  checkAlive,
  checkChat,
  checkCommands,
  checkFacts,
  checkMail,
  checkPictures,
  checkPresence,
  checkSaved,
  checkWay,
} from "./checks.ts";
import { Dice } from "./dice.ts";
import type { GameName } from "./game.ts";
import { faults, heal } from "./nemesis.ts";
import { plants } from "./plants.ts";
import { Played } from "./play.ts";
import { System } from "./system.ts";
import { truthOf } from "./truth.ts";

export type Wish = {
  readonly seed: number;
  readonly steps: number;
  readonly plant?: string | undefined;
  /** Hears of everything notable as it happens. */
  readonly onLine?: (line: string) => void;
};
export type Verdict = {
  readonly seed: number;
  readonly broken: readonly Broken[];
  readonly hash: string;
  readonly events: number;
  readonly faults: Readonly<Record<string, number>>;
  /** How often an older picture was shown by a copy that was cut off and did not know. */
  readonly behind: number;
  readonly tail: readonly string[];
};

/** One seed in so many plays the dungeon, which costs more. */
const DUNGEON_EVERY = 10;
/** Time for everybody to arrive before anything goes wrong, in ms. */
const ARRIVAL_MS = 600;
const STEP_MS = { least: 5, most: 250 };
const FAULTS_PER_STEP = 0.3;
const PLAYED_PER_STEP_MAX = 4;
/** Starts what is dead at this many steps on average. */
const TENDED_PER_STEP = 0.35;
/** Everything must be well again within this time, and is looked at so often, in ms. */
const HEAL_MS_MAX = 90_000;
const LOOK_MS = 1_000;
/** Time for what is on its way, among it what comes again after an acknowledgement was lost. */
const SETTLE_MS = 14_000;
const PROBE_MS = 4_000;

/** Plays one seed from the beginning to the verdict. */
export const simulate = async ({ seed, steps, plant, onLine }: Wish): Promise<Verdict> => {
  const run = new Run(seed, plant, onLine);
  const broken = await run.play(steps);
  const { scheduler, clients } = run.system;
  const behind = clients.reduce((sum, { witness }) => sum + witness.behind, 0);
  const { events, trace } = scheduler;
  return { seed, broken, hash: trace.hash, events, faults: run.counts, behind, tail: trace.tail };
};

class Run {
  readonly system: System;
  readonly counts: Record<string, number> = {};
  private readonly played = new Played();
  private readonly dice: Dice;
  private readonly seed: number;

  constructor(seed: number, plant: string | undefined, onLine: Wish["onLine"]) {
    this.seed = seed;
    this.dice = new Dice(seed, "script");
    const game: GameName = seed % DUNGEON_EVERY === 0 ? "dungeon" : "grid";
    this.system = newSystem(seed, game, plant);
    this.system.scheduler.trace.onLine = onLine;
  }

  async play(steps: number): Promise<Broken[]> {
    const { system, dice } = this;
    const monsters = dice.pick([0, 0, 3, 12]) ?? 0;
    system.manager.begin(this.seed, monsters);
    await this.pass(ARRIVAL_MS);
    for (let i = 0; i < steps; i++) await this.step();
    return [...(await this.heal()), ...(await this.probe())].slice(0, BROKEN_MAX);
  }

  private pass(ms: number): Promise<void> {
    return this.system.scheduler.pass(ms);
  }

  private async step(): Promise<void> {
    const { system, dice } = this;
    if (dice.chance(FAULTS_PER_STEP)) this.fault();
    if (dice.chance(TENDED_PER_STEP)) system.tend();
    const plays = dice.below(PLAYED_PER_STEP_MAX + 1);
    for (let i = 0; i < plays; i++) this.played.some(system, dice);
    await this.pass(dice.between(STEP_MS.least, STEP_MS.most));
  }

  private fault(): void {
    const name = this.dice.pick(Object.keys(faults)) ?? "";
    const done = faults[name]?.(this.system, this.dice);
    if (done === undefined) return;
    this.counts[name] = (this.counts[name] ?? 0) + 1;
    this.system.scheduler.trace.note(`* ${done}`);
  }

  /** All is well again, and nothing more happens: then everybody must know everything. */
  private async heal(): Promise<Broken[]> {
    const { system } = this;
    system.scheduler.trace.note("* all is healed");
    system.isResting = true;
    let wellMs = 0;
    for (let ms = 0; ms < HEAL_MS_MAX && wellMs < SETTLE_MS; ms += LOOK_MS) {
      heal(system);
      system.tend();
      await this.pass(LOOK_MS);
      wellMs = checkAlive(system).length === 0 ? wellMs + LOOK_MS : 0;
    }
    // Who missed a message of the last learns of it only from one more.
    if (system.server.ticksLost > 0) await this.actAll();
    return [...checkAlive(system), ...this.check("at rest")];
  }

  private async actAll(): Promise<void> {
    for (const client of this.system.delvers) client.act({ do: "step", dir: this.dice.below(8) });
    await this.pass(PROBE_MS);
  }

  /** Everybody does one thing more, which all must see. */
  private async probe(): Promise<Broken[]> {
    const { system, dice } = this;
    system.scheduler.trace.note("* everybody acts once more");
    const before = system.delvers.map((client) => client.acted);
    for (const client of system.clients) this.played.say(client, dice);
    await this.actAll();
    const deaf = system.delvers.filter(
      ({ seen }, i) => !system.manager.ended && seen.applied <= (before[i] ?? 0),
    );
    return [
      ...deaf.map(({ name }) => ({ rule: "healed", words: `${name}'s command was not taken` })),
      ...this.check("after one act more"),
      ...checkPresence(system),
      ...checkChat(system, this.played),
      ...checkWay(system),
    ];
  }

  private check(when: string): Broken[] {
    const { system } = this;
    const truth = truthOf(system);
    return [
      ...truth.wrong.map((words) => ({ rule: "journal", words })),
      ...checkPictures(system, when),
      ...checkFacts(system, truth),
      ...checkSaved(system, truth),
      ...checkMail(system),
      ...checkCommands(system, truth),
    ];
  }
}

/** Broken rules that a verdict names; the first tell the most. */
const BROKEN_MAX = 12;

const newSystem = (seed: number, game: GameName, name: string | undefined): System => {
  const plant = name === undefined ? undefined : plants[name];
  if (name !== undefined && plant === undefined) throw new Error(`there is no plant "${name}"`);
  return new System(seed, game, plant);
};
