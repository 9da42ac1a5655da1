/** The tactical pause. */
export type TimeCommand = { readonly do: "pause" } | { readonly do: "ready" };
