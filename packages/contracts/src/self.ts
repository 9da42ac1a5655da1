import { z } from "zod";

const Count = z.number().int();

/** Five ore properties, 0 to 100 each. */
export const OreValues = z.object({
  hardness: z.number(),
  conductivity: z.number(),
  malleability: z.number(),
  purity: z.number(),
  density: z.number(),
});

export const PackItem = z.object({
  /** Named by `use`, `drop` and `throw`. */
  id: Count,
  name: z.string(),
  kind: z.enum(["potion", "scroll", "wand", "charm", "weapon", "armour", "plan", "key", "other"]),
  count: Count,
  equipped: z.boolean(),
  /** One short line: what it does, as far as the player knows. */
  note: z.string(),
  /** What `use` needs besides: nothing, a thing of the pack in `on`, or a cell with whom or what. */
  wants: z.enum(["nothing", "item", "foe", "ally", "cell"]).optional(),
  /** What this one thing has of its own, as far as the player knows. */
  stats: z
    .object({
      damage: Count,
      defence: Count,
      spell: Count,
      durability: Count,
      wear: Count,
      readyAtMs: Count,
      charges: Count.optional(),
      enchant: Count.optional(),
      /** Of forged things: percent more healing, percent less cost, percent of hardness, weight. */
      healing: Count.optional(),
      thrift: Count.optional(),
      mining: Count.optional(),
      heft: Count.optional(),
    })
    .optional(),
});

export const OreStack = z.object({
  /** Named by crafting and dropping. */
  id: Count.optional(),
  /** The spawn's own name, e.g. "Karvesh copper". */
  name: z.string(),
  /** Id of the kind of ore, as schematics ask for it. */
  kind: z.string().optional(),
  amount: Count,
  values: OreValues,
  /** Brought from a vault. */
  fromVault: z.boolean().optional(),
});

/** By how much each point of an ore's property counts; hundredths. */
const Weights = OreValues.partial();

export const Ability = z.object({
  slot: Count,
  name: z.string(),
  /** Of the class's resource. */
  cost: Count,
  cooldownMs: Count,
  /** Game time, in ms since the run began, from which it can be used again. */
  readyAtMs: Count,
  /** `cell` wants x and y. */
  target: z.enum(["self", "cell"]),
  /** What the cell should be: an enemy's, one of the party's or an ally's, or any. */
  aims: z.enum(["foe", "ally", "cell"]).optional(),
  range: Count,
  note: z.string(),
});

/**
 * What a delver sees of themselves. Sent by section: a tick carries the sections that changed, each
 * whole. Sections that a game does not have are absent.
 */
export const Self = z.object({
  vitals: z
    .object({
      hp: Count,
      maxHp: Count,
      resource: Count,
      maxResource: Count,
      /** stamina, mana, focus or energy. */
      resourceName: z.string(),
      level: Count,
      xp: Count,
      attack: Count,
      defence: Count,
      gold: Count,
      floor: Count,
      x: Count,
      y: Count,
      /** The player's thing in the picture. */
      thing: Count,
      state: z.enum(["up", "down", "dead", "away", "left"]),
    })
    .optional(),
  /** Game time from which the next act can begin; one command given before that waits. */
  readyAtMs: Count.optional(),
  pack: z.array(PackItem).optional(),
  ore: z.array(OreStack).optional(),
  abilities: z.array(Ability).optional(),
  /** A long act under way: game time at which it began and will end. */
  busy: z.object({ what: z.string(), fromMs: Count, untilMs: Count }).nullable().optional(),
  /** The last vein surveyed, and the classes its ore suits. */
  survey: z
    .object({
      name: z.string(),
      kind: z.string(),
      values: OreValues,
      suits: z.array(z.string()),
      /** How much ore is in it. */
      amount: Count.optional(),
      /** Milliseconds that it takes this player alone, with their best tool. */
      hardMs: Count,
      /** The tale of a Legacy ore. */
      lore: z.string().optional(),
    })
    .nullable()
    .optional(),
  /** Conditions the player is in. */
  effects: z
    .array(
      z.object({
        name: z.string(),
        good: z.boolean(),
        power: Count,
        stacks: Count,
        untilMs: Count,
      }),
    )
    .optional(),
  /** What can be made here; empty away from a forge. */
  recipes: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        makes: z.string(),
        amount: Count,
        ores: z.array(z.string()),
        grade: Count,
        /** Only with the field kit. */
        kit: z.boolean().optional(),
        /** Points of experimentation that there are here. */
        points: Count.optional(),
      }),
    )
    .optional(),
  /** Spawns that the party has a sample of, for comparing; `held` is how much the player carries. */
  samples: z
    .array(
      z.object({
        name: z.string(),
        kind: z.string(),
        floor: Count,
        values: OreValues,
        suits: z.array(z.string()),
        held: Count,
      }),
    )
    .optional(),
  /** All that the party knows how to make: what it asks for and what it weighs. */
  schematics: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        makes: z.string(),
        needs: z.array(z.object({ ores: z.array(z.string()), amount: Count })),
        grade: Count,
        legendary: z.boolean(),
        lines: z.array(z.object({ line: z.string(), base: Count, weights: Weights })),
        bonusPercent: Count,
      }),
    )
    .optional(),
  /** What the last `draft` comes to, here and now. */
  draft: z
    .object({
      schematic: z.string(),
      name: z.string(),
      makes: z.string(),
      kit: z.boolean(),
      values: OreValues,
      /** In the order of the schematic, as `points` are given; `chances` of each point, and the next. */
      lines: z.array(
        z.object({
          line: z.string(),
          value: Count,
          step: Count,
          points: Count,
          chances: z.array(z.object({ gainPercent: Count, flawPercent: Count })),
        }),
      ),
      points: Count,
      /** Why it cannot be made here and now. */
      refused: z.string().nullable(),
    })
    .nullable()
    .optional(),
  /** The tactical pause, while there is one. */
  pause: z.object({ untilMs: Count, ready: Count, mine: z.boolean() }).nullable().optional(),
  /** What the player goes on doing by themselves. */
  intent: z.object({ is: z.string() }).nullable().optional(),
  /** How often each synergy has fired in this run. */
  synergies: z.record(z.string(), Count).optional(),
  /** Questions that wait for an answer of the player's; `vote` or `choose` answers them. */
  prompts: z
    .array(
      z.object({
        id: Count,
        kind: z.string().optional(),
        text: z.string(),
        options: z.array(z.string()),
        /** 0 waits for ever. */
        untilMs: Count,
        answer: Count.nullable().optional(),
      }),
    )
    .optional(),
  /** What the place beside the player offers; `choose` with its id and the number of an option. */
  choices: z
    .array(
      z.object({
        id: Count,
        kind: z.enum(["treasure", "shop", "sell", "identify"]),
        text: z.string(),
        options: z.array(
          z.object({
            name: z.string(),
            note: z.string(),
            price: Count,
            refused: z.string().nullable(),
          }),
        ),
      }),
    )
    .optional(),
  /** Trades under way, the player's own and those for them. */
  offers: z
    .array(
      z.object({
        id: Count,
        /** Made by the player. */
        mine: z.boolean(),
        from: z.string(),
        to: z.string(),
        gold: Count,
        items: z.array(z.object({ name: z.string(), count: Count })),
        ore: z.array(z.object({ name: z.string(), amount: Count, values: OreValues })),
      }),
    )
    .optional(),
  /** Price of a companion where the player stands; null where nobody can be hired. */
  hire: z.object({ gold: Count, hired: Count }).nullable().optional(),
  /** Families of things taken up by walking over them. */
  autoPickup: z.array(z.string()).optional(),
  /** The party's options, its pauses left on this floor, and the Heartlode once it was taken. */
  party: z
    .object({
      lootRule: z.enum(["needGreed", "roundRobin", "freeForAll"]),
      friendlyFire: z.boolean(),
      hardcore: z.boolean(),
      pausesLeft: Count,
      heart: z.object({ bearer: z.string().nullable(), hunted: z.boolean() }).nullable(),
    })
    .optional(),
});
export type Self = z.infer<typeof Self>;
