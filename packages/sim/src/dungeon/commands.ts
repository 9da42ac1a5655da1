/** What a player can ask of a dungeon; meanings are those of the acts in the wire contract. */
export type DungeonCommand =
  | { readonly do: "step"; readonly dir: number }
  | { readonly do: "wait" }
  | { readonly do: "close"; readonly dir: number }
  | { readonly do: "stairs" }
  | { readonly do: "pickup" }
  | { readonly do: "use"; readonly item: number }
  | { readonly do: "drop"; readonly item: number }
  | { readonly do: "throw"; readonly item: number; readonly x: number; readonly y: number }
  | {
      readonly do: "ability";
      readonly slot: number;
      readonly x?: number | undefined;
      readonly y?: number | undefined;
    }
  | { readonly do: "shoot"; readonly x: number; readonly y: number }
  | { readonly do: "survey"; readonly dir: number }
  | { readonly do: "mine"; readonly dir: number }
  | { readonly do: "revive"; readonly dir: number };

export type CommandName = DungeonCommand["do"];
export type CommandOf<K extends CommandName = CommandName> = {
  [P in K]: Extract<DungeonCommand, { readonly do: P }>;
}[K];
