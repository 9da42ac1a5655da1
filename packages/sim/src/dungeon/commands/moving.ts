/** Going about and fighting. */
export type MovingCommand =
  | { readonly do: "step"; readonly dir: number }
  | { readonly do: "wait" }
  | { readonly do: "close"; readonly dir: number }
  | { readonly do: "stairs" }
  | { readonly do: "interact"; readonly dir?: number | undefined }
  | {
      readonly do: "ability";
      readonly slot: number;
      readonly x?: number | undefined;
      readonly y?: number | undefined;
    }
  | { readonly do: "shoot"; readonly x: number; readonly y: number }
  | { readonly do: "search" }
  | { readonly do: "attackNearest" };
