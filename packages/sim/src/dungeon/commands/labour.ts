/** Long acts, and what leads to them. */
export type LabourCommand =
  | { readonly do: "survey"; readonly dir: number }
  | { readonly do: "mine"; readonly dir: number }
  | { readonly do: "revive"; readonly dir: number };
