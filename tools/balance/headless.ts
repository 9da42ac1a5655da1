import { newSeen, type Seen } from "@underlode/client";
import type { Act, Self } from "@underlode/contracts";
import { type DungeonWorld, type dungeon, stepDungeon } from "@underlode/sim";
import { type Chance, chanceOf, seedFor } from "../../bots/src/chance.ts";
import { think } from "../../bots/src/mind/mind.ts";
import {
  type Notes,
  newNotes,
  noteAct,
  noteArrival,
  noteBoss,
  noteRefusal,
} from "../../bots/src/mind/notes.ts";
import { sceneFor } from "../../bots/src/mind/scene.ts";

export type Game = ReturnType<typeof dungeon>;
type Step = ReturnType<typeof stepDungeon>;

/** Ticks between two thoughts of a bot, as many a second as a bot on a socket has. */
const THOUGHT_TICKS = 8;
/** The same while it walks by itself or rests. */
const EASY_THOUGHT_TICKS = 32;
const LOG_LINES_KEPT = 40;

/** One bot of a headless party: what its client would show, and what it remembers. */
type Bot = {
  readonly player: string;
  readonly seen: Seen;
  readonly notes: Notes;
  readonly chance: Chance;
  act: Act | undefined;
  nextTick: number;
};

/** A party of bots in one process with its world: the second door to the mind. */
export class HeadlessParty {
  readonly world: DungeonWorld;
  readonly #game: Game;
  readonly #bots: readonly Bot[];
  #lines = 0;

  constructor(game: Game, world: DungeonWorld, seed: number) {
    this.#game = game;
    this.world = world;
    this.#bots = game.crew(world).flatMap(({ player, hired }, index) => {
      const seen = newSeen();
      seen.legend = {
        content: game.contentHash,
        tiles: [...game.legend.tiles],
        kinds: [...game.legend.kinds],
      };
      const chance = chanceOf(seedFor(seed, index));
      const [notes, act, nextTick] = [newNotes(), undefined, index * 2];
      return hired ? [] : [{ player, seen, notes, chance, act, nextTick }];
    });
  }

  /** Plays one beat: all bots whose turn it is think, then time goes on. */
  beat(hear: (step: Step) => void): void {
    const { world } = this;
    const now = this.#game.tick(world);
    const inputs = this.#bots.flatMap((bot) => {
      if (bot.nextTick > now) return [];
      bot.act = this.#thought(bot);
      const easy = bot.seen.self.intent || bot.seen.self.busy;
      bot.nextTick = now + (easy && !bot.act ? EASY_THOUGHT_TICKS : THOUGHT_TICKS);
      if (!bot.act) return [];
      return [{ kind: "command" as const, player: bot.player, seq: now, command: bot.act }];
    });
    for (const step of [stepDungeon(world, now, inputs), stepDungeon(world, now + 4, [])]) {
      this.#hear(step);
      hear(step);
    }
  }

  #thought(bot: Bot): Act | undefined {
    const { world } = this;
    const game = this.#game;
    const { player, seen, notes, chance } = bot;
    seen.crew = game.crew(world) as Seen["crew"];
    const me = seen.crew.find((one) => one.player === player);
    const body = world.delvers.get(me?.thing ?? 0);
    if (me?.state !== "up" || body === undefined) return undefined;
    // Whoever is in the middle of a blow would only be told to wait; one who walks by itself may turn.
    if (body.readyAt > world.tick && body.intent === undefined) return undefined;
    const view = game.see(world, me.floor);
    Object.assign(seen, { floor: view.floor, name: view.name, cells: view.cells, stale: false });
    Object.assign(seen, { width: view.width, height: view.height, n: world.tick });
    seen.self = game.self(world, player) as Self;
    seen.timeMs = game.tick(world) * (1000 / world.tickRate);
    seen.things = new Map(
      view.things.map(([id, kind, x, y, health, flags, name]) => [
        id,
        { id, kind, x, y, health, flags, name },
      ]),
    );
    // All of them are shown the same, more often than one of them thinks.
    for (const one of this.#bots) noteBoss(one.notes, seen);
    const scene = sceneFor(seen, player, notes, seen.timeMs, chance);
    if (!scene) return undefined;
    noteArrival(notes, seen, scene.cell, seen.timeMs);
    const act = think(scene);
    if (act) noteAct(notes, seen, scene.cell, act, seen.timeMs);
    return act;
  }

  #hear({ lines, refusals }: Step): void {
    for (const { player } of refusals) {
      const bot = this.#bots.find((one) => one.player === player);
      if (bot?.act) noteRefusal(bot.notes, bot.seen, bot.act, bot.seen.timeMs);
    }
    for (const { text, tone, to } of lines) {
      this.#lines += 1;
      for (const { seen, player } of this.#bots) {
        if (to !== undefined && !to.includes(player)) continue;
        seen.log = [...seen.log.slice(1 - LOG_LINES_KEPT), { n: this.#lines, text, tone }];
      }
    }
  }
}
