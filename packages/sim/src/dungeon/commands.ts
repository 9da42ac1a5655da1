import type { AgreementCommand } from "./commands/agreements.ts";
import type { CraftingCommand, DraftCommand } from "./commands/crafting.ts";
import type { GoodsCommand } from "./commands/goods.ts";
import type { IntentCommand } from "./commands/intents.ts";
import type { LabourCommand } from "./commands/labour.ts";
import type { MovingCommand } from "./commands/moving.ts";
import type { TimeCommand } from "./commands/time.ts";

/** What a player can ask that takes time of their delver: judged, then done as an action. */
export type TimedCommand =
  | MovingCommand
  | GoodsCommand
  | LabourCommand
  | CraftingCommand
  | IntentCommand;
/** What takes none, and can be done while busy, down or in a pause. */
export type FreeCommand = TimeCommand | AgreementCommand | DraftCommand;
/** What a player can ask of a dungeon; meanings are those of the acts in the wire contract. */
export type DungeonCommand = TimedCommand | FreeCommand;

/** What `repeat` can do again. */
export type RepeatableCommand = Extract<
  TimedCommand,
  { do: "step" | "attackNearest" | "shoot" | "ability" | "mine" | "survey" | "interact" }
>;

export type CommandName = DungeonCommand["do"];
export type TimedName = TimedCommand["do"];
export type FreeName = FreeCommand["do"];
export type CommandOf<K extends CommandName = CommandName> = {
  [P in K]: Extract<DungeonCommand, { readonly do: P }>;
}[K];
