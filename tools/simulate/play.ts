import type { Question } from "@underlode/client";
import type { Act } from "@underlode/contracts";
import { PLAYERS } from "./cast.ts";
import type { Dice } from "./dice.ts";
import type { SimClient } from "./sim-client.ts";
import type { System } from "./system.ts";

export type Said = { readonly by: string; readonly text: string; readonly where: string };

/** What players did, as far as they know it to have been done. */
export class Played {
  readonly acknowledged: Said[] = [];
  private count = 0;

  /** Does one thing that players do. */
  some(system: System, dice: Dice): void {
    const client = dice.pick(system.clients);
    if (client === undefined) return;
    if (dice.chance(0.62)) return client.act(anyAct(dice));
    if (dice.chance(0.08)) return client.look();
    this.say(client, dice);
  }

  say(client: SimClient, dice: Dice): void {
    this.count += 1;
    const text = `${client.name} says ${this.count}`;
    const to = dice.pick(PLAYERS.filter((name) => name !== client.name)) ?? "ana";
    const [question, where] = wordOf(dice, text, to);
    client.ask(question, (result) => {
      if (result.ok) this.acknowledged.push({ by: client.name, text, where });
    });
  }
}

const anyAct = (dice: Dice): Act =>
  dice.chance(0.95) ? { do: "step", dir: dice.below(8) } : { do: "wait" };

const wordOf = (dice: Dice, text: string, to: string): [Question, string] => {
  if (dice.chance(0.3)) return [{ t: "whisper", to, text }, to];
  const channel = dice.chance(0.5) ? "party" : "global";
  return [{ t: "chat", channel, text }, channel];
};
