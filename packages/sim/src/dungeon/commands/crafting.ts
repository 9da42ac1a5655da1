/** What is made, mended and taken apart; `kit` is away from a forge. */
export type CraftingCommand =
  | {
      readonly do: "craft";
      readonly schematic: string;
      readonly ore: readonly { readonly stack: number; readonly amount: number }[];
      /** Points of experimentation for each line of the schematic. */
      readonly points?: readonly number[] | undefined;
      readonly kit?: boolean | undefined;
    }
  /** Into the vault, at a shrine. */
  | { readonly do: "bank"; readonly stack: number; readonly amount: number }
  | { readonly do: "salvage"; readonly item: number }
  | { readonly do: "repair"; readonly item: number; readonly kit?: boolean | undefined };

/** Shows what a craft would come to; makes nothing. */
export type DraftCommand = Omit<Extract<CraftingCommand, { do: "craft" }>, "do"> & {
  readonly do: "draft";
};
