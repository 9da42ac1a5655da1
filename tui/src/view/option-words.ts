import type { PartyOptions } from "@underlode/contracts";

type Words = { readonly name: string; readonly value: string; readonly about: string };

const LOOT = {
  needGreed: ["need and greed", "Each thing found is asked about: need, greed or pass."],
  roundRobin: ["in turn", "Each thing found goes to the next member."],
  freeForAll: ["free for all", "Whoever takes it up has it."],
} as const satisfies Record<PartyOptions["lootRule"], readonly [string, string]>;

/** A rule of loot as players read it. */
export const lootWords = (rule: string): string =>
  Object.entries(LOOT).find(([id]) => id === rule)?.[1][0] ?? rule;

const onOff = (on: boolean): string => (on ? "on" : "off");

/** One of the options of a run, in words. */
export const optionWords = (options: PartyOptions, row: keyof PartyOptions): Words => {
  switch (row) {
    case "lootRule": {
      const [value, about] = LOOT[options.lootRule];
      return { name: "loot", value, about };
    }
    case "friendlyFire":
      return {
        ...{ name: "friendly fire", value: onOff(options.friendlyFire) },
        about: "Whether blows and blasts hurt members, too.",
      };
    case "hardcore":
      return {
        ...{ name: "hardcore", value: onOff(options.hardcore) },
        about: "Whether the first death ends the run.",
      };
    case "companions":
      return {
        ...{ name: "companions", value: `${options.companions}` },
        about: "Hired helpers that come along from the start.",
      };
    case "seed":
      return {
        ...{ name: "seed", value: SEEDS[options.seed] ?? `number ${options.seed}` },
        about: "Which dungeon: any, today's for all, or a number's.",
      };
  }
};

const SEEDS: Readonly<Record<string, string>> = {
  random: "random",
  daily: "today's, the same for everybody",
};
