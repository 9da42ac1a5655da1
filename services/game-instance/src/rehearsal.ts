import { type Act, pack, TickMessage, unpack } from "@underlode/contracts";
import type { Outcome, Simulation } from "@underlode/sim";
import type { HostGame } from "./games.ts";
import { Sight } from "./sight.ts";

/** By then the engine has compiled what is used all the time; a step takes about a millisecond. */
const STEPS = 300;
const STEP_TICKS = 6;
const TICK_RATE = 50;
const CLASSES = ["warrior", "ranger"];

/**
 * Plays a run that nobody sees, as taking up one would, for as long as there is no real one: whoever
 * waits for a process that is to go on must not wait for an engine that reads its code for the first
 * time. An order is heard between any two steps.
 */
export const rehearse = (game: HostGame, isIdle: () => boolean): Promise<void> =>
  game((simulation) => play(simulation, isIdle));

const play = async <W>(simulation: Simulation<W, Act>, isIdle: () => boolean): Promise<void> => {
  const players = CLASSES.map((name) => ({ id: name, name, class: name }));
  const world = simulation.start({ seed: 1, tickRate: TICK_RATE, players });
  const sight = new Sight(simulation, CLASSES);
  for (let n = 1; n <= STEPS && isIdle(); n++) {
    const inputs = CLASSES.map((player, i) => {
      const command: Act = { do: "step", dir: (n * 3 + i * 5) % 8 };
      return { kind: "command" as const, player, seq: n, command };
    });
    const tick = n * STEP_TICKS;
    const outcome = simulation.step(world, tick, inputs);
    const changes = sight.changes(world, outcome.lines, {});
    const check = simulation.check(world);
    const message = { kind: "tick", epoch: 1, n, tick, timeMs: 0, inputs, ...changes, check };
    TickMessage.parse(unpack(pack({ ...message, ...refusals(outcome) })));
    await new Promise((done) => setImmediate(done));
  }
  if (isIdle()) simulation.restore(unpack(pack(simulation.snapshot(world))));
};

const refusals = ({ refusals }: Outcome): object =>
  refusals.length > 0 ? { refused: refusals } : {};
