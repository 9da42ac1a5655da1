import type { AbilitySpec } from "./content/abilities.ts";
import type { BadgeSpec } from "./content/badges.ts";
import type { ClassSpec } from "./content/classes.ts";
import type { EffectSpec } from "./content/effects.ts";
import type { FixtureSpec } from "./content/fixtures.ts";
import type { RunicSpec } from "./content/items/runics.ts";
import type { ItemSpec } from "./content/items.ts";
import type { MonsterSpec } from "./content/monsters.ts";
import type { LegacySpec, OreSpec } from "./content/ores.ts";
import type { FloorSpec, RegionSpec } from "./content/regions.ts";
import type { Rules } from "./content/rules.ts";
import type { SchematicSpec } from "./content/schematics.ts";
import type { ReactionSpec, SubstanceSpec } from "./content/substances.ts";
import type { SynergySpec } from "./content/synergies.ts";
import type { TileSpec } from "./content/tiles.ts";

export * from "./content/abilities.ts";
export * from "./content/badges.ts";
export * from "./content/classes.ts";
export * from "./content/effects.ts";
export * from "./content/fixtures.ts";
export * from "./content/gifts.ts";
export * from "./content/items/charms.ts";
export * from "./content/items/gear.ts";
export * from "./content/items/potions.ts";
export * from "./content/items/runics.ts";
export * from "./content/items/scrolls.ts";
export * from "./content/items/wands.ts";
export * from "./content/items.ts";
export * from "./content/minds/bosses.ts";
export * from "./content/monsters.ts";
export * from "./content/named.ts";
export * from "./content/ores.ts";
export * from "./content/regions.ts";
export * from "./content/rules.ts";
export * from "./content/schematics.ts";
export * from "./content/spells.ts";
export * from "./content/substances.ts";
export * from "./content/synergies.ts";
export * from "./content/tiles.ts";

/**
 * What the data files say, proved sound by the loader in `packages/content`. Durations are in
 * milliseconds, chances in percent.
 */
export type Content = {
  /** First 16 hexadecimal digits of the SHA-256 of the canonical data. */
  readonly hash: string;
  readonly rules: Rules;
  readonly tiles: readonly TileSpec[];
  readonly substances: readonly SubstanceSpec[];
  readonly reactions: readonly ReactionSpec[];
  readonly effects: readonly EffectSpec[];
  readonly classes: readonly ClassSpec[];
  readonly abilities: readonly AbilitySpec[];
  readonly synergies: readonly SynergySpec[];
  readonly monsters: readonly MonsterSpec[];
  readonly items: readonly ItemSpec[];
  readonly runics: readonly RunicSpec[];
  readonly ores: readonly OreSpec[];
  readonly legacies: readonly LegacySpec[];
  readonly schematics: readonly SchematicSpec[];
  readonly badges: readonly BadgeSpec[];
  readonly fixtures: readonly FixtureSpec[];
  readonly regions: readonly RegionSpec[];
  readonly floors: readonly FloorSpec[];
};
