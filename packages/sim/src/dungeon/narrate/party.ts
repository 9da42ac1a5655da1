import { awardLine } from "../decide/loot.ts";
import type { PartyEvents } from "../events/party.ts";
import type { Narrate } from "../narrate.ts";
import { cap, delver, line, who } from "./says.ts";

const silent = () => undefined;

export const party: { [K in keyof PartyEvents]: Narrate<K> } = {
  paused: (world, { actor }) => line(`${who(world, actor)} calls a halt.`, "system"),
  readied: silent,
  resumed: () => line("Time goes on.", "system"),
  intended: silent,
  intentEnded: (world, { actor, why }) => line(why, "plain", delver(world, actor)),
  did: silent,
  pondered: silent,
  picksSet: silent,
  prompted: (_, { prompt }) => line(`${prompt.text}.`, "loot"),
  answered: silent,
  promptEnded: silent,
  awarded: (world, { prompt, to }) => {
    const row = world.prompts.get(prompt);
    return row === undefined ? undefined : line(awardLine(world, row, to), "loot");
  },
  lootTurned: (world, { actor }) => line(`It is ${who(world, actor)}'s turn to get it.`, "loot"),
  offered: (world, { actor, to }) => {
    const other = world.delvers.get(to);
    return other === undefined
      ? undefined
      : line(`${who(world, actor)} offers you a trade.`, "system", other);
  },
  traded: (world, { offer }) => {
    const row = world.offers.get(offer);
    if (row === undefined) return undefined;
    return line(`${who(world, row.from)} hands ${who(world, row.to)} what was offered.`, "loot");
  },
  offerEnded: (world, { offer, why }) => {
    const row = world.offers.get(offer);
    if (row === undefined || why === "") return undefined;
    const to = [row.from, row.to].flatMap((id) => world.delvers.get(id)?.player ?? []);
    return { text: why, tone: "system", to };
  },
  hired: (_, { name, class: kind }) => line(`${name}, a ${kind}, joins the party.`, "good"),
  heartTaken: (world, { actor }) =>
    line(`${cap(who(world, actor))} holds the Heartlode: the party has won!`, "good"),
  heartCarried: () => line("The mountain wakes. You are hunted!", "bad"),
  heartHome: (world, { actor }) =>
    line(`${cap(who(world, actor))} carries the Heartlode out into the light!`, "good"),
  wandersSet: silent,
};
