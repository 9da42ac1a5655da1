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
  | { readonly do: "salvage"; readonly item: number }
  | { readonly do: "repair"; readonly item: number; readonly kit?: boolean | undefined };
