import { companionsOf, hirePrice } from "./decide/enlisting.ts";
import { bearerOf } from "./decide/heart.ts";
import { pausesLeft } from "./free/time.ts";
import { itemName } from "./naming.ts";
import { isUp, momentMs } from "./reads.ts";
import type { Delver, Offer, Scene } from "./world.ts";

/** What a delver sees of what the party agrees on, in sections of the wire contract. */
export function agreementsOf(world: Scene, delver: Delver) {
  return {
    prompts: prompts(world, delver),
    offers: [...world.offers.values()]
      .filter(({ from, to }) => from === delver.id || to === delver.id)
      .map((offer) => shownOffer(world, delver, offer)),
    hire: hire(world, delver),
    autoPickup: [...delver.picks],
    party: {
      ...world.options,
      pausesLeft: pausesLeft(world, delver),
      heart: heart(world),
    },
  };
}

function prompts(world: Scene, { id: me }: Delver) {
  return [...world.prompts.values()]
    .filter(({ asked }) => asked.includes(me))
    .map(({ id, about, text, options, until, answers }) => ({
      ...{ id, kind: about.is, text, options: [...options], untilMs: momentMs(world, until) },
      answer: answers[me] ?? null,
    }));
}

function shownOffer(world: Scene, { id: me }: Delver, offer: Offer) {
  const { id, from, to, items, ore, gold } = offer;
  const giver = world.delvers.get(from);
  const things = items.flatMap((item) => giver?.pack.find((row) => row.id === item) ?? []);
  return {
    ...{ id, gold, mine: from === me },
    from: giver?.name ?? "",
    to: world.delvers.get(to)?.name ?? "",
    items: things.map(({ kind, count, stats }) => ({ name: itemName(world, kind, stats), count })),
    ore: ore.flatMap(({ stack, amount }) => {
      const row = giver?.ore.find((one) => one.id === stack);
      const spawn = world.levels.get(row?.floor ?? 0)?.spawns[row?.spawn ?? -1];
      return spawn === undefined ? [] : [{ name: spawn.name, amount, values: { ...spawn.values } }];
    }),
  };
}

/** What a companion costs here; null where nobody can be hired. */
function hire(world: Scene, delver: Delver) {
  const price = isUp(delver) ? hirePrice(world, delver) : "";
  return typeof price === "string" ? null : { gold: price, hired: companionsOf(world).length };
}

function heart(world: Scene) {
  if (world.heart === undefined) return null;
  return { bearer: bearerOf(world)?.name ?? null, hunted: world.heart.hunted };
}
