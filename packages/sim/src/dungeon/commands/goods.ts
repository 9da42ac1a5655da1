/** What is carried. */
export type GoodsCommand =
  | { readonly do: "pickup" }
  | {
      readonly do: "use";
      readonly item: number;
      readonly x?: number | undefined;
      readonly y?: number | undefined;
      /** The item that it is used on, e.g. by a scroll of identifying. */
      readonly on?: number | undefined;
    }
  | { readonly do: "drop"; readonly item: number }
  | { readonly do: "dropOre"; readonly stack: number; readonly amount: number }
  | { readonly do: "throw"; readonly item: number; readonly x: number; readonly y: number };
