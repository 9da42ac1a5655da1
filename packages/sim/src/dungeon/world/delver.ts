import type { ClassSpec, ItemUse } from "../../content.ts";
import type { RepeatableCommand, TimedCommand } from "../commands.ts";
import type { Frozen } from "../frozen.ts";
import type { Body } from "./body.ts";

export type DelverRow = Body & {
  readonly is: "delver";
  readonly player: string;
  readonly name: string;
  readonly class: ClassSpec;
  condition: Condition;
  away: boolean;
  /** A companion: a mind of the server's plays it, and nobody else. */
  readonly hired: boolean;
  /** Tick from which the mind that plays it next looks about. */
  thinkAt: number;
  /** Families of things that are taken up by themselves when nothing threatens. */
  picks: readonly ItemUse[];
  /** What `repeat` does again. */
  last: RepeatableCommand | undefined;
  /** What hurt last, for the book of the dead. */
  hurtBy: string;
  resource: number;
  level: number;
  xp: number;
  attack: number;
  defence: number;
  gold: number;
  pack: PackRow[];
  weapon: number;
  armour: number;
  shield: number;
  ore: OreRow[];
  /** Tick from which each ability slot can be used again. */
  cooldowns: Record<number, number>;
  /** Abilities with a number of uses a floor: where each was used. */
  exhausted: { readonly slot: number; readonly floor: number }[];
  /** Ticks at which the next point of health and resource come back; 0 while full. */
  healAt: number;
  refreshAt: number;
  waiting: Waiting | undefined;
  act: LongAct | undefined;
  intent: Intent | undefined;
  surveyed: Survey | undefined;
  /** What they consider to make. */
  draft: CraftOrder | undefined;
  /** They brought ore from a vault, or used what was made of it. */
  legacy: boolean;
  /** What earlier runs add to a badge's count. */
  readonly past: Readonly<Record<string, number>>;
  deeds: Deeds;
};
export type Delver = Frozen<DelverRow>;

export type Condition =
  | { is: "up" }
  | { is: "down"; until: number }
  | { is: "dead" }
  | { is: "left" };
export type Waiting = { seq: number; command: TimedCommand };
export type LongAct =
  | { is: "mining"; vein: number; from: number; until: number; noiseAt: number }
  | { is: "reviving"; target: number; from: number; until: number }
  | { is: "crafting"; order: CraftOrder; from: number; until: number }
  | { is: "repairing"; item: number; kit: boolean; from: number; until: number }
  | { is: "reading"; item: number; on: number | undefined; from: number; until: number };
/** What a craft was begun with; proved again when it is done. */
export type CraftOrder = {
  readonly schematic: string;
  readonly ore: readonly { readonly stack: number; readonly amount: number }[];
  /** Points of experimentation by line; at a forge only. */
  readonly points?: readonly number[] | undefined;
  /** With a field kit, away from a forge. */
  readonly kit?: boolean | undefined;
};

/** What a delver goes on doing by themselves until it is done or danger shows. */
export type Intent =
  | { is: "explore" }
  | { is: "travel"; x: number; y: number }
  | { is: "rest" }
  /** `foes` were in sight when it began: one more ends it. */
  | { is: "repeat"; command: RepeatableCommand; foes: number };
/** What was learned of a vein when it was looked at. */
export type Survey = { floor: number; vein: number; spawn: number; amount: number };
export type Deeds = {
  kills: number;
  dealt: number;
  taken: number;
  healed: number;
  ore: number;
  crafts: number;
  legendaries: number;
  legacyOres: number;
  downs: number;
  /** Others lifted back up. */
  revives: number;
  /** Floor. */
  deepest: number;
};
export type PackRow = { id: number; kind: string; count: number; stats?: ItemStats | undefined };

/** What one thing has of its own; things without are all alike. */
export type ItemStats = {
  readonly charges: number;
  /** Tick from which a charm can be used again. */
  readonly readyAt: number;
  readonly runic: string;
  /** Added by its making to what its kind has. */
  readonly damage: number;
  readonly defence: number;
  readonly spell: number;
  readonly durability: number;
  readonly wear: number;
  /** Its plus, or below 0 its minus. */
  readonly enchant: number;
  /** The party knows its enchantment: somebody wielded or wore it. */
  readonly felt: boolean;
  /** The party knows all about it, its runic too. */
  readonly known: boolean;
  readonly made?: Made | undefined;
};
/** A spawn by its place in the list of its floor; floor 0 is what was brought from vaults. */
export type OreRef = { readonly floor: number; readonly spawn: number };
export type OreRow = OreRef & { readonly id: number; amount: number };
/** How a thing was forged, and the lines that nothing else has. */
export type Made = {
  readonly schematic: string;
  readonly ore: readonly (OreRef & { readonly amount: number })[];
  readonly healing: number;
  readonly thrift: number;
  readonly mining: number;
  readonly heft: number;
};
