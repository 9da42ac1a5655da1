import type { SubstanceDeed, SubstanceSpec } from "../../../content.ts";

/** Whether a deed is done to whoever is in the substance. */
export function touches({ kind }: SubstanceDeed): boolean {
  return kind === "afflicts" || kind === "sweeps" || kind === "swallows";
}

/** What only does something to whoever is in it: where nobody is, it rests. */
export function onlyTouches({ does }: SubstanceSpec): boolean {
  return does.every(touches);
}
