/** What a delver does by themselves from now on. */
export type IntentCommand =
  | { readonly do: "explore" }
  | { readonly do: "travel"; readonly x: number; readonly y: number }
  | { readonly do: "travelStairs"; readonly down: boolean }
  | { readonly do: "rest" }
  | { readonly do: "repeat" };
